import { readHeader, type Header } from './header.ts';
import { cut, isBlank, type Line } from './lines.ts';
import { markOf } from './list.ts';
import type { KdocSectionName, Report } from './types.ts';

/** A parameter's or a section's lines. */
export interface Part {
  /** `@` and a name, or a section's name. */
  kind: 'parameter' | 'section';
  name: string;
  /** The line that it starts on, whole; null of a Description that has no heading. */
  heading: Line | null;
  lines: Line[];
}

export interface Sections {
  header: Header | null;
  headerLines: Line[];
  purpose: Line[];
  /** In the order of the kernel's tool: a Description that is taken up again stays where it began. */
  parts: Part[];
}

const SECTION = /^(@[.\w]+|description|context|returns?|notes?|examples?)\s*:(?!:)/i;
const NAMES: Record<string, KdocSectionName> = {
  description: 'Description',
  context: 'Context',
  return: 'Return',
  returns: 'Return',
  '@return': 'Return',
  '@returns': 'Return',
  note: 'Note',
  notes: 'Notes',
  example: 'Example',
  examples: 'Examples',
};

/** The part that a line opens, with what follows the colon as its first line; null when it opens none. */
export function openPart(line: Line): Part | null {
  const found = SECTION.exec(line.text);
  if (!found) return null;
  const word = found[1]!;
  const known = NAMES[word.toLowerCase()];
  const parameter = /^@(\w*(?:\.\w+)*(?:\.\.\.)?)/.exec(word)?.[1] ?? '';
  if (!known && parameter === '') return null;
  const first = cut(line, found[0].length);
  return {
    kind: known ? 'section' : 'parameter',
    name: known ?? parameter,
    heading: line,
    lines: [{ ...first, indent: 0 }],
  };
}

/** A part that a blank line ends; what follows it is Description again. */
function endsAtBlank(part: Part): boolean {
  return part.kind === 'parameter' || part.name === 'Context' || part.name === 'Return';
}

/**
 * Takes the indentation of the second line away from all that follow the first, as long as they have it:
 *
 *     @name: words
 *            ^^^^^ that go on here, and
 *              stand here two further in
 */
function dedent(part: Part): Part {
  const [first, ...rest] = part.lines;
  if (!first || part.heading === null) return part;
  // Nothing beside the heading: what is below is as it stands, in a part without an end of its own.
  if (first.text === '' && !endsAtBlank(part)) return { ...part, lines: rest };
  let by: number | null = null;
  const lines = rest.map((line) => {
    if (isBlank(line)) return line;
    by = Math.min(by ?? line.indent, line.indent);
    return { ...line, indent: line.indent - by };
  });
  return { ...part, lines: first.text === '' ? lines : [first, ...lines] };
}

function isEmpty(part: Part): boolean {
  return part.lines.every(isBlank);
}

/** Joins what is said under one name: sections are added to, of parameters the last one holds. */
function merge(parts: readonly Part[], report: Report): Part[] {
  const merged = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.kind} ${part.name}`;
    const before = merged.get(key);
    const line = part.heading?.line ?? 1;
    if (!before) {
      merged.set(key, part);
    } else if (part.kind === 'parameter') {
      const said = `@${part.name} is described twice; the first description is lost`;
      report('duplicate-parameter', 'warning', line, said);
      merged.set(key, part);
    } else {
      if (part.name !== 'Description') {
        report('duplicate-section', 'warning', line, `duplicate section name '${part.name}'`);
      }
      const next = part.heading ?? part.lines[0];
      if (next) before.lines.push({ ...next, text: '' });
      for (const added of part.lines) before.lines.push(added);
    }
  }
  return [...merged.values()].filter((part) => part.kind === 'parameter' || !isEmpty(part));
}

const description = (): Part => ({
  kind: 'section',
  name: 'Description',
  heading: null,
  lines: [],
});

/** The lines below the header, by part: each goes up to the next one, or up to a blank line. */
function readParts(lines: readonly Line[]): Part[] {
  const parts: Part[] = [];
  let current = description();
  let isAlone = false;
  const open = (next: Part) => {
    if (current.heading !== null || current.lines.length > 0) parts.push(dedent(current));
    current = next;
    isAlone = false;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const opened = openPart(line);
    if (opened) {
      open(opened);
    } else if (!isBlank(line) || !endsAtBlank(current)) {
      current.lines.push(line);
    } else {
      while (isBlank(lines[at + 1]) && at + 1 < lines.length) at += 1;
      if (current.kind === 'section' && isEmpty(current)) isAlone = true;
      else if (isAlone && goesOn(current.lines[1]!, lines[at + 1])) current.lines.push(line);
      else open(description());
    }
  }
  open(description());
  return parts;
}

/**
 * Whether a section whose heading stands alone above a blank line goes on below the next blank one: as
 * long as it is a list. The kernel's tool takes what is below the heading for Description.
 *
 *     Return:
 *
 *     - 0 when it was there
 *
 *     - 1 when it was not
 */
function goesOn(first: Line, next: Line | undefined): boolean {
  if (!next || !markOf(first)) return false;
  return next.indent > first.indent || markOf(next) !== null;
}

/**
 * Divides a kernel-doc comment: the header, the purpose that may go on below it, then parameters and
 * sections, each up to the next one, and of some of them only up to a blank line.
 *
 *     name() - purpose
 *     that goes on
 *     @a: a parameter
 *
 *     words of the Description
 *     Return: a section
 *
 * Reports a line that is no header, a missing purpose, duplicates.
 * tools/lib/python/kdoc/kdoc_parser.py, process_name, process_decl, process_special, process_body.
 */
export function readSections(lines: readonly Line[], report: Report): Sections {
  const first = lines.findIndex((line) => !isBlank(line));
  const none: Sections = { header: null, headerLines: [], purpose: [], parts: [] };
  if (first === -1) return none;
  const member = openPart(lines[first]!);
  if (member) return { ...none, parts: readMembers(lines.slice(first), report) };
  const header = readHeader(lines[first]!);
  if (!header) return none;

  const headerLines = [lines[first]!];
  const rest = lines.slice(first + 1);
  if (header.kind === 'doc') {
    const body: Part = { kind: 'section', name: 'Description', heading: null, lines: rest };
    return { header, headerLines, purpose: [], parts: isEmpty(body) ? [] : [body] };
  }
  const purpose = header.purpose ? [header.purpose] : [];
  let at = 0;
  if (header.purpose) {
    for (; at < rest.length; at++) {
      const line = rest[at]!;
      if (isBlank(line) || openPart(line)) break;
      purpose.push(line);
      headerLines.push(line);
    }
  }
  if (purpose.every(isBlank)) {
    report('missing-purpose', 'info', headerLines[0]!.line, 'missing initial short description');
  }
  return { header, headerLines, purpose, parts: merge(readParts(rest.slice(at)), report) };
}

/**
 * A comment within a struct: `@member: text`, and all that follows is the member's, blank lines too.
 *
 * tools/lib/python/kdoc/kdoc_parser.py, process_inline_name, process_inline_text.
 */
function readMembers(lines: readonly Line[], report: Report): Part[] {
  const parts: Part[] = [];
  for (const line of lines) {
    const opened = openPart(line);
    if (opened) parts.push(opened);
    else parts.at(-1)!.lines.push(line);
  }
  return merge(
    parts.map((part) => dedent(part)),
    report,
  );
}
