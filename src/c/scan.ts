/**
 * The file-scope scan. It walks tokens and directives together and finds where each declaration ends;
 * items.ts reads what it declares.
 *
 * Both branches of a conditional are read, each from the state that `#if` left. After `#endif` the first
 * branch's state goes on, and heads that other branches left unfinished go on beside it:
 *
 *     #ifdef CONFIG_A
 *     int f(int a)          <- a head, guard CONFIG_A
 *     #else
 *     int f(long a)         <- another, guard !CONFIG_A
 *     #endif
 *     { return g(a); }      <- the body of both
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  EQUALS,
  IDENTIFIER,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SEMICOLON,
  STRING,
} from './codes.ts';
import { TRUE, and, condKey } from './condition.ts';
import { type Frame, conditionOf, includeGuard, nextBranch, openFrame } from './conditionals.ts';
import { type Ending, endsInvocation, itemsOf } from './items.ts';
import type { Directive } from './lex.ts';
import { includeOf, macroOf } from './macro.ts';
import { type Source, textOf } from './source.ts';
import type { CFile, CItem, Cond } from './types.ts';
import { isAttribute, isTag } from './words.ts';

/** A declaration under way: indexes of its tokens, without the bodies of structs. */
interface Head {
  tokens: number[];
  /** Set for an alternative: the condition under which it was written. */
  guard: Cond | null;
  /** Its body has ended in one branch, and is not to end again in another. */
  isDone?: boolean;
}

