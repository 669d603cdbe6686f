/** What a head is, told from its tokens while it is read. */
import { CLOSE_PAREN, COLON, IDENTIFIER, OPEN_PAREN, STRING } from './codes.ts';
import { type Source, lineOf, textOf } from './source.ts';
import {
  isAttribute,
  isBuiltin,
  isQualifier,
  isTag,
  isTypeof,
  storage,
  takesArguments,
} from './words.ts';

/** Whether a word followed by `(` at the start of a head is a macro's name: no type, no attribute. */
export function isInvocationName(text: string): boolean {
  return !(
    storage.has(text) ||
    isBuiltin(text) ||
    isTag(text) ||
    isTypeof(text) ||
    isQualifier(text) ||
    isAttribute(text)
  );
}

/**
 * Whether a head is a whole invocation, so that it ends here though no `;` does: `NAME(…)` before another
 * word or a directive. `next` is the index of the word that follows; -1 at a directive.
 */
export function endsInvocation(source: Source, head: readonly number[], next: number): boolean {
  const { kind } = source.lexed;
  const length = head.length;
  if (length === 0 || kind[head[0]!] !== IDENTIFIER) return false;
  //   BTF_ID_FLAGS(func, f)
  //   BTF_ID_FLAGS(func, g)
  //   ^
  if (length >= 3 && kind[head[1]!] === OPEN_PAREN && kind[head[length - 1]!] === CLOSE_PAREN) {
    return isInvocationName(textOf(source.lexed, head[0]!));
  }
  return length === 1 && isBareInvocation(source, head[0]!, next);
}

/** A word on a line of its own that cannot be a type: `XDP_METADATA_KFUNC_xxx`. */
function isBareInvocation(source: Source, word: number, next: number): boolean {
  const { lexed } = source;
  if (!isMacroLike(textOf(lexed, word))) return false;
  if (next < 0) return true;
  const nextLine = lineOf(source, next);
  if (nextLine === lineOf(source, word)) return false;
  const text = textOf(lexed, next);
  //   SOME_LIST_xxx
  //   BTF_SET8_END(x)
  //   ^
  return (
    storage.has(text) ||
    isTag(text) ||
    isBuiltin(text) ||
    text === 'const' ||
    (isMacroLike(text) &&
      (lexed.kind[next + 1] !== IDENTIFIER || lineOf(source, next + 1) !== nextLine))
  );
}

/** `XDP_METADATA_KFUNC_xxx`: written as the kernel writes macros. */
const isMacroLike = (word: string) => /^[A-Z][A-Z0-9_]{2}/.test(word);

/** Whether the `{` after a head opens a struct, union or enum, not a function. */
export function isAggregate(source: Source, head: readonly number[]): boolean {
  const { kind } = source.lexed;
  //   typedef struct __packed foo {
  //                               ^
  let i = head.length - 1;
  let names = 0;
  while (i >= 0) {
    const at = head[i]!;
    if (kind[at] === CLOSE_PAREN) {
      let depth = 0;
      for (; i >= 0; i--) {
        if (kind[head[i]!] === CLOSE_PAREN) depth++;
        if (kind[head[i]!] === OPEN_PAREN && --depth === 0) break;
      }
      i--;
      //   struct point __point_at(int x) {
      //                ^ no attribute, though it looks like one
      if (i < 0 || !takesArguments(textOf(source.lexed, head[i]!))) return false;
    } else if (kind[at] === IDENTIFIER) {
      const text = textOf(source.lexed, at);
      if (isTag(text)) return true;
      if (!isAttribute(text) && ++names > 2) return false;
    } else if (kind[at] !== COLON) return false;
    i--;
  }
  return false;
}

/** `extern "C"`. */
export function isExternC(source: Source, head: readonly number[]): boolean {
  const { kind } = source.lexed;
  return (
    head.length === 2 && kind[head[1]!] === STRING && textOf(source.lexed, head[0]!) === 'extern'
  );
}
