/** The statements of a Makefile of the kernel that can say what is built. */
import type { Diagnostic, Parsed } from '../../diagnostic.ts';
import { args, closing, indexOutside } from './make-text.ts';

/** What a branch asks for; texts are not expanded. `def` and `ndef` have the name in `left`. */
export interface Test {
  kind: 'eq' | 'neq' | 'def' | 'ndef';
  left: string;
  right: string;
}

export type Statement =
  | { kind: 'assign'; name: string; op: '=' | ':=' | '+=' | '?='; value: string; line: number }
  /** The first branch whose test holds; the `else` branch has none. */
  | { kind: 'if'; branches: { test: Test | null; body: Statement[] }[]; line: number }
  /** Paths as they are written, not expanded. */
  | { kind: 'include'; paths: string; line: number };

export interface Kbuild {
  statements: Statement[];
}

type Branches = Extract<Statement, { kind: 'if' }>['branches'];

interface Open {
  branches: Branches;
  /** Where the statement goes that holds these branches. */
  outer: Statement[];
  line: number;
}

/** A longer line was written by no person, and costs more than it can say. */
const MAX_LINE = 100_000;

/** Conditionals nested deeper than this are read as if they stood at this depth. */
const MAX_DEPTH = 50;

interface LogicalLine {
  text: string;
  line: number;
}

/** Joins continued lines, as make does: the backslash and the white space around it are one space. */
function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let joined: string[] = [];
  let first = 1;
  text.split('\n').forEach((raw, index) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (joined.length === 0) first = index + 1;
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const kept = continues ? line.slice(0, -1) : line;
    joined.push(joined.length === 0 ? kept : kept.trimStart());
    if (continues) return;
    lines.push({ text: joined.join(' '), line: first });
    joined = [];
  });
  if (joined.length > 0) lines.push({ text: joined.join(' '), line: first });
  return lines;
}

/** Removes a comment. A `#` after a backslash, or inside a reference, is none. */
function withoutComment(text: string): string {
  if (!text.includes('#')) return text;
  let from = 0;
  for (;;) {
    const at = indexOutside(text.slice(from), '#');
    if (at < 0) return text;
    if (text[from + at - 1] !== '\\') return text.slice(0, from + at);
    from += at + 1;
  }
}

/** `ifeq (a,b)`, `ifeq "a" "b"`, `ifdef NAME`; null for what is no test. */
function readTest(word: string, rest: string): Test | null {
  const kind = word.slice(2) as Test['kind'];
  const text = rest.trim();
  if (kind === 'def' || kind === 'ndef') return { kind, left: text, right: '' };
  if (text.startsWith('(')) {
    const end = closing(text, 0);
    const [left, right] = args(text.slice(1, end < 0 ? undefined : end), 2);
    if (left === undefined || right === undefined) return null;
    return { kind, left: left.trim(), right: right.trim() };
  }
  const quoted = /^(["'])(.*?)\1\s*(["'])(.*?)\3$/.exec(text);
  return quoted ? { kind, left: quoted[2]!, right: quoted[4]! } : null;
}

/** `name op value`; null for a rule, a call and anything else. */
function readAssignment(text: string, line: number): Statement | null {
  const equals = indexOutside(text, '=');
  if (equals < 0) return null;
  const before = text.slice(0, equals);
  //   obj-$(CONFIG_X)  +=  f.o
  //   ^name            ^op ^value
  const op = /(?:[+?!]|:{1,3})?$/.exec(before)![0];
  const name = before
    .slice(0, before.length - op.length)
    .trim()
    .replace(/^(?:(?:export|override|private)\s+)+/, '');
  if (op === '!' || name === '' || indexOutside(name, ':') >= 0) return null;
  const kind = op.startsWith(':') ? ':=' : op === '+' ? '+=' : op === '?' ? '?=' : '=';
  return { kind: 'assign', name, op: kind, value: text.slice(equals + 1).trim(), line };
}

/**
 * Reads a Kbuild file or a Makefile: assignments, conditionals and includes. Rules, recipes, `define`
 * bodies and calls at line level say nothing about what is built and are passed over.
 *
 * Never throws. Reports a conditional without an end or without a beginning, and a test that cannot be
 * read (its branch then may or may not apply), and a line that is too long.
 */
export function parseKbuild(text: string): Parsed<Kbuild> {
  const root: Statement[] = [];
  const open: Open[] = [];
  const diagnostics: Diagnostic[] = [];
  const report = (code: string, line: number, message: string): void => {
    diagnostics.push({ code, severity: 'warning', release: null, path: null, line, message });
  };
  let body = root;
  let inRule = false;
  let defines = 0;
  let tooDeep = 0;

  const testOf = (word: string, rest: string, line: number): Test => {
    const test = readTest(word, rest);
    if (test) return test;
    report('unreadable-test', line, `This ${word} cannot be read.`);
    return { kind: word.slice(2) as Test['kind'], left: `$(${rest.trim()})`, right: '' };
  };
  const branch = (top: Open, test: Test | null): void => {
    const next = { test, body: [] };
    top.branches.push(next);
    body = next.body;
  };

  for (const { text: raw, line } of logicalLines(text)) {
    if (defines === 0 && inRule && raw.startsWith('\t')) continue;
    if (raw.length > MAX_LINE) {
      report('line-too-long', line, 'This line is too long to be read.');
      continue;
    }
    const stripped = withoutComment(raw).trim();
    if (stripped === '') continue;
    const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(stripped)!;

    if (word === 'define') defines++;
    else if (word === 'endef') defines = Math.max(0, defines - 1);
    if (defines > 0 || word === 'endef') continue;

    if (/^ifn?(?:eq|def)\b/.test(word)) {
      const name = /^ifn?(?:eq|def)/.exec(word)![0];
      if (open.length >= MAX_DEPTH) {
        tooDeep++;
        continue;
      }
      const top: Open = { branches: [], outer: body, line };
      open.push(top);
      branch(top, testOf(name, stripped.slice(name.length), line));
    } else if (word === 'else') {
      const top = open.at(-1);
      if (tooDeep > 0) continue;
      if (top === undefined)
        report('else-without-if', line, 'This else belongs to no conditional.');
      else {
        const name = /^ifn?(?:eq|def)/.exec(rest)?.[0];
        branch(top, name === undefined ? null : testOf(name, rest.slice(name.length), line));
      }
    } else if (word === 'endif') {
      if (tooDeep > 0) tooDeep--;
      else {
        const top = open.pop();
        if (top === undefined)
          report('endif-without-if', line, 'This endif belongs to no conditional.');
        else {
          body = top.outer;
          body.push({ kind: 'if', branches: top.branches, line: top.line });
        }
      }
    } else if (/^[-s]?include$/.test(word)) {
      inRule = false;
      body.push({ kind: 'include', paths: rest, line });
    } else {
      const assignment = readAssignment(stripped, line);
      inRule = assignment === null && indexOutside(stripped, ':') >= 0;
      if (assignment) body.push(assignment);
    }
  }
  while (open.length > 0) {
    const top = open.pop()!;
    report('unterminated-conditional', top.line, 'This conditional has no endif.');
    top.outer.push({ kind: 'if', branches: top.branches, line: top.line });
  }
  return { value: { statements: root }, diagnostics };
}
