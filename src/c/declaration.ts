/**
 * The head of a declaration: `__bpf_kfunc static struct foo *f(int a)`. The scanner hands over its words,
 * up to the `;`, `{` or `=` that ends it.
 */
import { IDENTIFIER, OPEN_BRACKET, OPEN_PAREN, STAR } from './codes.ts';
import { type Word, closing, spell } from './head-words.ts';
import { parameters } from './parameters.ts';
import { type Specifiers, isTypeWord, pointers, skipAttributes, specifiers } from './specifiers.ts';
import type { CParam } from './types.ts';
import { isInlineWord } from './words.ts';

/** What a head declares. */
export interface Declaration {
  /** Index of its name in the words. */
  name: number;
  /** Index of the first word that is no part of it; their number when nothing is left over. */
  end: number;
  storage: string[];
  attributes: string[];
  isInline: boolean;
  /** The type without its declarator, for a variable. */
  type: string;
  isArray: boolean;
  /** null for what is no function. Few functions are asked for their parameters. */
  function: { returns: string; params: () => CParam[] } | null;
}

/** Reads a head; null when it declares nothing that has a name and a type. */
export function declaration(words: readonly Word[]): Declaration | null {
  const s = specifiers(words, 0);
  if (!s.hasType) return null;
  const type = [...s.type];
  const i = pointers(words, s.next, type, s.attributes);
  const first = words[i];
  if (first?.code === OPEN_PAREN) return nested(words, i, s, type);
  if (first?.code !== IDENTIFIER) return null;
  const after = words[i + 1];
  const base = { name: i, storage: s.storage, attributes: s.attributes, isArray: false };
  if (after?.code === OPEN_PAREN) {
    const close = closing(words, i + 1);
    if (close < 0) return null;
    const end = skipAttributes(words, close + 1, s.attributes);
    return {
      ...base,
      end,
      isInline: s.attributes.some(isInlineWord),
      type: spell(type),
      function: { returns: spell(type), params: () => parameters(words.slice(i + 2, close)) },
    };
  }
  skipAttributes(words, i + 1, s.attributes);
  return {
    ...base,
    end: words.length,
    isInline: s.attributes.some(isInlineWord),
    type: spell(type),
    isArray: after?.code === OPEN_BRACKET,
    function: null,
  };
}

/** A declarator in parentheses: `(*fp)(int)`, `(*table[])(int)`, `(*f(int a))(void)`, `(f)(int a)`. */
function nested(
  words: readonly Word[],
  open: number,
  s: Specifiers,
  type: readonly Word[],
): Declaration | null {
  const close = closing(words, open);
  if (close < 0) return null;
  //   void (*f(int a))(void)
  //         ^
  let name = open + 1;
  while (name < close && words[name]!.code !== IDENTIFIER) {
    if (words[name]!.code !== STAR && words[name]!.code !== OPEN_PAREN) return null;
    name++;
  }
  while (name < close && isTypeWord(words[name]!.text) && words[name + 1]?.code === IDENTIFIER)
    name++;
  if (name >= close) return null;
  const base = {
    name,
    end: words.length,
    storage: s.storage,
    attributes: s.attributes,
    isInline: s.attributes.some(isInlineWord),
  };
  const isGroup = words[name + 1]?.code === OPEN_PAREN;
  const isPlain = name === open + 1 && name + 1 === close && words[close + 1]?.code === OPEN_PAREN;
  if (!isGroup && !isPlain) {
    const isArray = words.slice(name + 1, close).some((w) => w.code === OPEN_BRACKET);
    const without = [...words.slice(open, name), ...words.slice(name + 1)];
    return { ...base, type: spell([...type, ...without]), isArray, function: null };
  }
  const from = isPlain ? close + 1 : name + 1;
  const to = closing(words, from);
  if (to < 0) return null;
  const params = (): CParam[] => parameters(words.slice(from + 1, to));
  const returns = isPlain
    ? spell(type)
    : spell([...type, ...words.slice(open, name), ...words.slice(to + 1)]);
  return { ...base, type: returns, isArray: false, function: { returns, params } };
}
