import { TRUE, and } from '../c/condition.ts';
import type { Cond } from '../c/types.ts';
import type { Role } from '../data/schema/index.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { programTypesOfCallback, programTypesOfList } from './callback-types.ts';
import type { FileFacts } from './file-facts.ts';
import { FLAG_OF_SET } from './flags.ts';
import { resolveAlias, type IdSetFacts } from './id-sets.ts';
import type { RegistrationFacts } from './registrations.ts';
import type { SetFacts } from './sets.ts';

/** One registration of a set. */
export interface MemberRegistration {
  programType: string;
  filter: string | null;
  guard: Cond;
}

/** A function's place in one set that counts, with who may call what is in it. */
export interface Membership {
  name: string;
  set: string;
  file: string;
  /** Line of the set's begin: it orders the sets of a file. */
  setLine: number;
  role: Role;
  flags: string[];
  line: number;
  guard: Cond;
  registrations: MemberRegistration[];
}

type Files = ReadonlyMap<string, FileFacts>;

/** A set in use: which, where, in which role, registered how. */
interface UsedSet {
  file: string;
  set: SetFacts;
  role: Role;
  /** 5.18 and 5.19: the flag that another set of the same struct gives to its members. */
  flagSets: { flag: string; set: SetFacts }[];
  registrations: MemberRegistration[];
}

/** Test modules and kfuncs that are only called by the selftests. */
function isTest(file: string, set: SetFacts): boolean {
  if (file.startsWith('tools/testing/')) return true;
  return set.entries.length > 0 && set.entries.every((e) => e.name.startsWith('bpf_kfunc_call_'));
}

class Linker {
  readonly used = new Map<string, UsedSet>();
  readonly diagnostics: Diagnostic[] = [];
  readonly files: Files;

  constructor(files: Files) {
    this.files = files;
  }

  report(code: string, path: string, line: number, message: string): void {
    this.diagnostics.push({ code, severity: 'warning', release: null, path, line, message });
  }

  /** Finds a set by name: names are file-local, unless this file has none of that name. */
  findSet(name: string, file: string): { file: string; set: SetFacts }[] {
    const facts = this.files.get(file);
    const resolved = resolveAlias(name, facts?.aliases ?? {});
    const named = (f: FileFacts): SetFacts[] =>
      f.sets.filter((set) => set.name === resolved && set.kind !== 'list');
    const here = facts ? named(facts) : [];
    if (here.length > 0) return here.map((set) => ({ file, set }));
    return [...this.files].flatMap(([path, f]) => named(f).map((set) => ({ file: path, set })));
  }

  findIdSets(name: string, file: string): { file: string; idSet: IdSetFacts }[] {
    const here = (this.files.get(file)?.idSets ?? []).filter((idSet) => idSet.name === name);
    if (here.length > 0) return here.map((idSet) => ({ file, idSet }));
    return [...this.files].flatMap(([path, facts]) =>
      facts.idSets
        .filter((idSet) => idSet.name === name && !idSet.isStatic)
        .map((idSet) => ({ file: path, idSet })),
    );
  }

  use(
    found: { file: string; set: SetFacts },
    role: Role,
    registrations: MemberRegistration[],
  ): UsedSet {
    const key = [found.file, found.set.line, role].join('\0');
    const used = this.used.get(key) ?? {
      ...found,
      role,
      flagSets: [],
      registrations: [],
    };
    used.registrations.push(...registrations);
    this.used.set(key, used);
    return used;
  }

  register(file: string, call: RegistrationFacts): void {
    const idSets = this.findIdSets(call.idSet, file);
    if (idSets.length === 0) {
      this.report(
        'unknown-id-set',
        file,
        call.line,
        `No btf_kfunc_id_set ${call.idSet} is defined.`,
      );
    }
    if (call.kind === 'kfunc' && call.target === null) {
      this.report(
        'unknown-program-type',
        file,
        call.line,
        `Which programs may call what ${call.idSet} holds could not be told.`,
      );
    }
    for (const { file: home, idSet } of idSets) {
      const main = idSet.fields.set ?? idSet.fields.check_set;
      const sets = main === undefined ? [] : this.findSet(main, home);
      if (sets.length === 0) {
        this.report(
          'unknown-set',
          home,
          idSet.line,
          `${idSet.name} points to no set that is defined.`,
        );
      }
      const guard = and(idSet.guard, call.guard);
      for (const found of sets) {
        const test = isTest(found.file, found.set);
        if (call.kind === 'fmodret') {
          this.use(found, 'attach-point', []);
          continue;
        }
        const types = this.programTypesOf(call).map((type) => ({
          ...type,
          guard: and(type.guard, guard),
        }));
        const filter = idSet.fields.filter ?? null;
        const used = this.use(
          found,
          test ? 'test' : 'kfunc',
          types.map((type) => ({ ...type, filter })),
        );
        for (const [field, flag] of FLAG_OF_SET) {
          const name = idSet.fields[field];
          for (const { set } of name === undefined ? [] : this.findSet(name, home)) {
            used.flagSets.push({ flag, set });
          }
        }
      }
    }
  }

