import { cut, type Line } from './lines.ts';
import type { KdocSubject } from './types.ts';

export interface Header {
  kind: KdocSubject;
  name: string;
  /** What follows the dash or colon; null without one. */
  purpose: Line | null;
}

const WORD = /\w+/y;

function wordAt(text: string, at: number): string {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? '';
}

function skip(text: string, at: number): number {
  let i = at;
  while (text[i] === ' ' || text[i] === '\t') i += 1;
  return i;
}

/**
 * The name of a function's header that starts at `from`, when one does:
 *
 *     `name`  `name()`  `name(arg)`  `type * name`  `define name`
 *
 * and nothing after it but a dash or a colon.
 */
function functionName(
  text: string,
  from: number,
): { name: string; kind: 'function' | 'define' } | null {
  let at = skip(text, from);
  const type = wordAt(text, at);
  const star = skip(text, at + type.length);
  // Not captured: `type *`, once.
  if (type !== '' && text[star] === '*') at = skip(text, star + 1);
  let name = wordAt(text, at);
  let kind: 'function' | 'define' = 'function';
  const after = skip(text, at + name.length);
  if (name === 'define' && after > at + name.length && wordAt(text, after) !== '') {
    kind = 'define';
    at = after;
    name = wordAt(text, at);
  }
  if (name === '') return null;
  at = skip(text, at + name.length);
  if (text[at] === '(') {
    const close = at + 1 + wordAt(text, at + 1).length;
    if (text[close] !== ')') return null;
    at = skip(text, close + 1);
  }
  return at >= text.length || text[at] === '-' || text[at] === ':' ? { name, kind } : null;
}

/**
 * Reads the line that opens a kernel-doc comment; null when it is none. `name` is empty where a struct,
 * union, typedef or var has none.
 *
 * tools/lib/python/kdoc/kdoc_parser.py, process_name.
 */
export function readHeader(line: Line): Header | null {
  const { text } = line;
  if (text.startsWith('DOC:')) {
    return { kind: 'doc', name: text.slice(4).trim() || 'Introduction', purpose: null };
  }
  if (!/^\w/.test(text) && !text.startsWith('*')) return null;
  const dash = text.search(/[-:]/);
  const purpose = dash === -1 ? null : cut(line, dash + 1);
  const data = /^(struct|union|enum|typedef|var)\b\s*(\w*)/.exec(text);
  if (data) return { kind: data[1] as KdocSubject, name: data[2]!, purpose };
  // What stands before an asterisk is a type.
  for (let from = 0; from !== -1; from = text.indexOf('*', from)) {
    if (text[from] === '*') from += 1;
    const found = functionName(text, from);
    if (found) return { ...found, purpose };
    if (from >= text.length) break;
  }
  return null;
}