interface State {
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

/** What is wrong with a file, at an offset. */
export type Report = (code: string, at: number, message: string) => void;

/** A head with more tokens is not read: no declaration and no invocation is that long. */
const MAX_HEAD = 16_384;
/** Heads that go on side by side at most. */
const MAX_ALTERNATIVES = 8;

const start = (): State => ({ mode: 'head', depth: 0, inner: 0, heads: [], from: 0 });

/**
 * Scans a file. `source` gets its guards. With `byColumn`, a `}` in the first column ends everything: the
 * second attempt at a file whose brackets do not match.
 *
 * Reports `unbalanced-endif`, `unbalanced-else`, `unterminated-conditional`, `unbalanced-brace`,
 * `unterminated-body`, `declaration-too-long`.
 */
export function scan(
  source: Source,
  report: Report,
  byColumn: boolean,
): CFile & { isOpen: boolean } {
  const { lexed } = source;
  const { kind, directives, count } = lexed;
  const file: CFile = { items: [], macros: [], includes: [] };
  const frames: Frame<State>[] = [];
  const conditions = new Map<string, Cond>();
  const guardOpener = includeGuard(lexed);
  let guard: Cond = TRUE;
  let state = start();
  let externs = 0;
  let next = 0;
  let nextAt = directives[0]?.token ?? Infinity;

  const setGuard = (value: Cond, token: number) => {
    guard = value;
    source.guardFrom.push(token);
    source.guards.push(value);
  };

  const finish = (ending: Ending) => {
    const heads = state.heads.filter((h) => h.isDone !== true);
    for (const head of state.heads) head.isDone = true;
    state = start();
    const found = heads.map((h) => itemsOf(source, h.tokens, ending, h.guard));
    file.items.push(...(found.length === 1 ? found[0]! : alternatives(found, guard)));
  };

  const onDirective = (d: Directive, index: number) => {
    switch (d.word) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        const condition = index === guardOpener ? TRUE : conditionOf(lexed, d, conditions);
        frames.push(openFrame(d, condition, guard, copy(state), frames.length));
        setGuard(frames.at(-1)!.inForce, d.token);
        return;
      }
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else': {
        const frame = frames.at(-1);
        if (frame === undefined) {
          report('unbalanced-else', d.start, `#${d.word} without #if.`);
          return;
        }
        if (frame.hasElse) report('unbalanced-else', d.start, `#${d.word} after #else.`);
        endBranch(frame, state, guard);
        nextBranch(frame, d.word === 'else' ? TRUE : conditionOf(lexed, d, conditions));
        if (d.word === 'else') frame.hasElse = true;
        state = copy(frame.before);
        setGuard(frame.inForce, d.token);
        return;
      }
      case 'endif': {
        const frame = frames.pop();
        if (frame === undefined) {
          report('unbalanced-endif', d.start, '#endif without #if.');
          return;
        }
        endBranch(frame, state, guard);
        state = merged(frame);
        setGuard(frame.outer, d.token);
        return;
      }
      case 'define':
      case 'undef': {
        const macro = macroOf(source, d, guard);
        if (macro !== null) file.macros.push(macro);
        return;
      }
      case 'include': {
        const include = includeOf(source, d, guard);
        if (include !== null) file.includes.push(include);
      }
    }
  };

  for (let i = 0; i <= count; i++) {
    while (nextAt <= i) {
      if (isWholeInvocation(source, state, -1)) finish({ by: ';', from: i, to: i });
      onDirective(directives[next]!, next);
      nextAt = directives[++next]?.token ?? Infinity;
    }
    if (i === count) break;
    const code = kind[i]!;
    if (byColumn && code === CLOSE_BRACE && isFirstColumn(lexed.text, lexed.start[i]!)) {
      if (state.mode === 'body') state.depth = 1;
      else if (state.mode === 'head' && state.depth > 0) {
        state = start();
        continue;
      }
    }
    switch (state.mode) {
      case 'body':
        if (code === OPEN_BRACE) state.depth++;
        else if (code === CLOSE_BRACE && --state.depth === 0) {
          finish({ by: '{', from: state.from, to: i });
        }
        continue;
      case 'aggregate':
        if (code === OPEN_BRACE) state.depth++;
        else if (code === CLOSE_BRACE && --state.depth === 0) {
          state.mode = 'head';
          push(state, i);
        }
        continue;
      case 'skip':
        if (code === OPEN_BRACE) state.depth++;
        else if (code === CLOSE_BRACE && --state.depth === 0) state = start();
        continue;
      case 'value':
        if (code === OPEN_BRACE || code === OPEN_PAREN || code === OPEN_BRACKET) state.depth++;
        else if (code === CLOSE_BRACE || code === CLOSE_PAREN || code === CLOSE_BRACKET) {
          state.depth--;
        } else if (code === SEMICOLON && state.depth <= 0) {
          finish({ by: '=', from: state.from, to: i });
        }
        continue;
    }
    if (state.depth > 0) {
      //   TRACE_EVENT(name, TP_fast_assign( { … } ))
      //               ^
      if (code === OPEN_PAREN || code === OPEN_BRACKET) state.depth++;
      else if (code === CLOSE_PAREN || code === CLOSE_BRACKET) state.depth--;
      else if (code === OPEN_BRACE) state.inner++;
      else if (code === CLOSE_BRACE && --state.inner < 0) {
        report('unbalanced-brace', lexed.start[i]!, 'A } stands inside parentheses.');
        state = start();
        continue;
      }
      push(state, i);
      continue;
    }
    switch (code) {
      case SEMICOLON:
        finish({ by: ';', from: i, to: i });
        continue;
      case EQUALS:
        state.mode = 'value';
        state.from = i + 1;
        continue;
      case OPEN_BRACE: {
        const head = state.heads[0]?.tokens ?? [];
        if (isExternC(source, head)) {
          externs++;
          state = start();
          continue;
        }
        state.mode = head.length === 0 ? 'skip' : isAggregate(source, head) ? 'aggregate' : 'body';
        state.depth = 1;
        state.from = i + 1;
        continue;
      }
      case CLOSE_BRACE:
        if (externs > 0) externs--;
        else report('unbalanced-brace', lexed.start[i]!, 'A } closes nothing.');
        state = start();
        continue;
      case OPEN_PAREN:
      case OPEN_BRACKET:
        push(state, i);
        state.depth = 1;
        state.inner = 0;
        continue;
      case IDENTIFIER:
        if (isWholeInvocation(source, state, i)) finish({ by: ';', from: i, to: i });
    }
    push(state, i);
  }
  if (isWholeInvocation(source, state, -1)) finish({ by: ';', from: count, to: count });
  for (const frame of frames) {
    const told = lexed.text.slice(frame.opener.start, frame.opener.end).split('\n', 1)[0]!;
    report('unterminated-conditional', frame.opener.start, `${told.trim()} has no #endif.`);
  }
  const isOpen = state.mode !== 'head' || state.depth > 0;
  const first = state.heads[0]?.tokens[0];
  if (isOpen && first !== undefined) {
    report('unterminated-body', lexed.start[first]!, 'What begins here is never closed.');
    if (state.mode === 'body') finish({ by: '{', from: state.from, to: count });
  }
  const long = file.items.length === 0 && (state.heads[0]?.tokens.length ?? 0) >= MAX_HEAD;
  if (long) report('declaration-too-long', 0, 'A declaration is too long to read.');
  return { ...file, isOpen };
}

