/** Parameter lists. */
import { CLOSE_PAREN, ELLIPSIS, IDENTIFIER, OPEN_BRACKET, OPEN_PAREN, STAR } from './codes.ts';
import { type Word, closing, spell, splitAtCommas } from './head-words.ts';
import { isTypeWord, pointers, specifiers } from './specifiers.ts';
import type { CParam } from './types.ts';
import { isAttribute, isQualifier } from './words.ts';

/** The parameters between the parentheses; `void` alone is none. */
export function parameters(words: readonly Word[]): CParam[] {
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
  const i = pointers(words, s.next, type, []);
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
  const text = spell([...type, ...rest]);
  //   bool (less)(struct node *a)
  //         ^ without it: bool (struct node *a)
  const isFunction = nameless[0]?.code === OPEN_PAREN && nameless[1]?.code === CLOSE_PAREN;
  return {
    name: name < 0 ? '' : words[name]!.text,
    type: isFunction ? `${spell(type)} ${spell(nameless.slice(2))}` : spell([...type, ...nameless]),
    text,
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
