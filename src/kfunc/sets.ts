import { expandInvocation } from '../c/expand.ts';
import type { CFile, CInvocation, CMacro, Cond, Token } from '../c/types.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { identifiers } from './names.ts';

/** One `BTF_ID(func, name)` or `BTF_ID_FLAGS(func, name, KF_A | KF_B)` in a set. */
export interface EntryFacts {
  name: string;
  flags: string[];
  line: number;
  guard: Cond;
}

/**
 * A BTF id set: `set` holds plain ids, `set8` ids with flags, `kfuncs` ids with flags that the build
 * takes for kfuncs, `list` ids in the order written.
 */
export interface SetFacts {
  kind: 'set' | 'set8' | 'kfuncs' | 'list';
  name: string;
  line: number;
  guard: Cond;
  entries: EntryFacts[];
  /** Macros in it that no definition in this file explains: their headers are wanted. */
  unresolved: string[];
}

/** include/linux/btf_ids.h: the macros that begin a set, and what each begins. */
const STARTS: ReadonlyMap<string, SetFacts['kind']> = new Map([
  ['BTF_SET_START', 'set'],
  ['BTF_SET_START_GLOBAL', 'set'],
  ['BTF_SET8_START', 'set8'],
  ['BTF_KFUNCS_START', 'kfuncs'],
  ['BTF_ID_LIST', 'list'],
  ['BTF_ID_LIST_GLOBAL', 'list'],
]);
const ENDS: ReadonlySet<string> = new Set(['BTF_SET_END', 'BTF_SET8_END', 'BTF_KFUNCS_END']);
const ENTRIES: ReadonlySet<string> = new Set(['BTF_ID', 'BTF_ID_FLAGS', 'BTF_ID_UNUSED']);
const STOP: ReadonlySet<string> = new Set([...ENTRIES, ...STARTS.keys(), ...ENDS]);

/** Names become file names and addresses: no longer than C compilers promise to tell apart, twice. */
const NAME = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,127}$/;

interface Entry {
  name: string;
  args: Token[][] | null;
  line: number;
  guard: Cond;
}

/** Flags of an entry's third argument: `KF_A | KF_B`, `(KF_A)`, `0`, or a macro made of those. */
function flagsOf(tokens: readonly Token[], macros: readonly CMacro[], depth = 0): string[] {
  const flags: string[] = [];
  for (const name of identifiers(tokens)) {
    const macro = name.startsWith('KF_') ? undefined : macros.findLast((m) => m.name === name);
    if (macro?.body && macro.params === null && depth < 8) {
      flags.push(...flagsOf(macro.body, macros, depth + 1));
    } else {
      flags.push(name);
    }
  }
  return [...new Set(flags)];
}

/**
 * Reads every BTF id set of a file (include/linux/btf_ids.h).
 *
 * `headers` are macros from files that it includes; an X-macro such as net/core/xdp.c's is expanded
 * with them. Reported: a set without an end, an entry outside a set with flags, an entry that is not
 * `func`-shaped, a macro that could not be expanded (its name is also left in `unresolved`).
 */
export function readSets(
  file: CFile,
  path: string,
  headers: readonly CMacro[] = [],
): Parsed<SetFacts[]> {
  const value: SetFacts[] = [];
  const diagnostics: Diagnostic[] = [];
  const macros = [...headers, ...file.macros];
  let open: SetFacts | null = null;

  const report = (code: string, line: number, message: string): void => {
    diagnostics.push({ code, severity: 'warning', release: null, path, line, message });
  };
  const close = (): void => {
    if (open && open.kind !== 'list') {
      report('set-without-end', open.line, `The set ${open.name} has no end.`);
    }
    open = null;
  };
  const addEntry = (entry: Entry): void => {
    if (entry.name === 'BTF_ID_UNUSED') {
      open?.entries.push({ name: '', flags: [], line: entry.line, guard: entry.guard });
      return;
    }
    const [prefix, name, flags] = entry.args ?? [];
    const id = name?.[0];
    if (prefix?.length !== 1 || name?.length !== 1 || !id || !NAME.test(id.text)) {
      report('odd-entry', entry.line, `${entry.name} without a type and a name.`);
      return;
    }
    if (!open) {
      if (entry.name === 'BTF_ID_FLAGS') {
        report('entry-outside-set', entry.line, `${id.text} stands in no set.`);
      }
      return;
    }
    // A list is addressed by position, so ids of types keep their place; they are no functions.
    const isFunction = prefix[0]?.text === 'func';
    if (!isFunction && open.kind !== 'list') return;
    open.entries.push({
      name: isFunction ? id.text : '',
      flags: flags ? flagsOf(flags, macros) : [],
      line: entry.line,
      guard: entry.guard,
    });
  };
  const addMacro = (set: SetFacts, item: CInvocation): void => {
    // An X-macro is defined anew before each use: only what stands above counts.
    const visible = [...headers, ...file.macros.filter((macro) => macro.order < item.order)];
    const expanded = expandInvocation(item, visible, STOP);
    diagnostics.push(...expanded.diagnostics.map((d) => ({ ...d, path })));
    for (const made of expanded.value) {
      if (ENTRIES.has(made.name)) addEntry(made);
      else set.unresolved.push(made.name);
    }
  };

  for (const item of file.items) {
    if (item.kind !== 'invocation') {
      // Odd but met: a declaration inside a set does not end it in C either.
      if (open?.kind === 'list' || (open && item.kind === 'function' && item.isDefinition)) {
        close();
      }
      continue;
    }
    const kind = STARTS.get(item.name);
    if (kind) {
      close();
      const name = item.args?.[0]?.[0];
      if (name?.kind !== 'identifier') {
        report('odd-set', item.line, `${item.name} without a name.`);
        continue;
      }
      open = {
        kind,
        name: name.text,
        line: item.line,
        guard: item.guard,
        entries: [],
        unresolved: [],
      };
      value.push(open);
    } else if (ENDS.has(item.name)) {
      open = null;
    } else if (ENTRIES.has(item.name)) {
      addEntry(item);
    } else if (open?.kind === 'list') {
      open = null;
    } else if (open) {
      addMacro(open, item);
    }
  }
  close();
  return { value, diagnostics };
}
