/**
 * The head of a declaration: `__bpf_kfunc static struct foo *f(int a)`. The scanner hands over its words,
 * up to the `;`, `{` or `=` that ends it.
 */
import {
  CLOSE_BRACKET,
  CLOSE_PAREN,
  CLOSE_BRACE,
  COMMA,
  ELLIPSIS,
  IDENTIFIER,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  STAR,
} from './codes.ts';
import { spellDeclaration } from './spell.ts';
import { kindOf } from './token-kinds.ts';
import type { CParam } from './types.ts';
import {
  isAttribute,
  isBuiltin,
  isInlineWord,
  isQualifier,
  isTag,
  isTypeof,
  storage,
  takesArguments,
} from './words.ts';

/** A token of a head. */
export interface Word {
  /** See codes.ts. */
  code: number;
  text: string;
  /** Index of the token in the file. */
  at: number;
}

interface Specifiers {
  storage: string[];
  attributes: string[];
  /** Words of the type, qualifiers among them. */
  type: Word[];
  hasType: boolean;
  /** Index of the first word that is no specifier. */
  next: number;
}

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
  /** null for what is no function. */
  function: { returns: string; params: CParam[] } | null;
}

/** Index of the bracket that closes the one at `open`; -1 when none does. */
export function closing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let i = open; i < words.length; i++) {
    const { code } = words[i]!;
    if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (--depth === 0) return i;
    }
  }
  return -1;
}

/** Splits at the commas outside brackets; nothing at all gives no part. */
export function splitAtCommas<T extends { code: number }>(words: readonly T[]): T[][] {
  if (words.length === 0) return [];
  const parts: T[][] = [[]];
  let depth = 0;
  for (const w of words) {
    if (w.code === OPEN_PAREN || w.code === OPEN_BRACKET || w.code === OPEN_BRACE) depth++;
    else if (w.code === CLOSE_PAREN || w.code === CLOSE_BRACKET || w.code === CLOSE_BRACE) depth--;
    if (depth === 0 && w.code === COMMA) parts.push([]);
    else parts.at(-1)!.push(w);
  }
  return parts;
}

/** Reads a head; null when it declares nothing that has a name and a type. */
export function declaration(words: readonly Word[]): Declaration | null {
  const s = specifiers(words, 0);
  if (!s.hasType) return null;
  const type = [...s.type];
  let i = pointers(words, s.next, type, s.attributes);
  i = skipAttributes(words, i, s.attributes);
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
      function: { returns: spell(type), params: parameters(words.slice(i + 2, close)) },
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
  const params = parameters(words.slice(from + 1, to));
  const returns = isPlain
    ? spell(type)
    : spell([...type, ...words.slice(open, name), ...words.slice(to + 1)]);
  return { ...base, type: returns, isArray: false, function: { returns, params } };
}

const isTypeWord = (text: string) => isQualifier(text) || isAttribute(text);

/** The words before the declarator. */
function specifiers(words: readonly Word[], from: number): Specifiers {
  const s: Specifiers = { storage: [], attributes: [], type: [], hasType: false, next: from };
  //   static __printf(1, 2) const struct foo __user *f(…)
  //   ^
  let i = from;
  while (i < words.length) {
    const w = words[i]!;
    if (w.code !== IDENTIFIER) break;
    if (storage.has(w.text)) s.storage.push(w.text);
    else if (isQualifier(w.text)) s.type.push(w);
    else if (isBuiltin(w.text)) {
      s.type.push(w);
      s.hasType = true;
    } else if (isTag(w.text)) {
      s.type.push(w);
      i = skipAttributes(words, i + 1, s.attributes);
      if (words[i]?.code === IDENTIFIER) s.type.push(words[i++]!);
      if (words[i]?.code === CLOSE_BRACE) i++;
      s.hasType = true;
      continue;
    } else if (isTypeof(w.text)) {
      const close = words[i + 1]?.code === OPEN_PAREN ? closing(words, i + 1) : i;
      if (close < 0) break;
      s.type.push(...words.slice(i, close + 1));
      s.hasType = true;
      i = close;
    } else if (isAttribute(w.text)) {
      const next = attributeEnd(words, i, s.hasType);
      if (next < 0) break;
      s.attributes.push(w.text);
      i = next;
      continue;
    } else if (s.hasType) {
      //   u64 SOME_MACRO f(…)
      //       ^
      if (words[i + 1]?.code !== IDENTIFIER && words[i + 1]?.code !== STAR) break;
      if (isAttribute(words[i + 1]!.text)) break;
      s.attributes.push(w.text);
    } else if (isTypeName(words, i)) {
      s.type.push(w);
      s.hasType = true;
    } else if (words[i + 1]?.code === IDENTIFIER) s.attributes.push(w.text);
    else break;
    i++;
  }
  s.next = i;
  if (!s.hasType) promote(words, s);
  return s;
}

/** Past an attribute at `i` and its arguments; -1 when it is no attribute but the name declared. */
function attributeEnd(words: readonly Word[], i: number, hasType: boolean): number {
  const next = words[i + 1];
  if (next?.code !== OPEN_PAREN) {
    //   int __count;     int __count = 3;
    //       ^
    const isLast = next?.code !== IDENTIFIER && next?.code !== STAR;
    return hasType && isLast && i + 1 >= words.length ? -1 : i + 1;
  }
  const close = closing(words, i + 1);
  if (close < 0) return -1;
  if (takesArguments(words[i]!.text)) return close + 1;
  //   int __f(int a) __must_check;     int __tag(1) f(int a);
  //       ^                                ^
  let j = close + 1;
  while (words[j]?.code === IDENTIFIER && isAttribute(words[j]!.text)) {
    j++;
    if (words[j]?.code === OPEN_PAREN) {
      const end = closing(words, j);
      if (end < 0) return -1;
      if (!takesArguments(words[j - 1]!.text) && !hasType) return close + 1;
      j = end + 1;
    }
  }
  return j >= words.length ? -1 : close + 1;
}

