/**
 * The text of make: words, references and arguments, as GNU make cuts them. Nothing is expanded here.
 */

/** A piece of text: literal, or what stands between the parentheses of one `$(…)`. */
export interface Piece {
  kind: 'literal' | 'reference';
  text: string;
}

/**
 * Offset of the parenthesis or brace that closes the one at `open`, or -1. Only its own kind is counted,
 * as in GNU make.
 */
export function closing(text: string, open: number): number {
  const opener = text[open];
  const closer = opener === '(' ? ')' : '}';
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === opener) depth++;
    else if (text[i] === closer && --depth === 0) return i;
  }
  return -1;
}

/**
 * Cuts text into literals and references. `$$` is a literal `$`; `$x` is a reference to `x`; a reference
 * that is never closed is the literal that it is written as.
 */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let literal = '';
  const reference = (inner: string): void => {
    if (literal !== '') found.push({ kind: 'literal', text: literal });
    literal = '';
    found.push({ kind: 'reference', text: inner });
  };
  for (let i = 0; i < text.length; i++) {
    const next = text[i + 1];
    if (text[i] !== '$' || next === undefined) literal += text[i]!;
    else if (next === '(' || next === '{') {
      //   obj-$(CONFIG_X)
      //       ^i        ^end
      const end = closing(text, i + 1);
      if (end < 0) return [...found, { kind: 'literal', text: literal + text.slice(i) }];
      reference(text.slice(i + 2, end));
      i = end;
    } else {
      if (next === '$') literal += '$';
      else reference(next);
      i++;
    }
  }
  if (literal !== '') found.push({ kind: 'literal', text: literal });
  return found;
}

/** Cuts text where `isCut` says so, outside of references. Pieces may be empty. */
function cut(text: string, isCut: (char: string) => boolean, most = Infinity): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '$' && (text[i + 1] === '(' || text[i + 1] === '{')) {
      const end = closing(text, i + 1);
      if (end < 0) break;
      i = end;
    } else if (parts.length + 1 < most && isCut(text[i]!)) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** The words of a text; a reference is not cut, whatever it holds. */
export function words(text: string): string[] {
  return cut(text, (c) => c === ' ' || c === '\t').filter((word) => word !== '');
}

/** Arguments of a function or of `ifeq (…)`: cut at commas, at most `most` of them, the last holding the rest. */
export function args(text: string, most = Infinity): string[] {
  return cut(text, (c) => c === ',', most);
}

/** Offset of the first of `chars` outside of references, or -1. */
export function indexOutside(text: string, chars: string): number {
  const [before = '', ...rest] = cut(text, (c) => chars.includes(c), 2);
  return rest.length === 0 ? -1 : before.length;
}

/**
 * Whether a word fits a pattern of make, which has at most one `%`; gives what the `%` stands for (''
 * for a pattern without one), null when it does not fit.
 */
export function stem(pattern: string, word: string): string | null {
  const at = pattern.indexOf('%');
  if (at < 0) return pattern === word ? '' : null;
  const before = pattern.slice(0, at);
  const after = pattern.slice(at + 1);
  const fits =
    word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after);
  return fits ? word.slice(before.length, word.length - after.length) : null;
}
