/**
 * The file-scope scan. It walks tokens and directives together and finds where each declaration ends;
 * items.ts reads what it declares.
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
} from './codes.ts';
import {
  type State,
  MAX_HEAD,
  alternatives,
  copy,
  endBranch,
  merged,
  push,
  start,
} from './branches.ts';
import { TRUE } from './condition.ts';
import { type Frame, conditionOf, includeGuard, nextBranch, openFrame } from './conditionals.ts';
import { endsInvocation, isAggregate, isExternC } from './heads.ts';
import { type Ending, itemsOf } from './items.ts';
import type { Directive } from './lex.ts';
import { includeOf, macroOf } from './macro.ts';
import { type Source, guardOf } from './source.ts';
import type { CFile, Cond } from './types.ts';

/** What is wrong with a file, at an offset. */
export type Report = (code: string, at: number, message: string) => void;

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
    const tooLong = heads.find((h) => h.tokens.length >= MAX_HEAD);
    if (tooLong !== undefined) {
      const at = lexed.start[tooLong.tokens[0]!]!;
      report('declaration-too-long', at, 'A declaration is too long to be read.');
      return;
    }
    const found = heads.map((h) =>
      itemsOf(source, h.tokens, { ...ending, from: h.from ?? ending.from }, h.guard),
    );
    // Where the head ended: a body may end under a condition of its own.
    const outer = guardOf(source, ending.by === ';' ? ending.from : ending.from - 1);
    file.items.push(...(found.length === 1 ? found[0]! : alternatives(found, outer)));
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
    //   MACHINE_START(A, "b")
    //     .field = f,
    //   MACHINE_END
    //   ^
    if (
      byColumn &&
      code === IDENTIFIER &&
      state.mode === 'value' &&
      state.depth <= 0 &&
      isFirstColumn(lexed.text, lexed.start[i]!)
    ) {
      finish({ by: '=', from: state.from, to: i });
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
        if (guard.op !== 'false') {
          report('unbalanced-brace', lexed.start[i]!, 'A } stands inside parentheses.');
        }
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
        else if (guard.op !== 'false') {
          report('unbalanced-brace', lexed.start[i]!, 'A } closes nothing.');
        }
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
  // The end of the file ends a declaration that only lacks its `;`.
  if (state.mode === 'head' && state.depth === 0) finish({ by: ';', from: count, to: count });
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
  return { ...file, isOpen };
}

function isWholeInvocation(source: Source, state: State, next: number): boolean {
  return (
    state.mode === 'head' &&
    state.depth === 0 &&
    state.heads.length > 0 &&
    endsInvocation(source, state.heads[0]!.tokens, next)
  );
}

function isFirstColumn(text: string, offset: number): boolean {
  return offset === 0 || text.charCodeAt(offset - 1) === 10;
}
