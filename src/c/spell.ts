/** Tokens to text, in the kernel's own style as checkpatch would have it. */
import type { Token } from './types.ts';

type Spelled = Pick<Token, 'kind' | 'text'>;

const isWord = (t: Spelled) => t.kind !== 'punctuator';

/**
 * A type or a declaration: `const struct task_struct *p`, `int (*cb)(void *map, int *key)`, `u8 buf[16]`.
 * Single spaces, none after `*`, none inside parentheses.
 */
export function spellDeclaration(tokens: readonly Spelled[]): string {
  let out = '';
  let brackets = 0;
  tokens.forEach((t, i) => {
    const before = tokens[i - 1];
    const isGlued =
      before === undefined || brackets > 0
        ? gluedInExpression(tokens, i)
        : gluedInDeclaration(tokens, i);
    if (t.text === '[') brackets++;
    if (t.text === ']' && brackets > 0) brackets--;
    out += isGlued ? t.text : ` ${t.text}`;
  });
  return out;
}

function gluedInDeclaration(tokens: readonly Spelled[], i: number): boolean {
  const before = tokens[i - 1]!;
  const t = tokens[i]!;
  if (before.kind === 'punctuator' && /^[([*.]$/.test(before.text)) return true;
  if (isWord(t)) return false;
  switch (t.text) {
    case ',':
    case ';':
    case ')':
    case ']':
    case '[':
    case '.':
      return true;
    //   int (*cb)(void *ctx)     bool (less)(int a)     u8 f(int a)
    //       ^    ^                    ^     ^               ^
    case '(':
      if (before.text === ')' || before.text === ']') return true;
      return isWord(before) && tokens[i + 1]?.text !== '*' && !isDeclarator(tokens, i);
    default:
      return false;
  }
}

/** Whether the parenthesis at `i` holds a declarator: a list of parameters follows it. */
function isDeclarator(tokens: readonly Spelled[], i: number): boolean {
  return tokens[i + 2]?.text === ')' && tokens[i + 3]?.text === '(';
}

/** Words before which a `(` or an operand stands apart. */
const statements = new Set('if for while switch return case do else goto'.split(' '));
const typeWords = new Set(
  'void char short int long float double signed unsigned bool struct union enum const volatile'.split(
    ' ',
  ),
);

/** An expression or a statement: `IS_ENABLED(CONFIG_NET) && !x->y`, `return a ? b : c;`. */
export function tokensToText(tokens: readonly Spelled[]): string {
  return tokens
    .map((t, i) => (i === 0 || gluedInExpression(tokens, i) ? t.text : ` ${t.text}`))
    .join('');
}

function gluedInExpression(tokens: readonly Spelled[], i: number): boolean {
  const t = tokens[i]!;
  const before = tokens[i - 1];
  if (before === undefined) return true;
  if (!isWord(t)) {
    if (/^(?:[,;)\].[]|->)$/.test(t.text)) {
      //   { .set = &x }     [0] = 1, [1] = 2     &arr[0]
      //     ^                        ^               ^
      if (t.text === '.' || t.text === '[') return !/^[{,=]$/.test(before.text);
      return true;
    }
    if (t.text === '(') {
      if (isWord(before)) return !statements.has(before.text);
      if (before.text === ')' || before.text === ']') return true;
    }
    if ((t.text === '++' || t.text === '--') && isOperand(before)) return true;
    if (t.text === ':' && tokens[i - 2]?.text === 'case') return true;
    if (t.text === ':' && before.text === 'default') return true;
  }
  if (isWord(before)) return false;
  if (/^(?:[([.!~]|->)$/.test(before.text)) return true;
  if (/^(?:[-+*&]|\+\+|--)$/.test(before.text)) return isUnary(tokens, i - 1);
  //   (u32)x
  //        ^
  return before.text === ')' && !isBinary(t) && closesCast(tokens, i - 1);
}

const isOperand = (t: Spelled) =>
  (isWord(t) && !statements.has(t.text)) || t.text === ')' || t.text === ']';

/** Whether the `-`, `+`, `*`, `&`, `++` or `--` at `i` belongs to what follows. */
function isUnary(tokens: readonly Spelled[], i: number): boolean {
  const before = tokens[i - 1];
  if (before === undefined) return true;
  if (typeWords.has(before.text)) return tokens[i]!.text === '*';
  if (tokens[i]!.text === '*' && before.text === '*') return true;
  //   struct foo *p
  //              ^
  if (tokens[i]!.text === '*' && /^(?:struct|union|enum)$/.test(tokens[i - 2]?.text ?? ''))
    return true;
  return !isOperand(before) || (before.text === ')' && closesCast(tokens, i - 1));
}

const isBinary = (t: Spelled) => !isWord(t) && !/^[(!~*&{-]$/.test(t.text);

/** Whether the `)` at `i` closes a cast: its inside is a type's words, or ends in `*`. */
function closesCast(tokens: readonly Spelled[], i: number): boolean {
  //   (struct foo *)     (unsigned long)     (u32)     (void __user *)
  //                ^
  let j = i - 1;
  const isPointer = tokens[j]?.text === '*';
  while (tokens[j]?.text === '*') j--;
  let words = 0;
  let isType = isPointer;
  for (; tokens[j]?.kind === 'identifier' && words < 5; j--, words++) {
    const word = tokens[j]!.text;
    if (typeWords.has(word) || /^(?:__)?[usbl]e?(?:8|16|32|64)$|_t$/.test(word)) isType = true;
  }
  if (tokens[j]?.text !== '(' || words === 0 || !isType) return false;
  //   sizeof(u32) * n
  //   ^
  return tokens[j - 1]?.kind !== 'identifier' || statements.has(tokens[j - 1]!.text);
}
