import { CLOSE_BRACE, IDENTIFIER, OPEN_BRACE, OPEN_PAREN, SEMICOLON, STAR } from '../../c/codes.ts';
import { lex, type Lexed } from '../../c/lex.ts';

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

/**
 * What a piece of C calls: each name once, with the line of its first call, counted from 0. Comments,
 * strings, declarations and definitions are no calls.
 */
export function callsIn(text: string): { name: string; line: number }[] {
  const c = lex(text);
  const found = new Map<string, number>();
  let line = 0;
  let from = 0;
  for (let i = 0; i + 1 < c.count; i++) {
    if (c.kind[i] !== IDENTIFIER || c.kind[i + 1] !== OPEN_PAREN) continue;
    const name = word(c, i);
    if (KEYWORDS.has(name) || found.has(name) || isDeclared(c, i)) continue;
    for (let at = text.indexOf('\n', from); at >= 0 && at < c.start[i]!;) {
      line++;
      from = at + 1;
      at = text.indexOf('\n', from);
    }
    found.set(name, line);
  }
  return [...found].map(([name, at]) => ({ name, line: at }));
}
