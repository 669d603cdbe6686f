import type { PhrasingContent } from 'mdast';
import { isLinked, positionOf, type Cursor, type Found } from './inline.ts';
import type { KdocReferenceKind } from './types.ts';

/** Roles of Sphinx's C domain, and what they name here. */
const C_ROLES = new Map<string, KdocReferenceKind>(
  Object.entries({
    'c:func': 'function',
    'c:struct': 'struct',
    'c:union': 'union',
    'c:enum': 'enum',
    'c:type': 'type',
    'c:macro': 'constant',
    'c:enumerator': 'constant',
    'c:data': 'constant',
    'c:var': 'constant',
    'c:member': 'member',
  }),
);
const CODE = new Set(['code', 'literal', 'c:expr', 'c:texpr', 'file', 'kbd', 'command', 'math']);
const PLAIN = new Set(['sub', 'sup', 'subscript', 'superscript', 'abbr']);

/** `text <target>`, or the text alone, which then is the target. */
function split(content: string): { text: string; target: string | null } {
  const open = content.lastIndexOf('<');
  if (open === -1 || !content.endsWith('>')) return { text: content, target: null };
  const target = content.slice(open + 1, -1).replace(/\s+/g, '');
  const text = content.slice(0, open).trim();
  return { text: text === '' ? target : text, target };
}

/** What a role makes of its content: a reference, code, emphasis; words of an unknown one stay words. */
function roleNode(role: string, content: string, words: () => PhrasingContent[]): Found['node'] {
  const { text, target } = split(content.replace(/\s+/g, ' '));
  const kind = C_ROLES.get(role);
  if (kind) {
    const name = (target ?? text).replace(/\(\)$/, '').replace(/^[~!]/, '');
    const value = text.replace(/^[~!]/, '');
    if (kind !== 'member') return { type: 'kdocReference', kind, target: name, value };
    const [of = '', member] = name.split(/\.|->/);
    return { type: 'kdocReference', kind, target: of, member, value };
  }
  if (CODE.has(role)) return { type: 'inlineCode', value: content };
  if (role === 'strong') return { type: 'strong', children: words() };
  if (role === 'emphasis') return { type: 'emphasis', children: words() };
  if (PLAIN.has(role)) return { type: 'text', value: content };
  return { type: 'kdocReference', kind: 'role', role, target: target ?? text, value: text };
}

const ROLE = /:([A-Za-z][\w+.-]{0,40}(?::[A-Za-z][\w+.-]{0,40})?):(?=`)/y;

/**
 * What stands in single backquotes at `at`, or the role before them:
 *
 *     :role:`text <target>`    `text <url>`_    `label`_    `code`
 */
export function readRole(c: Cursor, at: number): Found | null {
  let [role, open] = ['', at];
  if (c.value[at] === ':') {
    ROLE.lastIndex = at;
    const found = ROLE.exec(c.value);
    if (!found) return null;
    role = found[1]!;
    open = at + found[0].length;
  }
  const first = c.value[open + 1];
  if (first === undefined || /[\s`]/.test(first)) return null;
  const close = findBackquote(c, open + 1);
  if (close === -1) return null;
  const content = c.value.slice(open + 1, close);
  const words = (): PhrasingContent[] => [
    { type: 'text', value: content, position: positionOf(c.text, open + 1, close) },
  ];
  if (role !== '') return { node: roleNode(role, content, words), end: close + 1 };

  if (c.value[close + 1] === '_' && close + 1 < c.end) {
    const end = c.value[close + 2] === '_' && close + 2 < c.end ? close + 3 : close + 2;
    const { text, target } = split(content.replace(/\s+/g, ' '));
    const position = positionOf(c.text, open + 1, open + 1 + text.length);
    const children: PhrasingContent[] = [{ type: 'text', value: text, position }];
    if (target !== null) {
      if (isLinked(target)) return { node: { type: 'link', url: target, children }, end };
      return { node: { type: 'text', value: `${text} <${target}>` }, end };
    }
    const identifier = text.toLowerCase();
    if (c.targets.labels.has(identifier)) {
      return {
        node: { type: 'linkReference', identifier, label: text, referenceType: 'full', children },
        end,
      };
    }
    return { node: { type: 'text', value: text }, end };
  }
  return { node: { type: 'inlineCode', value: content.replace(/\n/g, ' ') }, end: close + 1 };
}

/** The closing backquote: after no space, before no word, not one of two. */
function findBackquote(c: Cursor, from: number): number {
  if (from >= (c.unclosed.get('`') ?? Infinity)) return -1;
  for (let i = c.value.indexOf('`', from); i !== -1 && i < c.end; i = c.value.indexOf('`', i + 1)) {
    const after = i + 1 < c.end ? c.value[i + 1]! : ' ';
    if (!/\s/.test(c.value[i - 1]!) && !/[A-Za-z0-9`]/.test(after)) return i;
  }
  c.unclosed.set('`', from);
  return -1;
}