function push(state: State, token: number): void {
  if (state.heads.length === 0) state.heads.push({ tokens: [], guard: null });
  for (const head of state.heads) {
    if (head.tokens.length < MAX_HEAD) head.tokens.push(token);
  }
}

/** A state that a branch can change without touching the one kept for the next branch. */
function copy(state: State): State {
  const isGrowing = state.mode === 'head' || state.mode === 'aggregate';
  const heads = isGrowing
    ? state.heads.map((h) => (h.tokens.length > 1024 ? h : { ...h, tokens: [...h.tokens] }))
    : state.heads;
  return { ...state, heads };
}

function endBranch(frame: Frame<State>, state: State, guard: Cond): void {
  if (guard.op !== 'false') frame.ends.push({ state, guard });
}

/** The state after `#endif`: the first branch's, with the heads that the others leave unfinished. */
function merged(frame: Frame<State>): State {
  const ends = [...frame.ends];
  if (!frame.hasElse) {
    const guard = and(frame.outer, frame.noneBefore);
    if (guard.op !== 'false' || ends.length === 0) ends.push({ state: frame.before, guard });
  }
  const primary = ends[0]?.state ?? frame.before;
  if (ends.length < 2 || (primary.mode !== 'head' && primary.mode !== 'body')) return primary;
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
        guard: head.guard === null ? guard : and(head.guard, guard),
      });
      if (heads.length > 1) isForked = true;
    }
  }
  if (!isForked) return primary;
  return { ...primary, heads };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.at(-1) === b.at(-1) && a.every((t, i) => t === b[i]);
}

/** Alternatives that declare the same thing are one item, under the guard outside of them. */
function alternatives(found: readonly CItem[][], outer: Cond): CItem[] {
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

function isWholeInvocation(source: Source, state: State, next: number): boolean {
  return (
    state.mode === 'head' &&
    state.depth === 0 &&
    state.heads.length > 0 &&
    endsInvocation(source, state.heads[0]!.tokens, next)
  );
}

/** Whether the `{` after a head opens a struct, union or enum, not a function. */
function isAggregate(source: Source, head: readonly number[]): boolean {
  const { kind } = source.lexed;
  //   typedef struct __packed foo {
  //                               ^
  let i = head.length - 1;
  let names = 0;
  while (i >= 0) {
    const at = head[i]!;
    if (kind[at] === CLOSE_PAREN) {
      let depth = 0;
      for (; i >= 0; i--) {
        if (kind[head[i]!] === CLOSE_PAREN) depth++;
        if (kind[head[i]!] === OPEN_PAREN && --depth === 0) break;
      }
      i--;
      if (i < 0 || !isAttribute(textOf(source.lexed, head[i]!))) return false;
    } else if (kind[at] === IDENTIFIER) {
      const text = textOf(source.lexed, at);
      if (isTag(text)) return true;
      if (!isAttribute(text) && ++names > 2) return false;
    } else if (kind[at] !== 58) return false;
    i--;
  }
  return false;
}

function isExternC(source: Source, head: readonly number[]): boolean {
  const { kind } = source.lexed;
  return (
    head.length === 2 && kind[head[1]!] === STRING && textOf(source.lexed, head[0]!) === 'extern'
  );
}

function isFirstColumn(text: string, offset: number): boolean {
  return offset === 0 || text.charCodeAt(offset - 1) === 10;
}
