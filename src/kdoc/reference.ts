import type { Cursor, Found } from './inline.ts';
import type { KdocReference, KdocReferenceKind } from './types.ts';

function reference(
  kind: KdocReferenceKind,
  target: string,
  value: string,
  end: number,
  more: Partial<KdocReference> = {},
): Found {
  return { node: { type: 'kdocReference', kind, target, ...more, value }, end };
}

const isWord = (c: string | undefined) => c !== undefined && /\w/.test(c);

/** What a sticky expression finds at `at`, within the run. */
function match(pattern: RegExp, c: Cursor, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  const found = pattern.exec(c.value);
  return found && at + found[0].length <= c.end ? found : null;
}

/** `%NULL`, `%-EINVAL`, `%SCX_DSQ_*`; of `%NUL-terminated` only `NUL`. */
const CONSTANT = /%(-?\w+)/y;

function constant(c: Cursor, at: number): Found | null {
  if (isWord(c.value[at - 1]) || c.value[at - 1] === '%') return null;
  const found = match(CONSTANT, c, at);
  if (!found) return null;
  const end = at + found[0].length;
  // Stands for the rest of a name. One that ends emphasis is outside of the run.
  const isFamily = end < c.end && c.value[end] === '*' && !/[\w*]/.test(c.value[end + 1] ?? '');
  const name = isFamily ? `${found[1]!}*` : found[1]!;
  return reference('constant', name, name, at + 1 + name.length);
}

const TYPE = /&(struct|union|enum|typedef)\s{1,80}(\w+)/y;
const MEMBER = /&(\w+)(\.|->)(\w+)(\(\))?/y;
const NAME = /&(\w+)/y;

/** `&struct s`, `&s->m`, `&s->m()`, `&s`. Not `&&`, and no entity: `&lt;` is text. */
function type(c: Cursor, at: number): Found | null {
  const before = c.value[at - 1];
  if (isWord(before) || before === '&') return null;
  const full = match(TYPE, c, at);
  if (full) {
    const [all, kind = '', name = ''] = full;
    return reference(kind as KdocReferenceKind, name, `${kind} ${name}`, at + all.length);
  }
  const member = match(MEMBER, c, at);
  if (member) {
    const [all, name = '', , of = ''] = member;
    return reference('member', name, all.slice(1), at + all.length, { member: of });
  }
  const plain = match(NAME, c, at);
  if (!plain || c.value[at + plain[0].length] === ';') return null;
  return reference('type', plain[1]!, plain[1]!, at + plain[0].length);
}

/** `@p`, `@p.m`, `@p->m`, `@args...`, `@fp()`. */
const PARAMETER = /@(\w+)((?:\.\w+|->\w+)*)(\.\.\.|\(\))?/y;

function parameter(c: Cursor, at: number): Found | null {
  if (isWord(c.value[at - 1])) return null;
  if (c.value.startsWith('@...', at)) return reference('parameter', '...', '...', at + 4);
  const found = match(PARAMETER, c, at);
  if (!found) return null;
  return reference('parameter', found[1]!, found[0].slice(1), at + found[0].length);
}

const ENVIRONMENT = /\$([A-Za-z_]\w*)/y;

function environment(c: Cursor, at: number): Found | null {
  const found = isWord(c.value[at - 1]) ? null : match(ENVIRONMENT, c, at);
  return found && reference('environment', found[1]!, found[0], at + found[0].length);
}

/** `f()`; a method call (`x->f()`) names no function. */
function call(c: Cursor, at: number, word: string): Found | null {
  const end = at + word.length + 2;
  if (end > c.end || !c.value.startsWith('()', end - 2) || !/^[A-Za-z_]/.test(word)) return null;
  const before = c.value[at - 1];
  if (before === '.' || (before === '>' && c.value[at - 2] === '-')) return null;
  return reference('function', word, `${word}()`, end);
}

/**
 * kernel-doc's own mark-up at `at`; `word` is the word that stands there, when one does.
 *
 * tools/lib/python/kdoc/kdoc_output.py, type_constant2 … type_param_ref.
 */
export function readReference(c: Cursor, at: number, word = ''): Found | null {
  if (word !== '') return call(c, at, word);
  switch (c.value[at]) {
    case '%':
      return constant(c, at);
    case '&':
      return type(c, at);
    case '@':
      return parameter(c, at);
    default:
      return environment(c, at);
  }
}
