/** The prototype of a kfunc as text: what a program writes to call it, and how it stands on a page. */
import type { State } from '../../data/schema/index.ts';

const arenaSpace = '__attribute__((address_space(1)))';
const arenaSuffix = /__arena(?:__nullable)?$/;

/**
 * What a BPF program writes to call it, as `bpftool btf dump … format c` prints it but for the spelling
 * of integers, which is the source's (`unsigned long`), and the names inside a callback's type, which
 * are kept: `extern int f(int a) __weak __ksym;`.
 *
 * KF_FASTCALL puts `__bpf_fastcall` after `extern`. Pointers into the arena get their address space, as
 * the flags KF_ARENA_RET, KF_ARENA_ARG1 and KF_ARENA_ARG2 and the suffix `__arena` say. null when no
 * prototype is known.
 */
export function declaration(state: Pick<State, 'prototype' | 'flags'>): string | null {
  const { prototype, flags } = state;
  if (prototype === null) return null;
  const fastcall = flags.includes('KF_FASTCALL') ? '__bpf_fastcall ' : '';
  return `extern ${fastcall}${withArena(prototype, flags)} __weak __ksym;`;
}

function withArena(
  { bpf, params: known }: NonNullable<State['prototype']>,
  flags: readonly string[],
): string {
  const parts = partsOf(bpf);
  if (parts === null) return bpf;
  const isArena = (i: number) =>
    flags.includes(`KF_ARENA_ARG${i + 1}`) || arenaSuffix.test(known[i]?.name ?? '');
  const params = parts.params.map((param, i) => (isArena(i) ? inArena(param) : param));
  const head = flags.includes('KF_ARENA_RET') ? inArena(parts.head) : parts.head;
  return `${head}${params.join(', ')}${parts.tail}`;
}

/** `void *p` -> `void __attribute__((address_space(1))) *p`; what is no pointer stays. */
function inArena(declarator: string): string {
  return declarator.replace(/\*(?=[^*]*$)/, `${arenaSpace} *`);
}

/**
 * Breaks a prototype of more than `width` columns after its opening parenthesis and its commas. What
 * follows the closing parenthesis stays with the last parameter.
 */
export function wrapPrototype(prototype: string, width = 80): string {
  if (prototype.length <= width) return prototype;
  const parts = partsOf(prototype);
  if (parts === null || parts.params.join() === 'void' || parts.params.join() === '') {
    return prototype;
  }
  const { head, params, tail } = parts;
  const after = (i: number) => (i === params.length - 1 ? tail.length : 1);
  const fits = params.every((param, i) => head.length + param.length + after(i) <= width);
  const gap = head.length <= 48 && fits ? ' '.repeat(head.length) : '        ';
  const first = gap.length === head.length ? '' : `\n${gap}`;
  const lines: string[] = [];
  params.forEach((param, i) => {
    const joined = lines.length === 0 ? param : `${lines.at(-1)!}, ${param}`;
    if (lines.length > 0 && gap.length + joined.length + after(i) <= width)
      lines[lines.length - 1] = joined;
    else lines.push(param);
  });
  return `${head}${first}${lines.join(`,\n${gap}`)}${tail}`;
}

/**
 * The pieces of a prototype; null for a text that has no parameters in parentheses.
 *
 *     extern void __attribute__((address_space(1))) *f(int a, int b) __weak __ksym;
 *     head                                           ^params      ^ tail
 */
export function partsOf(text: string): { head: string; params: string[]; tail: string } | null {
  const masked = text.replace(/__attribute__\(\(.*?\)\)+/g, (words) => '_'.repeat(words.length));
  const open = masked.indexOf('(');
  const close = masked.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  return {
    head: text.slice(0, open + 1),
    params: splitParams(text.slice(open + 1, close)),
    tail: text.slice(close),
  };
}

function splitParams(text: string): string[] {
  const params: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (c === ',' && depth === 0) {
      params.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...params, text.slice(from).trim()];
}
