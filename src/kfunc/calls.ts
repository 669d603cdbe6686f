import { CLOSE_BRACE, IDENTIFIER, OPEN_BRACE, OPEN_PAREN, SEMICOLON, STAR } from '../c/codes.ts';
import { lex, type Lexed } from '../c/lex.ts';

/** Words that stand before an expression, or before a parenthesis that is no call. */
const KEYWORDS = new Set(
  'if for while switch return sizeof typeof __typeof__ do else case goto asm __attribute__'.split(
    ' ',
  ),
);

const word = (c: Lexed, i: number) => c.spliced.get(i) ?? c.text.slice(c.start[i], c.end[i]);

/**
 * Whether the name at `i` is being declared or defined: another word is right before it, or a word and
 * stars with nothing else in the statement.
 *
 *     extern __u8 *hid_bpf_get_data(…)        acquired = bpf_task_acquire(…)
 *                  ^                                     ^ no: an operator is before it
 */
function isDeclared(c: Lexed, i: number): boolean {
  let at = i - 1;
  while (at >= 0 && c.kind[at] === STAR) at--;
  if (at < 0 || c.kind[at] !== IDENTIFIER || KEYWORDS.has(word(c, at))) return false;
  if (at === i - 1) return true;
  for (; at >= 0; at--) {
    const kind = c.kind[at]!;
    if (kind === SEMICOLON || kind === OPEN_BRACE || kind === CLOSE_BRACE) return true;
    if (kind !== STAR && (kind !== IDENTIFIER || KEYWORDS.has(word(c, at)))) return false;
  }
  return true;
}

/** Offset of the first call of each name among some tokens; `from` is the first token to look at. */
function* callsAmong(c: Lexed, from = 0): Generator<[name: string, at: number]> {
  for (let i = from; i + 1 < c.count; i++) {
    if (c.kind[i] !== IDENTIFIER || c.kind[i + 1] !== OPEN_PAREN) continue;
    const name = word(c, i);
    if (!KEYWORDS.has(name) && !isDeclared(c, i)) yield [name, c.start[i]!];
  }
}

/**
 * What a piece of C calls, also in the bodies of its macros: each name once, with the line of its first
 * call, counted from 0, in the order of lines. Comments, strings, declarations and definitions are no
 * calls.
 */
export function callsIn(text: string): { name: string; line: number }[] {
  const c = lex(text);
  const calls = [...callsAmong(c)];
  for (const { word: directive, wordEnd, end } of c.directives) {
    // After the macro's own name, which its parameters follow as arguments follow a call's.
    if (directive === 'define') calls.push(...callsAmong(lex(text, wordEnd, end, true), 1));
  }
  const found = new Map<string, number>();
  let line = 0;
  let next = text.indexOf('\n');
  for (const [name, at] of calls.sort(([, a], [, b]) => a - b)) {
    for (; next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
    if (!found.has(name)) found.set(name, line);
  }
  return [...found].map(([name, at]) => ({ name, line: at }));
}