/** Whether the unknown word at `i`, with no type before it, is the type. */
function isTypeName(words: readonly Word[], i: number): boolean {
  let j = i + 1;
  //   u32 const __maybe_unused x
  //       ^
  while (
    words[j]?.code === IDENTIFIER &&
    (isQualifier(words[j]!.text) || isAttribute(words[j]!.text))
  ) {
    if (attributeEnd(words, j, true) < 0) break;
    j++;
  }
  const next = words[j];
  if (next === undefined || next.code === STAR || next.code === COMMA) return true;
  if (next.code === OPEN_PAREN) return words[j + 1]?.code === STAR || j > i + 1;
  if (next.code !== IDENTIFIER) return next.code !== OPEN_BRACE;
  if (isTag(next.text) || isBuiltin(next.text) || storage.has(next.text) || isTypeof(next.text)) {
    return false;
  }
  //   EXPORT_API u64 f(…)     u64 f(…)
  //   ^                       ^
  const after = words[j + 1];
  return !(after?.code === IDENTIFIER && !isAttribute(after.text)) && after?.code !== STAR;
}

/** Without any other candidate the last attribute that stands alone is the type: `static __foo f(void)`. */
function promote(words: readonly Word[], s: Specifiers): void {
  const last = words[s.next - 1];
  const name = words[s.next];
  if (last === undefined || s.attributes.at(-1) !== last.text) return;
  if (name?.code !== IDENTIFIER || /^[A-Z0-9_]+$/.test(name.text)) return;
  s.attributes.pop();
  s.type.push(last);
  s.hasType = true;
}

/** `*`, and the qualifiers and attributes between; qualifiers go to the type. */
function pointers(
  words: readonly Word[],
  from: number,
  type: Word[],
  attributes: string[],
): number {
  let i = from;
  for (; i < words.length; i++) {
    const w = words[i]!;
    if (w.code === STAR) type.push(w);
    else if (w.code === IDENTIFIER && isQualifier(w.text)) type.push(w);
    else if (w.code === IDENTIFIER && isAttribute(w.text)) {
      const next = attributeEnd(words, i, true);
      if (next < 0) break;
      attributes.push(w.text);
      i = next - 1;
    } else if (
      //   struct foo *SOME_MACRO f(…)
      //               ^
      w.code === IDENTIFIER &&
      words[i + 1]?.code === IDENTIFIER &&
      words[i + 2]?.code === OPEN_PAREN &&
      !isAttribute(words[i + 1]!.text)
    ) {
      attributes.push(w.text);
    } else break;
  }
  return i;
}

function skipAttributes(words: readonly Word[], from: number, attributes: string[]): number {
  let i = from;
  while (words[i]?.code === IDENTIFIER && isAttribute(words[i]!.text)) {
    const next = attributeEnd(words, i, false);
    if (next < 0) break;
    attributes.push(words[i]!.text);
    i = next;
  }
  return i;
}

/** The parameters between the parentheses; `void` alone is none. */
function parameters(words: readonly Word[]): CParam[] {
  if (words.length === 1 && words[0]!.text === 'void') return [];
  return splitAtCommas(words)
    .filter((part) => part.length > 0)
    .map(parameter);
}

/** One parameter, named or not. */
function parameter(words: readonly Word[]): CParam {
  if (words.length === 1 && words[0]!.code === ELLIPSIS)
    return { name: '', type: '...', text: '...' };
  const s = specifiers(words, 0);
  const type = [...s.type];
  let i = pointers(words, s.next, type, []);
  i = skipAttributes(words, i, []);
  const name = nameIn(words, i);
  //   u8 buf[16] __maybe_unused
  //             ^
  let to = words.length;
  for (let j = Math.max(name, i); j < words.length; j++) {
    if (words[j]!.code === OPEN_PAREN || words[j]!.code === OPEN_BRACKET) {
      const close = closing(words, j);
      if (close < 0) break;
      j = close;
    } else if (j > name && words[j]!.code === IDENTIFIER && isAttribute(words[j]!.text)) {
      to = j;
      break;
    }
  }
  const rest = words.slice(i, to);
  const nameless = name < 0 ? rest : rest.filter((_, k) => k + i !== name);
  return {
    name: name < 0 ? '' : words[name]!.text,
    type: spell([...type, ...nameless]),
    text: spell([...type, ...rest]),
  };
}

/** Index of the declared name at or after `from`: `p`, `(*cb)(…)`, `buf[16]`; -1 when there is none. */
function nameIn(words: readonly Word[], from: number): number {
  let i = from;
  while (i < words.length) {
    const w = words[i]!;
    if (w.code === IDENTIFIER) {
      if (!isTypeWord(w.text)) return i;
      if (words[i + 1]?.code !== IDENTIFIER && !isQualifier(w.text)) return i;
    } else if (w.code !== STAR && w.code !== OPEN_PAREN) return -1;
    i++;
  }
  return -1;
}

function spell(words: readonly Word[]): string {
  return spellDeclaration(words.map((w) => ({ kind: kindOf(w.code), text: w.text })));
}
