import { BtfError } from './btf-error.ts';
import { stringAt, typeAt, wordAt, type Btf } from './btf.ts';
import { CText, printingWork } from './c-text.ts';
import { byName, type CompiledKfunc, type CompiledParam } from './compiled-kfunc.ts';
import { nameAt, printDeclaration } from './declaration.ts';
import { Kind } from './kinds.ts';

/**
 * The kfuncs of a kernel or, from split BTF, of the module alone: functions with the tag
 * `bpf_kfunc`, which pahole 1.26 and later sets for the entries of BTF_KFUNCS sets.
 *
 *     [812] FUNC bpf_task_acquire -> [811] FUNC_PROTO
 *     [813] DECL_TAG "bpf_kfunc" -> [812], component -1
 *
 * @returns sorted by name; empty for a kernel that was built with an older pahole (marksKfuncs())
 * @throws BtfError when one name has two prototypes, or there is more to print than any kernel has
 */
export function kfuncsOf(btf: Btf): CompiledKfunc[] {
  const work = printingWork();
  const found = new Map<string, CompiledKfunc>();
  for (const [id, tags] of taggedFunctions(btf)) {
    if (!tags.delete('bpf_kfunc')) continue;
    const kfunc = compiledKfunc(btf, id, [...tags].sort(), work);
    const other = found.get(kfunc.name);
    if (other !== undefined && other.prototype !== kfunc.prototype)
      throw new BtfError(`The BTF has the kfunc ${kfunc.name} twice, with two prototypes.`);
    found.set(kfunc.name, kfunc);
  }
  return [...found.values()].sort(byName);
}

/** What marksKfuncs() has found: a kernel is asked once for each of its modules. */
const marking = new WeakMap<Btf, boolean>();

/**
 * Whether whoever made this BTF, or the kernel's that it is split from, tags kfuncs at all: pahole 1.25
 * and older does not.
 */
export function marksKfuncs(btf: Btf): boolean {
  let marks = marking.get(btf);
  if (marks === undefined) {
    const inBase = btf.base !== null && marksKfuncs(btf.base);
    marks = inBase || [...taggedFunctions(btf).values()].some((tags) => tags.has('bpf_kfunc'));
    marking.set(btf, marks);
  }
  return marks;
}

/**
 * Functions by name, tagged or not: what there is to look at where kfuncs are not marked. Of split BTF,
 * those of the module alone; of a name that several static functions have, the first.
 *
 * @returns sorted by name
 * @throws BtfError when there is more to print than any kernel has
 */
export function functionsOf(btf: Btf, names: ReadonlySet<string>): CompiledKfunc[] {
  const work = printingWork();
  const found = new Map<string, CompiledKfunc>();
  for (let id = btf.firstId; id < btf.endId; id++) {
    const type = typeAt(btf, id);
    if (type.kind !== Kind.func) continue;
    const name = stringAt(btf, type.name);
    if (names.has(name) && !found.has(name)) found.set(name, compiledKfunc(btf, id, [], work));
  }
  return [...found.values()].sort(byName);
}

/** The tags of functions as a whole, by the function's type id. */
function taggedFunctions(btf: Btf): Map<number, Set<string>> {
  const tagged = new Map<number, Set<string>>();
  for (let id = btf.firstId; id < btf.endId; id++) {
    const tag = typeAt(btf, id);
    if (tag.kind !== Kind.declTag || (wordAt(tag, 0) | 0) !== -1) continue;
    if (tag.ref < btf.firstId || typeAt(btf, tag.ref).kind !== Kind.func) continue;
    const tags = tagged.get(tag.ref) ?? new Set();
    tagged.set(tag.ref, tags.add(stringAt(btf, tag.name)));
  }
  return tagged;
}

function compiledKfunc(
  btf: Btf,
  id: number,
  tags: string[],
  work: { left: number },
): CompiledKfunc {
  const func = typeAt(btf, id);
  const prototype = typeAt(btf, func.ref);
  const name = stringAt(btf, func.name);
  const print = (type: number, declared: string) => {
    const out = new CText(work);
    printDeclaration(btf, type, declared, out);
    return out;
  };
  const params: CompiledParam[] = [];
  for (let i = 0; i < prototype.count; i++) {
    const type = wordAt(prototype, 2 * i + 1);
    if (type === 0 && prototype.count === 1) break;
    if (type === 0) {
      params.push({ name: '', type: '...', tags: [] });
      continue;
    }
    const printed = print(type, '');
    const param = nameAt(prototype.owner, wordAt(prototype, 2 * i));
    params.push({ name: param, type: printed.text, tags: printed.tags });
  }
  const returns = print(prototype.ref, '');
  return {
    name,
    prototype: print(func.ref, name).text,
    returns: returns.text,
    returnTags: returns.tags,
    params,
    tags,
  };
}
