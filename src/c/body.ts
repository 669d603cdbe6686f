/** What a function's body does, as far as tokens tell: calls, literals, the cases of a switch. */
import { splitArguments } from './arguments.ts';
import { tokensToText } from './spell.ts';
import type { Cond, Token } from './types.ts';

/** `name(args)` in a body. */
export interface Call {
  name: string;
  args: Token[][];
  line: number;
  guard: Cond;
  /** Index of the name in the body's tokens. */
  index: number;
  /** Index of the closing parenthesis. */
  end: number;
}

const noCalls = new Set(
  'if for while switch return sizeof typeof __typeof__ typeof_unqual do else case goto asm __asm__ __attribute__ _Alignof alignof __alignof__ defined'.split(
    ' ',
  ),
);

/**
 * All calls in a body, nested ones too, in source order; with `names`, only those of these functions.
 * Arguments are made when asked for. A call whose parenthesis is not closed is none.
 */
export function calls(body: readonly Token[], names?: ReadonlySet<string>): Call[] {
  const ends = closings(body);
  const found: Call[] = [];
  body.forEach((t, index) => {
    if (t.kind !== 'identifier' || body[index + 1]?.text !== '(') return;
    if (names === undefined ? noCalls.has(t.text) : !names.has(t.text)) return;
    const end = ends.get(index + 1);
    if (end === undefined) return;
    let args: Token[][] | undefined;
    found.push({
      name: t.text,
      get args() {
        args ??= splitArguments(body.slice(index + 2, end));
        return args;
      },
      line: t.line,
      guard: t.guard,
      index,
      end,
    });
  });
  return found;
}

/** Index of the closing bracket for the index of each opening one. */
function closings(body: readonly Token[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  body.forEach((t, i) => {
    if (t.kind !== 'punctuator') return;
    if (t.text === '(' || t.text === '[' || t.text === '{') open.push(i);
    else if (t.text === ')' || t.text === ']' || t.text === '}') {
      // A bracket of another kind in between was left open: `{ ( }`.
      while (open.length > 0) {
        const last = open.pop()!;
        if (pairs[body[last]!.text] === t.text) {
          ends.set(last, i);
          break;
        }
      }
    }
  });
  return ends;
}
const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** The string literals among tokens, unquoted; adjacent ones are joined, escapes left as they are. */
export function stringLiterals(tokens: readonly Token[]): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  tokens.forEach((t, i) => {
    if (t.kind !== 'string') return;
    const text = t.text.replace(/^"|"$/g, '');
    //   "one" \n "and the same"
    if (i > 0 && tokens[i - 1]!.kind === 'string') found.at(-1)!.text += text;
    else found.push({ text, line: t.line });
  });
  return found;
}

/** One label of a switch: `case A:` or `default:`. */
interface CaseLabel {
  /** Its expression; `default` for that one. */
  text: string;
  line: number;
  guard: Cond;
}

/** Labels that share their statements. */
export interface SwitchCase {
  cases: string[];
  labels: CaseLabel[];
  /** Expression of the first `return` among the statements, outside inner switches; null without one. */
  returns: string | null;
  /** The statements, up to the next label of this switch. */
  body: Token[];
  line: number;
  guard: Cond;
}

/** The cases of every `switch` in a body, outer switches first, in source order. */
export function switchCases(body: readonly Token[]): SwitchCase[] {
  const ends = closings(body);
  const found: SwitchCase[] = [];
  body.forEach((t, i) => {
    if (t.kind !== 'identifier' || t.text !== 'switch') return;
    const paren = ends.get(i + 1);
    const open = paren === undefined ? -1 : paren + 1;
    const close = body[open]?.text === '{' ? ends.get(open) : undefined;
    if (close !== undefined) casesBetween(body, open + 1, close, ends, found);
  });
  return found;
}

function casesBetween(
  body: readonly Token[],
  from: number,
  to: number,
  ends: ReadonlyMap<number, number>,
  found: SwitchCase[],
): void {
  let labels: CaseLabel[] = [];
  let bodyFrom = -1;
  const endCase = (at: number) => {
    if (labels.length > 0) found.push(switchCase(body, labels, bodyFrom < 0 ? at : bodyFrom, at));
    labels = [];
    bodyFrom = -1;
  };
  for (let i = from; i < to; i++) {
    const t = body[i]!;
    const isLabel =
      t.kind === 'identifier' &&
      (t.text === 'case' || (t.text === 'default' && body[i + 1]?.text === ':'));
    if (!isLabel) {
      //   case A: { … }
      //           ^
      if (bodyFrom < 0) bodyFrom = i;
      i = ends.get(i) ?? i;
      continue;
    }
    if (bodyFrom >= 0) endCase(i);
    let colon = i + 1;
    for (let choices = 0; colon < to; colon++) {
      if (body[colon]!.text === '?') choices++;
      else if (body[colon]!.text === ':' && choices-- === 0) break;
      colon = ends.get(colon) ?? colon;
    }
    const text = t.text === 'case' ? tokensToText(body.slice(i + 1, colon)) : 'default';
    labels.push({ text, line: t.line, guard: t.guard });
    i = colon;
  }
  endCase(to);
}

/** Labels with the statements from `from` to `to`, which become a list of their own when asked for. */
function switchCase(
  body: readonly Token[],
  labels: CaseLabel[],
  from: number,
  to: number,
): SwitchCase {
  const { line, guard } = labels[0]!;
  let statements: Token[] | undefined;
  return {
    cases: labels.map((label) => label.text),
    labels,
    returns: returned(body, from, to),
    get body() {
      statements ??= body.slice(from, to);
      return statements;
    },
    line,
    guard,
  };
}

/** What the first `return` between two indexes gives; '' for `return;`, null without one. */
function returned(tokens: readonly Token[], from: number, to: number): string | null {
  for (let i = from; i < to; i++) {
    const { kind, text } = tokens[i]!;
    if (kind !== 'identifier') continue;
    if (text === 'switch') return null;
    if (text !== 'return') continue;
    let end = i + 1;
    while (end < to && tokens[end]!.text !== ';') end++;
    return tokensToText(tokens.slice(i + 1, end));
  }
  return null;
}
