import { callsIn } from './calls.ts';
import { isSource } from './file-facts.ts';
import { byCodeUnit } from './names.ts';

/** Where a tree has BPF programs: tools and samples, and what is named as one. */
const PLACES = /^(?:tools|samples)\/|\.bpf\.[ch]$|\/progs\/[^/]+$/;

/** Whether a path is one where a BPF program, or a header of some, may stand. */
export function isProgramPath(path: string): boolean {
  return isSource(path) && PLACES.test(path);
}

/** What only a BPF program has: a section for the loader, a kernel symbol, the headers of either. */
export const PROGRAM_SIGNS = ['SEC("', '__ksym', 'vmlinux.h', 'bpf_helpers.h', '.bpf.h'];

/** The functions that a BPF program calls, sorted; null for a file that is none. */
export function programCalls(text: string): string[] | null {
  if (!PROGRAM_SIGNS.some((sign) => text.includes(sign))) return null;
  return callsIn(text)
    .map(({ name }) => name)
    .sort(byCodeUnit);
}

/**
 * The programs of a tree that call one of `names`, by name. A call by way of a macro of a header is that
 * header's.
 */
export function usersOf(
  programs: ReadonlyMap<string, readonly string[] | null>,
  names: ReadonlySet<string>,
): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of [...programs.keys()].sort(byCodeUnit)) {
    for (const name of programs.get(path) ?? []) {
      if (!names.has(name)) continue;
      const users = found.get(name);
      if (users) users.push(path);
      else found.set(name, [path]);
    }
  }
  return Object.fromEntries(found);
}
