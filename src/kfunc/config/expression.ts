/** Reads back what condToText() (src/c/condition.ts) prints. */
import { FALSE, TRUE, and, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import type { Diagnostic, Parsed } from '../../diagnostic.ts';

const MAX_DEPTH = 100;

/** Offset behind the parenthesis that closes the one at `open`; -1 without one. */
function behindClosing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i + 1;
  }
  return -1;
}

/** Cuts at an operator outside of parentheses. */
function split(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(start, i));
      start = i += operator.length;
      i--;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * Reads an expression such as `CONFIG_NET && (CONFIG_A=m || !CONFIG_B)`. A plain `CONFIG_X` is enabled, y or
 * m; what is neither an operator nor a symbol is text. condToText() of the result prints the same expression.
 *
 * Never throws. Reports parentheses that do not match, an operator without an operand, and too deep a
 * nesting; what cannot be read is text.
 */
export function parseExpr(text: string): Parsed<Cond> {
  const diagnostics: Diagnostic[] = [];
  const report = (message: string): void => {
    diagnostics.push({
      code: 'unreadable-expression',
      severity: 'warning',
      release: null,
      path: null,
      line: null,
      message,
    });
  };

  function expression(source: string, depth: number): Cond {
    if (depth > MAX_DEPTH) {
      report('This expression is nested too deep.');
      return { op: 'text', text: source.trim() };
    }
    const alternatives = split(source, '||');
    if (alternatives.length > 1) return or(...alternatives.map((t) => expression(t, depth + 1)));
    const terms = split(source, '&&');
    if (terms.length > 1) return and(...terms.map((t) => expression(t, depth + 1)));
    return operand(source.trim(), depth);
  }

  function operand(source: string, depth: number): Cond {
    if (source === '') report('An operand is missing in this expression.');
    if (source === '1') return TRUE;
    if (source === '0') return FALSE;
    if (source.startsWith('(') && behindClosing(source, 0) === source.length) {
      return expression(source.slice(1, -1), depth + 1);
    }
    //   !CONFIG_X   !(A || B)   !defined(X)     but the text   !X > 3
    const negated = /^!\s*(\(|\w+(?:=[ym]|\([^()]*\))?$)/.exec(source);
    if (negated) {
      const rest = source.slice(1).trim();
      if (negated[1] !== '(' || behindClosing(rest, 0) === rest.length) {
        return not(operand(rest, depth + 1));
      }
    }
    const symbol = /^(CONFIG_\w+)(?:=([ym]))?$/.exec(source);
    if (symbol?.[1] !== undefined) {
      const test = symbol[2] === 'y' ? 'builtin' : symbol[2] === 'm' ? 'module' : 'enabled';
      return { op: 'symbol', name: symbol[1], test };
    }
    const reachable = /^IS_REACHABLE\((CONFIG_\w+)\)$/.exec(source)?.[1];
    if (reachable !== undefined) return { op: 'symbol', name: reachable, test: 'reachable' };
    return { op: 'text', text: source };
  }

  let balance = 0;
  for (const c of text) {
    balance += c === '(' ? 1 : c === ')' ? -1 : 0;
    if (balance < 0) break;
  }
  if (balance !== 0) {
    report('The parentheses of this expression do not match.');
    return { value: { op: 'text', text: text.trim() }, diagnostics };
  }
  const value = expression(text, 0);
  return { value, diagnostics };
}
