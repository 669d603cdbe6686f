/** Which comment belongs to what. */
import type { Directive } from './lex.ts';
import { type Source, lineAt, lowerBound } from './source.ts';
import type { Comment } from './types.ts';

/**
 * The comment above what `name` is declared to be at `offset`: nothing but white space between, and nothing
 * before it on its line. Consecutive `//` lines are one.
 *
 * Kernel-doc of that name goes before comments that stand between it and `offset`, and is found above the
 * conditional that begins there, as by the kernel's own tool (process_proto_function() of
 * tools/lib/python/kdoc/kdoc_parser.py).
 */
export function commentAbove(source: Source, offset: number, name: string): Comment | null {
  const last = lastBefore(source, offset);
  const nearest =
    last >= 0 && isBlank(source.lexed.text, source.lexed.comments[last + 1]!, offset)
      ? joined(source, last)
      : null;
  if (nearest?.kind === 'kernel-doc') return nearest;
  return kernelDocOf(source, last, offset, name) ?? nearest;
}

/** Index of the last comment that ends before `offset`; -2 or -1 where there is none. */
function lastBefore(source: Source, offset: number): number {
  // Comments stand as start, end, start, end, …: all in ascending order.
  const after = lowerBound(source.lexed.comments, offset);
  return (after & 1) === 0 ? after - 2 : after - 1;
}

/** The comment at an index, with the `//` lines above that belong to it; null where code is before it. */
function joined(source: Source, last: number): Comment | null {
  const { comments, text } = source.lexed;
  if (!beginsLine(text, comments[last]!)) return null;
  let first = last;
  if (text.charCodeAt(comments[last]! + 1) === 47) {
    while (first >= 2 && joinsNext(source, first - 2)) first -= 2;
  }
  return commentFrom(source, comments[first]!, comments[last + 1]!);
}

/** The kernel-doc of `name` that only comments and conditionals part from `offset`. */
function kernelDocOf(source: Source, last: number, offset: number, name: string): Comment | null {
  //   /** f() - is described here */
  //   #ifdef CONFIG_F
  //   /* called from syscall */
  //   int f(void)
  const { comments, directives, text } = source.lexed;
  let i = last;
  let j = directiveBefore(directives, offset);
  let below = offset;
  while (i >= 0) {
    const directive = directives[j];
    const end = Math.max(comments[i + 1]!, directive?.end ?? 0);
    if (!isBlank(text, end, below)) return null;
    if (directive?.end === end) {
      if (!CONDITIONALS.has(directive.word)) return null;
      below = directive.start;
      j--;
    } else {
      const comment = commentFrom(source, comments[i]!, end);
      if (comment.kind === 'kernel-doc') return headOf(comment).includes(name) ? comment : null;
      below = comments[i]!;
      i -= 2;
    }
  }
  return null;
}

/** Index of the last directive that begins before `offset`; -1 where there is none. */
function directiveBefore(directives: readonly Directive[], offset: number): number {
  let from = 0;
  let to = directives.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (directives[middle]!.start < offset) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

const CONDITIONALS: ReadonlySet<string> = new Set(
  'if ifdef ifndef elif elifdef elifndef else endif'.split(' '),
);

/** The words of the first line that has some. */
function headOf({ text }: Comment): string[] {
  return /\w[^\n]*/.exec(text)?.[0].split(/\W+/) ?? [];
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
  // Backwards: what is not blank is mostly the end of the function before.
  for (let i = to - 1; i >= from; i--) {
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
