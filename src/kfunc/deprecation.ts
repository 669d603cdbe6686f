import { calls, stringLiterals } from '../c/body.ts';
import type { CFunction, Comment } from '../c/types.ts';
import { collapseSpace, commentText } from '../kdoc/comment.ts';

/** Words in a kernel tree that say that a function is on its way out. */
export interface Evidence {
  kind: 'kernel-doc' | 'comment' | 'warning';
  /** The words: a paragraph of a comment, or the text of a warning. */
  text: string;
  line: number;
  /** The version that the words name for the removal, as written: `v6.23`. */
  promised: string | null;
  /** The function that the words point to instead. */
  instead: string | null;
}

/** What such words look like in real trees: kernel/sched/ext*, drivers/hid/bpf, kernel/bpf. */
const SPEAKS_OF_IT =
  /\bdeprecat(?:ed|ion)\b|\b(?:will|to) be removed in\b|\bfor backwards?[ -]compatibility\b|\bCOMPAT:|\brenamed to\b|\bobsolete[ds]?\b/i;
const PROMISE = /\bremoved? (?:in|after|by|with) (v?\d+\.\d+)/i;
const INSTEAD =
  /\b(?:renamed to|replaced (?:by|with)|superseded by|use|in favou?r of|see)\s+@?([A-Za-z_]\w*)\s*(?:\(\)|\b(?= instead))/i;

function evidenceIn(kind: Evidence['kind'], text: string, line: number): Evidence | null {
  if (!SPEAKS_OF_IT.test(text)) return null;
  const promised = PROMISE.exec(text)?.[1] ?? null;
  return {
    kind,
    text,
    line,
    promised: promised === null ? null : promised.startsWith('v') ? promised : `v${promised}`,
    instead: INSTEAD.exec(text)?.[1] ?? null,
  };
}

/** The comment's paragraphs that speak of deprecation; most comments hold none. */
function evidenceInComment(comment: Comment): Evidence[] {
  const kind = comment.kind;
  const found: Evidence[] = [];
  for (const paragraph of commentText(comment.text).split(/\n\s*\n/)) {
    const evidence = evidenceIn(kind, collapseSpace(paragraph), comment.line);
    if (evidence) found.push(evidence);
  }
  return found;
}

/** Functions that print. */
const PRINTS = /^(?:pr_|printk|dev_|WARN|scx_(?:warn|error)|netdev_)/;

/** Warnings that the body prints about its own function being deprecated or renamed. */
function evidenceInWarnings(fn: CFunction): Evidence[] {
  const found: Evidence[] = [];
  for (const call of calls(fn.body)) {
    if (!PRINTS.test(call.name)) continue;
    const text = call.args
      .flatMap((arg) => stringLiterals(arg))
      .map((literal) => literal.text)
      .join('');
    const evidence = evidenceIn('warning', collapseSpace(text.replaceAll('\\n', ' ')), call.line);
    if (evidence) found.push(evidence);
  }
  return found;
}

/**
 * Every place around a function that speaks of its deprecation: the comment above it, comments in its
 * body, warnings that it prints.
 */
export function deprecationWords(fn: CFunction): Evidence[] {
  return [
    ...(fn.comment ? evidenceInComment(fn.comment) : []),
    ...evidenceInWarnings(fn),
    ...fn.bodyComments.flatMap(evidenceInComment),
  ];
}

/** The last minor version of each series: the next release is the next major's .0. */
const LAST_MINOR: ReadonlyMap<number, number> = new Map([
  [5, 19],
  [6, 19],
]);

/**
 * The release that a promise came to mean. A comment of 2025 that says v6.23 was written before 6.19
 * was followed by 7.0; it means what became v7.3.
 */
export function promisedRelease(version: string): string {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (!match) return version;
  let major = Number(match[1]);
  let minor = Number(match[2]);
  for (let last = LAST_MINOR.get(major); last !== undefined && minor > last;) {
    minor -= last + 1;
    major += 1;
    last = LAST_MINOR.get(major);
  }
  return `v${major}.${minor}`;
}
