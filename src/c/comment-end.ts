import type { Problem } from './lex.ts';

/** What is known of the comments of a text while it is read. */
export interface CommentState {
  /** From this offset on no comment is closed; beyond the text as long as nobody knows. */
  noneClosedFrom: number;
}

/**
 * Where the comment ends that begins at `at`. One that is never closed is reported once for a text, as
 * `unterminated-comment`, and taken to end with the last line that still looks like part of it.
 */
export function commentEnd(
  text: string,
  at: number,
  to: number,
  state: CommentState,
  problems: Problem[],
): number {
  if (at < state.noneClosedFrom) {
    const close = text.indexOf('*/', at + 2);
    if (close >= 0 && close + 2 <= to) return close + 2;
    state.noneClosedFrom = at;
    problems.push({ code: 'unterminated-comment', at, message: 'A comment is never closed.' });
  }
  //   /* never closed
  //    * but this line still looks like it
  //   int but_not_this;
  //   ^
  let i = text.indexOf('\n', at);
  while (i >= 0 && i < to) {
    let j = i + 1;
    while (j < to && (text.charCodeAt(j) === 32 || text.charCodeAt(j) === 9)) j++;
    if (text.charCodeAt(j) !== 42) return i;
    i = text.indexOf('\n', j);
  }
  return to;
}
