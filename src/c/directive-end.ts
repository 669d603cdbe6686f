import { afterSplice, inWord } from './chars.ts';
import { type CommentState, commentEnd } from './comment-end.ts';
import type { Directive, Problem } from './lex.ts';

/**
 * Reads a directive from its `#` to the end of its logical line: continuations belong to it, and so do
 * comments that run over several lines. `token` is the index of the token that comes after it.
 */
export function directiveEnd(
  text: string,
  from: number,
  to: number,
  token: number,
  state: CommentState,
  problems: Problem[],
): Directive {
  //   # define X(a) \⏎   f(a) /* why */
  //   ^
  let i = skipBlank(text, from + 1, to);
  const wordStart = i;
  while (i < to && inWord[text.charCodeAt(i)] === 1) i++;
  const directive: Directive = {
    start: from,
    end: to,
    word: text.slice(wordStart, i),
    wordEnd: i,
    token,
    commentStart: -1,
    commentEnd: -1,
  };
  const isProse = directive.word === 'error' || directive.word === 'warning';
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === 10) {
      directive.end = i;
      return directive;
    }
    if (c === 92) {
      const next = afterSplice(text, i, to);
      i = next >= 0 ? next : i + 1;
    } else if (c === 47 && text.charCodeAt(i + 1) === 42) {
      directive.commentStart = i;
      i = commentEnd(text, i, to, state, problems);
      directive.commentEnd = i;
    } else if (c === 47 && text.charCodeAt(i + 1) === 47) {
      directive.commentStart = i;
      while (i < to && text.charCodeAt(i) !== 10) {
        const next = text.charCodeAt(i) === 92 ? afterSplice(text, i, to) : -1;
        i = next >= 0 ? next : i + 1;
      }
      directive.commentEnd = i;
    } else if ((c === 34 || c === 39) && !isProse) {
      i = quoted(text, i, to, c);
    } else i++;
  }
  return directive;
}

/** Past a string on this line; past the quote alone when nothing closes it (`don't`). */
function quoted(text: string, from: number, to: number, quote: number): number {
  let i = from + 1;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === quote) return i + 1;
    if (c === 10) break;
    if (c === 92) {
      const next = afterSplice(text, i, to);
      i = next >= 0 ? next : i + 2;
    } else i++;
  }
  return from + 1;
}

function skipBlank(text: string, from: number, to: number): number {
  let i = from;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === 92) {
      const next = afterSplice(text, i, to);
      if (next < 0) return i;
      i = next;
    } else if (c === 32 || c === 9) i++;
    else return i;
  }
  return i;
}