  private programTypesOf({
    kind,
    target,
  }: RegistrationFacts): Omit<MemberRegistration, 'filter'>[] {
    if (target === null) return [];
    return kind === 'list'
      ? programTypesOfList(this.files, target)
      : [{ programType: target, guard: TRUE }];
  }

  /** Sets that a check_kfunc_call callback looks in (5.13 to 5.17). */
  registerCallbacks(file: string, facts: FileFacts): void {
    for (const callback of facts.callbacks.callbacks) {
      const types = programTypesOfCallback(this.files, callback.name);
      if (types.length === 0) continue;
      for (const found of callback.sets.flatMap((name) => this.findSet(name, file))) {
        const role = isTest(found.file, found.set) ? 'test' : 'kfunc';
        this.use(
          found,
          role,
          types.map((type) => ({ ...type, filter: null })),
        );
      }
    }
  }

  memberships(): Membership[] {
    return [...this.used.values()].flatMap(({ file, set, role, flagSets, registrations }) =>
      set.entries
        .filter((entry) => entry.guard.op !== 'false' && entry.name !== '')
        .map((entry) => ({
          name: entry.name,
          set: set.name,
          file,
          setLine: set.line,
          role,
          flags: [
            ...entry.flags,
            ...flagSets
              .filter((other) => other.set.entries.some((e) => e.name === entry.name))
              .map((other) => other.flag),
          ],
          line: entry.line,
          guard: and(set.guard, entry.guard),
          registrations,
        })),
    );
  }
}

/** The functions that register_btf_id_dtor_kfuncs() is given, by their place in a BTF_ID_LIST. */
function destructors(file: string, facts: FileFacts): Membership[] {
  return facts.destructors.flatMap(({ list, index }) => {
    const set = facts.sets.find((s) => s.kind === 'list' && s.name === list);
    if (!set) return [];
    const entries = index === null ? set.entries : set.entries.slice(index, index + 1);
    return entries
      .filter(({ name }) => name !== '')
      .map(({ name, line, guard }) => ({
        name,
        set: list,
        file,
        setLine: set.line,
        role: 'destructor',
        flags: [],
        line,
        guard,
        registrations: [],
      }));
  });
}

/**
 * Every function that a set which counts holds, in all four eras (KFUNCS in the kernel's own terms:
 * kernel/bpf/btf.c register_btf_kfunc_id_set() from 5.18, check_kfunc_call() of struct
 * bpf_verifier_ops before). A set that nothing registers does not count.
 *
 * `files` are the facts of the release's files by path. Reported: a registration whose variable, set
 * or program type is not found, and a set with flags that nothing registers while no other set has its
 * members.
 */
export function readMemberships(files: Files): Parsed<Membership[]> {
  const linker = new Linker(files);
  for (const [file, facts] of files) {
    for (const call of facts.registrations) linker.register(file, call);
    linker.registerCallbacks(file, facts);
  }
  const value = [
    ...linker.memberships(),
    ...[...files].flatMap(([file, facts]) => destructors(file, facts)),
  ];
  const known = new Set(value.map((member) => member.name));
  for (const [file, facts] of files) {
    for (const set of facts.sets) {
      if (set.kind !== 'kfuncs' && set.kind !== 'set8') continue;
      const alone = set.entries.filter((entry) => !known.has(entry.name));
      if (alone.length === 0 || file.startsWith('tools/')) continue;
      const names = alone.map((entry) => entry.name).join(', ');
      linker.report('unregistered-set', file, set.line, `Nothing registers ${set.name}: ${names}.`);
    }
  }
  return { value, diagnostics: linker.diagnostics };
}
