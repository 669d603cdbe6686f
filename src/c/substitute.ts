/** A macro's body with its arguments put in. */
import { TRUE } from './condition.ts';
import type { Sourced } from './expand.ts';
import { lex } from './lex.ts';
import { directiveTokens } from './source.ts';
import { tokensToText } from './spell.ts';
import type { CMacro, Token } from './types.ts';

/**
 * The body of `macro`; `args` are its raw arguments, null for an object-like one. `expandArgument` expands
 * an argument that stands beside neither `#` nor `##`. Missing arguments are empty, surplus ones go to the
 * variadic parameter or nowhere.
 */
export function substitute(
  macro: CMacro,
  args: readonly Sourced[][] | null,
  expandArgument: (arg: readonly Sourced[]) => Sourced[],
): Sourced[] {
  const body = (macro.body ?? []).map((token): Sourced => ({ token, hidden: null }));
  const raw = byName(macro, args);
  const expanded = new Map<string, Sourced[]>();
  const value = (name: string): Sourced[] => {
    let tokens = expanded.get(name);
    if (tokens === undefined) {
      tokens = expandArgument(raw.get(name)!);
      expanded.set(name, tokens);
    }
    return tokens;
  };
  const out: Sourced[] = [];
  for (let i = 0; i < body.length; i++) {
    const { token } = body[i]!;
    const after = body[i + 1]?.token.text;
    //   #name
    //   ^
    if (token.text === '#' && args !== null && after !== undefined && raw.has(after)) {
      out.push(made('string', quote(raw.get(after)!)));
      i++;
      continue;
    }
    //   prefix_##name      , ##__VA_ARGS__
    //          ^             ^
    if (token.text === '##' && after !== undefined && out.length > 0) {
      const right = raw.get(after) ?? [body[i + 1]!];
      i++;
      const left = out.at(-1)!;
      if (left.token.text === ',' && raw.has(after)) {
        if (right.length === 0) out.pop();
        else for (const s of value(after)) out.push(s);
      } else if (right.length > 0) {
        out.pop();
        out.push(...pasted(left.token.text + right[0]!.token.text));
        for (const s of right.slice(1)) out.push(s);
      }
      continue;
    }
    const isPasted = after === '##';
    const arg = raw.get(token.text);
    if (token.kind !== 'identifier' || arg === undefined) out.push(body[i]!);
    else if (isPasted && arg.length === 0) {
      //   a##b with an empty a: b alone
      i++;
      const next = body[i + 1];
      if (next !== undefined) for (const s of raw.get(next.token.text) ?? [next]) out.push(s);
      i++;
    } else for (const s of isPasted ? arg : value(token.text)) out.push(s);
  }
  return out;
}

function byName(macro: CMacro, args: readonly Sourced[][] | null): Map<string, Sourced[]> {
  const raw = new Map<string, Sourced[]>();
  if (args === null) return raw;
  (macro.params ?? []).forEach((param, i) => {
    if (!param.endsWith('...')) {
      raw.set(param, args[i] ?? []);
      return;
    }
    const name = param === '...' ? '__VA_ARGS__' : param.slice(0, -3).trim();
    const rest = args.slice(i);
    raw.set(
      name,
      rest.flatMap((arg, k) => (k === 0 ? arg : [made('punctuator', ','), ...arg])),
    );
  });
  return raw;
}

function made(kind: Token['kind'], text: string): Sourced {
  return { token: { kind, text, line: 0, start: -1, guard: TRUE }, hidden: null };
}

function quote(arg: readonly Sourced[]): string {
  return `"${tokensToText(arg.map((s) => s.token)).replace(/["\\]/g, '\\$&')}"`;
}

function pasted(text: string): Sourced[] {
  const tokens = directiveTokens(lex(text, 0, text.length, true), 0, TRUE);
  return tokens.map((token) => ({ token, hidden: null }));
}
