/** Which comment belongs to what. */
import { type Source, lineAt, lowerBound } from './source.ts';
import type { Comment } from './types.ts';

/**
 * The comment right above `offset`: nothing but white space between, and nothing before it on its line.
 * Consecutive `//` lines are one.
 */
export function commentAbove(source: Source, offset: number): Comment | null {
  const { comments, text } = source.lexed;
  // Comments stand as start, end, start, end, …: all in ascending order.
  const after = lowerBound(comments, offset);
  const last = (after & 1) === 0 ? after - 2 : after - 1;
  if (last < 0 || !isBlank(text, comments[last + 1]!, offset)) return null;
  if (!beginsLine(text, comments[last]!)) return null;
  let first = last;
  if (text.charCodeAt(comments[last]! + 1) === 47) {
    while (first >= 2 && joinsNext(source, first - 2)) first -= 2;
  }
  return commentFrom(source, comments[first]!, comments[last + 1]!);
}

/** The comments between two offsets, `//` lines joined. */
export function commentsIn(source: Source, from: number, to: number): Comment[] {
  const { comments } = source.lexed;
  const found: Comment[] = [];
  let i = lowerBound(comments, from);
  i += i & 1;
  for (; i < comments.length && comments[i]! < to; i += 2) {
    const start = comments[i]!;
    while (i + 2 < comments.length && comments[i + 2]! < to && joinsNext(source, i)) i += 2;
    found.push(commentFrom(source, start, comments[i + 1]!));
  }
  return found;
}

/** A comment by its offsets. */
export function commentFrom(source: Source, start: number, end: number): Comment {
  const text = source.lexed.text.slice(start, end);
  //   /** kernel-doc      /*** a banner      /**/
  const isDoc = text.startsWith('/**') && !/^.{3}[*/]/s.test(text);
  return { kind: isDoc ? 'kernel-doc' : 'comment', text, line: lineAt(source, start) };
}

/** Whether the comments at `i` and after it are `//` lines of one comment. */
function joinsNext(source: Source, i: number): boolean {
  const { comments, text } = source.lexed;
  //   // one
  //   // and the same
  const next = comments[i + 2]!;
  if (text.charCodeAt(comments[i]! + 1) !== 47 || text.charCodeAt(next + 1) !== 47) return false;
  const between = text.slice(comments[i + 1], next);
  return /^\r?\n[ \t]*$/.test(between) && beginsLine(text, comments[i]!);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) > 32) return false;
  }
  return true;
}

function beginsLine(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const c = text.charCodeAt(i);
    if (c === 10) return true;
    if (c > 32) return false;
  }
  return true;
}
