/** What stands before a declarator: storage classes, attributes, the type, and the `*` after it. */
import { CLOSE_BRACE, COMMA, IDENTIFIER, OPEN_BRACE, OPEN_PAREN, STAR } from './codes.ts';
import { type Word, closing } from './head-words.ts';
import {
  isAttribute,
  isBuiltin,
  isQualifier,
  isTag,
  isTypeof,
  storage,
  takesArguments,
} from './words.ts';

export interface Specifiers {
  storage: string[];
  attributes: string[];
  /** Words of the type, qualifiers among them. */
  type: Word[];
  hasType: boolean;
  /** Index of the first word that is no specifier. */
  next: number;
}

/** A qualifier or an attribute. */
export const isTypeWord = (text: string) => isQualifier(text) || isAttribute(text);

/** The words before the declarator. */
export function specifiers(words: readonly Word[], from: number): Specifiers {
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
      i = i + 1;
      //   struct __packed foo     struct __sk_buff *skb
      //          ^                       ^ a name
      if (isTagAttribute(words[i]?.text)) i = skipAttributes(words, i, s.attributes);
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
      //   static result debug_noinline __f(…)     int count __read_mostly
      //                 ^                             ^
      const isNamed = words[i + 2]?.code === OPEN_PAREN && attributeEnd(words, i + 1, true) < 0;
      if (isAttribute(words[i + 1]!.text) && !isNamed) break;
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

/** What the kernel writes between `struct` and the tag; any other word there is the tag. */
function isTagAttribute(word: string | undefined): boolean {
  return /^__(?:attribute__|packed|aligned|randomize_layout|no_randomize_layout)$/.test(word ?? '');
}

/** Past an attribute at `i` and its arguments; -1 when it is no attribute but the name declared. */
function attributeEnd(words: readonly Word[], i: number, hasType: boolean): number {
  const next = words[i + 1];
  if (next?.code !== OPEN_PAREN) {
    //   int __count;     u64 *__slots[2];     int __maybe_unused
    //       ^                 ^                   ^
    const isName = hasType && next?.code !== IDENTIFIER && next?.code !== STAR;
    return isName && !/^__(?:maybe|always)?_?unused/.test(words[i]!.text) ? -1 : i + 1;
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
  //   irqreturn_t (*f)(int)     irqreturn_t (f)(int)
  //               ^
  if (next.code === OPEN_PAREN) {
    return words[j + 1]?.code === STAR || j > i + 1 || words[j + 3]?.code === OPEN_PAREN;
  }
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
export function pointers(
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

/** Past attributes at `from`; they are added to the list. */
export function skipAttributes(words: readonly Word[], from: number, attributes: string[]): number {
  let i = from;
  while (words[i]?.code === IDENTIFIER && isAttribute(words[i]!.text)) {
    const next = attributeEnd(words, i, false);
    if (next < 0) break;
    attributes.push(words[i]!.text);
    i = next;
  }
  return i;
}
