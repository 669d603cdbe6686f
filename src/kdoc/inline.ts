import type { Link, PhrasingContent } from 'mdast';
import type { Position } from 'unist';
import { pointAt, type Text } from './lines.ts';
import { readReference } from './reference.ts';
import { readRole } from './role.ts';

/** What inline mark-up may refer to. */
export interface Targets {
  /** Labels of `.. _label: url`, lower case. */
  labels: ReadonlySet<string>;
}

/** One mark-up: the node without its position, and the index after it. */
export interface Found {
  node: PhrasingContent;
  end: number;
}

/** A run of one paragraph that is being read, with what is known not to come any more. */
export interface Cursor {
  text: Text;
  value: string;
  end: number;
  targets: Targets;
  /** Within emphasis, where there is no emphasis. */
  nested: boolean;
  /** Delimiters that nothing closes from an index on, so that no one looks for it twice. */
  unclosed: Map<string, number>;
}

const OPENS_AFTER = /[\s'"([{<\-/:]/;
const CLOSES_BEFORE = /[\s'")\]}>\-/\\.,:;!?]/;

/** Where `mark` closes what it opened at `at`: after something that is no space, before something that is no word. */
export function findClose(c: Cursor, mark: string, from: number, loose = false): number {
  if (from >= (c.unclosed.get(mark) ?? Infinity)) return -1;
  for (let i = c.value.indexOf(mark, from + 1); i !== -1; i = c.value.indexOf(mark, i + 1)) {
    const end = i + mark.length;
    if (end > c.end) break;
    const before = c.value[i - 1]!;
    const after = end < c.end ? c.value[end]! : ' ';
    if (loose || (!/[\s\\*]/.test(before) && CLOSES_BEFORE.test(after))) return i;
  }
  c.unclosed.set(mark, from);
  return -1;
}

/** Whether an address is one that may be linked to; any other one stays words. */
export function isLinked(url: string): boolean {
  return /^(?:https?|ftp|mailto):/i.test(url);
}

export function positionOf(text: Text, from: number, to: number): Position {
  return { start: pointAt(text, from), end: pointAt(text, to) };
}

/** ` ``literal`` `: as it stands, before anything else is looked at. */
function literal(c: Cursor, at: number): Found | null {
  if (!c.value.startsWith('``', at)) return null;
  let close = findClose(c, '``', at + 2, true);
  if (close === -1) return null;
  while (c.value[close + 2] === '`' && close + 2 < c.end) close += 1;
  const value = c.value.slice(at + 2, close).replace(/\n/g, ' ');
  return { node: { type: 'inlineCode', value }, end: close + 2 };
}

/** `*emphasis*` and `**strong**`, by reST's rule of what may stand around them. */
function emphasis(c: Cursor, at: number): Found | null {
  let stars = 1;
  while (c.value[at + stars] === '*' && stars < 3) stars += 1;
  if (c.nested || stars > 2) return null;
  const before = at === 0 ? ' ' : c.value[at - 1]!;
  const first = c.value[at + stars];
  if (!OPENS_AFTER.test(before) || first === undefined || /\s/.test(first)) return null;
  const close = findClose(c, '*'.repeat(stars), at + stars);
  if (close === -1) return null;
  const inner: Cursor = { ...c, nested: true, end: close, unclosed: new Map() };
  const children = parseRange(inner, at + stars);
  return {
    node: { type: stars === 2 ? 'strong' : 'emphasis', children },
    end: close + stars,
  };
}

/** `https://…` up to a space, without the punctuation that ends a sentence. */
function address(c: Cursor, at: number, word: string): Found | null {
  if (word !== 'http' && word !== 'https') return null;
  if (!c.value.startsWith('://', at + word.length)) return null;
  let end = at + word.length + 3;
  while (end < c.end && !/[\s<>"`]/.test(c.value[end]!)) end += 1;
  while (/[.,:;!?'")\]}*]/.test(c.value[end - 1]!)) end -= 1;
  if (end <= at + word.length + 3) return null;
  const url = c.value.slice(at, end);
  const text: Link['children'] = [
    { type: 'text', value: url, position: positionOf(c.text, at, end) },
  ];
  return { node: { type: 'link', url, children: text }, end };
}

/** `[#label]_`, `[1]_`: a footnote. */
function footnote(c: Cursor, at: number): Found | null {
  const found = /^\[(#[\w-]*|\d{1,4}|\*)\]_/.exec(c.value.slice(at, at + 66));
  if (!found) return null;
  const label = found[1]!;
  return {
    node: { type: 'footnoteReference', identifier: label.toLowerCase(), label },
    end: at + found[0].length,
  };
}

/** `label_`, where the comment says what it stands for. */
function labelled(c: Cursor, at: number, word: string): Found | null {
  if (!word.endsWith('_')) return null;
  const label = word.replace(/_{1,2}$/, '');
  const identifier = label.toLowerCase();
  if (!c.targets.labels.has(identifier)) return null;
  const position = positionOf(c.text, at, at + label.length);
  return {
    node: {
      type: 'linkReference',
      identifier,
      label,
      referenceType: 'full',
      children: [{ type: 'text', value: label, position }],
    },
    end: at + word.length,
  };
}

const WORD = /[A-Za-z0-9_]+/y;

function wordAt(c: Cursor, at: number): string {
  WORD.lastIndex = at;
  return (WORD.exec(c.value)?.[0] ?? '').slice(0, c.end - at);
}

function markAt(c: Cursor, at: number): Found | null {
  switch (c.value[at]) {
    case '`':
      return literal(c, at) ?? readRole(c, at);
    case ':':
      return readRole(c, at);
    case '*':
      return emphasis(c, at);
    case '[':
      return footnote(c, at);
    case '%':
    case '&':
    case '@':
    case '$':
      return readReference(c, at);
    default:
      return null;
  }
}

/** Reads from `from` to the cursor's end. */
export function parseRange(c: Cursor, from: number): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let [start, said] = [from, ''];
  let at = from;
  const flush = () => {
    if (said !== '') {
      nodes.push({ type: 'text', value: said, position: positionOf(c.text, start, at) });
    }
    said = '';
  };
  while (at < c.end) {
    const word = wordAt(c, at);
    const found =
      word === ''
        ? markAt(c, at)
        : (readReference(c, at, word) ?? address(c, at, word) ?? labelled(c, at, word));
    if (found) {
      flush();
      nodes.push({ ...found.node, position: positionOf(c.text, at, found.end) });
      at = start = found.end;
    } else if (word !== '') {
      said += word;
      at += word.length;
    } else if (
      c.value[at] === '\\' &&
      at + 1 < c.end &&
      /[*`_|\\:@%&$[\]()]/.test(c.value[at + 1]!)
    ) {
      // Escaped: no mark-up, and no backslash.
      said += c.value[at + 1]!;
      at += 2;
    } else {
      // A run of asterisks is no mark-up, whichever of them one starts at.
      const run =
        c.value[at] === '*' ? /^\*+/.exec(c.value.slice(at, at + 4096))![0] : c.value[at]!;
      const taken = run.slice(0, c.end - at);
      said += taken;
      at += taken.length;
    }
  }
  flush();
  return nodes;
}

/**
 * The inline mark-up of a paragraph, in the order that kernel-doc looks for it: literals first, which
 * nothing else is read in, then constants, members, functions, types, parameters; then what reST has.
 *
 * Documentation/doc-guide/kernel-doc.rst, "Highlights and cross-references";
 * tools/lib/python/kdoc/kdoc_output.py, RestFormat.
 */
export function parseInline(
  text: Text,
  targets: Targets,
  from = 0,
  to = text.value.length,
): PhrasingContent[] {
  return parseRange(
    { text, value: text.value, end: to, targets, nested: false, unclosed: new Map() },
    from,
  );
}
