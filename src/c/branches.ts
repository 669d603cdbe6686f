/**
 * The scanner's state, and what becomes of it at the branches of a conditional.
 *
 * Each branch is read from the state that `#if` left. After `#endif` the first branch's state goes on, and
 * heads that other branches left unfinished go on beside it:
 *
 *     #ifdef CONFIG_A
 *     int f(int a)          <- a head, guard CONFIG_A
 *     #else
 *     int f(long a)         <- another, guard !CONFIG_A
 *     #endif
 *     { return g(a); }      <- the body of both
 */
import { and, condKey } from './condition.ts';
import type { Frame } from './conditionals.ts';
import type { CItem, Cond } from './types.ts';

/** A declaration under way: indexes of its tokens, without the bodies of structs. */
interface Head {
  tokens: number[];
  /** Set for an alternative: the condition under which it was written. */
  guard: Cond | null;
  /** First token of its body, where that is another than the state's. */
  from?: number | undefined;
  /** Its body has ended in one branch, and is not to end again in another. */
  isDone?: boolean;
}

export interface State {
  /** head: in a declaration. body: in a function. aggregate: in a struct. value: after `=`. skip: stray braces. */
  mode: 'head' | 'body' | 'aggregate' | 'value' | 'skip';
  /** Open braces; in a value, open brackets of any kind; in a head, open parentheses. */
  depth: number;
  /** Braces open inside the parentheses of a head. */
  inner: number;
  heads: Head[];
  /** First token of the body or value. */
  from: number;
}

/** A head with more tokens is not read: no declaration and no invocation is that long. */
export const MAX_HEAD = 16_384;
/** A longer head goes on as the first branch leaves it. */
const MAX_FORKED = 1024;
/** Heads that go on side by side at most. */
const MAX_ALTERNATIVES = 8;

/** At file scope, nothing begun. */
export const start = (): State => ({ mode: 'head', depth: 0, inner: 0, heads: [], from: 0 });

export function push(state: State, token: number): void {
  if (state.heads.length === 0) state.heads.push({ tokens: [], guard: null });
  // As most often, and for each token: an iterator would be garbage for each.
  if (state.heads.length === 1) grow(state.heads[0]!, token);
  else for (const head of state.heads) grow(head, token);
}

function grow(head: Head, token: number): void {
  if (head.tokens.length < MAX_HEAD) head.tokens.push(token);
}

/** A state that a branch can change without touching the one kept for the next branch. */
export function copy(state: State): State {
  const isGrowing = state.mode === 'head' || state.mode === 'aggregate';
  const heads = isGrowing
    ? state.heads.map((h) => (h.tokens.length > MAX_FORKED ? h : { ...h, tokens: [...h.tokens] }))
    : state.heads;
  return { ...state, heads };
}

export function endBranch(frame: Frame<State>, state: State, guard: Cond): void {
  if (guard.op !== 'false') frame.ends.push({ state, guard });
}

/** The state after `#endif`: the first branch's, with the heads that the others leave unfinished. */
export function merged(frame: Frame<State>): State {
  const ends = [...frame.ends];
  if (!frame.hasElse) {
    const guard = and(frame.outer, frame.noneBefore);
    if (guard.op !== 'false' || ends.length === 0) ends.push({ state: frame.before, guard });
  }
  const primary = ends[0]?.state ?? frame.before;
  if (ends.length < 2 || (primary.mode !== 'head' && primary.mode !== 'body')) return primary;
  if (primary.heads.some((h) => h.tokens.length > MAX_FORKED)) return primary;
  if (ends.every(({ state }) => haveSame(state.heads, frame.before.heads))) return primary;
  const heads: Head[] = [];
  let isForked = false;
  for (const { state, guard } of ends) {
    if (state.mode !== primary.mode || (primary.mode === 'head' && state.depth !== primary.depth)) {
      continue;
    }
    const own = state.heads.length === 0 ? [{ tokens: [], guard: null }] : state.heads;
    for (const head of own) {
      if (heads.length >= MAX_ALTERNATIVES) break;
      if (heads.some((h) => isSame(h.tokens, head.tokens))) continue;
      heads.push({
        tokens: head.tokens,
        from: head.from ?? (state.mode === 'body' ? state.from : undefined),
        guard: head.guard === null ? guard : and(head.guard, guard),
      });
      if (heads.length > 1) isForked = true;
    }
  }
  if (!isForked) return primary;
  return { ...primary, heads };
}

function haveSame(a: readonly Head[], b: readonly Head[]): boolean {
  return a === b || (a.length === b.length && a.every((h, i) => isSame(h.tokens, b[i]!.tokens)));
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.at(-1) === b.at(-1) && a.every((t, i) => t === b[i]);
}

/** Alternatives that declare the same thing are one item, under the guard outside of them. */
export function alternatives(found: readonly CItem[][], outer: Cond): CItem[] {
  const [first, ...others] = found;
  const kept = [...(first ?? [])];
  for (const items of others) {
    for (const item of items) {
      const same = kept.findIndex((k) => isSameItem(k, item));
      if (same < 0) kept.push(item);
      else if (condKey(kept[same]!.guard) !== condKey(item.guard)) {
        Object.assign(kept[same]!, { guard: outer });
      }
    }
  }
  return kept;
}

function isSameItem(a: CItem, b: CItem): boolean {
  if (a.kind !== b.kind || a.name !== b.name) return false;
  if (a.kind !== 'function' || b.kind !== 'function') return a.line === b.line;
  return (
    a.line === b.line &&
    a.returns === b.returns &&
    a.params.map((p) => p.text).join() === b.params.map((p) => p.text).join()
  );
}
