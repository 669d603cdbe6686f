/** Names and prose taken apart: the same way for the index and for what is typed. */

/** Longer words are no words: hashes, addresses, hostile ones. */
const longest = 80;

/** `scx_bpf_dsq_insert` -> `scx`, `bpf`, `dsq`, `insert`. */
export function partsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
}

/**
 * What a name can be begun from: `bpf_dsq_insert` -> itself, `dsq_insert`, `insert`.
 *
 *     bpf_dsq_insert
 *     ^   ^   ^
 */
export function tailsOf(name: string): string[] {
  const lower = name.toLowerCase();
  const starts = [...lower.matchAll(/[a-z0-9]+/g)].map(({ index }) => index);
  return unique([lower, ...starts.map((start) => lower.slice(start))]);
}

/** All that a name is found by: whole, from each part on, and each part alone. */
export function nameWords(name: string): string[] {
  return unique([...tailsOf(name), ...partsOf(name)]).filter(isWord);
}

/** `const struct task_struct *` -> `struct task_struct`, `struct`, `task_struct`, `task`. */
export function typeWords(type: string): string[] {
  const lower = type.toLowerCase();
  const names = (lower.match(/\w+/g) ?? []).filter((word) => word !== 'const');
  const tagged = [...lower.matchAll(tag)].map(([, kind, name]) => `${kind!} ${name!}`);
  return unique([...tagged, ...names.flatMap(nameWords)]).filter(isWord);
}

/** `struct cgroup`, `enum x`. */
const tag = /\b(struct|union|enum)\s+(\w+)/g;

/** Words of prose or of a path, names whole and in parts. */
export function proseWords(text: string): string[] {
  return unique((text.toLowerCase().match(word) ?? []).flatMap(nameWords)).filter(isWord);
}

/** A version keeps its dots: `v6.8`, `7.`; names keep their underscores. */
const word = /\bv?\d+\.[\w.-]*|\w+/g;

/** So many words of a query count. */
const most = 8;

/** `bpf_task_acquire(struct cgroup *` -> `bpf_task_acquire`, `struct cgroup`. */
export function queryWords(text: string): string[] {
  const lower = text.toLowerCase();
  const tagged = [...lower.matchAll(tag)].map(([, kind, name]) => `${kind!} ${name!}`);
  const rest = lower.replace(tag, ' ').match(word) ?? [];
  return unique([...tagged, ...rest])
    .filter(isWord)
    .slice(0, most);
}

function isWord(text: string): boolean {
  return text !== '' && text.length <= longest;
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
