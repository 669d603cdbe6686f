/** Macro expansion, for the macros that stand where declarations do: sets of kfuncs written as X-macros. */
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { splitArguments } from './arguments.ts';
import { and, excludes } from './condition.ts';
import { type MacroTable, macroTable } from './macro-table.ts';
import { substitute } from './substitute.ts';
import type { CInvocation, CMacro, Cond, Token } from './types.ts';

/** `NAME(args)` in the result of an expansion. */
export interface Expanded {
  name: string;
  /** null for a bare name, which is given only when nothing else is left. */
  args: Token[][] | null;
  /** Line of the invocation that was expanded. */
  line: number;
  guard: Cond;
}

/** A token, and the macros it came from, which it does not name again. */
export interface Sourced {
  token: Token;
  hidden: Hidden | null;
}
interface Hidden {
  name: string;
  rest: Hidden | null;
}

/** Tokens that one expansion may handle; beyond it is given up. */
const MAX_TOKENS = 100_000;
const MAX_DEPTH = 100;

interface Run {
  table: MacroTable;
  stop: ReadonlySet<string>;
  /** Tokens that may still be handled. */
  budget: number;
}

/**
 * Expands an invocation at file scope with the macros visible there (later definitions win, `#undef` takes
 * away, alternatives of `#if` are all taken, each under its guard), and gives the `NAME(args)` that the
 * result holds. Names in `stop` are left as they are. A macro that comes to its own name again stops there.
 *
 * Reports `macro-too-large` when the expansion passes 100,000 tokens or nests deeper than any macro does;
 * what was expanded up to then is in the value.
 */
export function expandInvocation(
  item: CInvocation,
  macros: readonly CMacro[],
  stop: ReadonlySet<string> = new Set(),
): Parsed<Expanded[]> {
  const made = (kind: Token['kind'], text: string): Token => ({
    kind,
    text,
    line: item.line,
    start: -1,
    guard: item.guard,
  });
  const tokens = [made('identifier', item.name)];
  if (item.args !== null) {
    tokens.push(made('punctuator', '('));
    item.args.forEach((arg, i) => {
      if (i > 0) tokens.push(made('punctuator', ','));
      tokens.push(...arg);
    });
    tokens.push(made('punctuator', ')'));
  }
  const run: Run = { table: macroTable(macros), stop, budget: MAX_TOKENS };
  const result = expand(
    run,
    tokens.map((token) => ({ token, hidden: null })),
    0,
  );
  const diagnostics: Diagnostic[] = [];
  if (run.budget < 0) {
    diagnostics.push({
      code: 'macro-too-large',
      severity: 'warning',
      release: null,
      path: null,
      line: item.line,
      message: `${item.name} expands to more than can be read.`,
    });
  }
  return { value: invocations(result, item.line), diagnostics };
}

function expand(run: Run, input: readonly Sourced[], depth: number): Token[] {
  const output: Token[] = [];
  if (depth > MAX_DEPTH) run.budget = -1;
  const rest = [...input].reverse();
  for (let item = rest.pop(); item !== undefined; item = rest.pop()) {
    if (--run.budget < 0) break;
    const { token, hidden } = item;
    const definitions = candidates(run, item);
    if (definitions.length === 0) {
      output.push(token);
      continue;
    }
    //   F(a, g(b))
    //    ^
    const args = rest.at(-1)?.token.text === '(' ? takeArguments(run, rest) : null;
    let isExpanded = false;
    const expansions: Sourced[] = [];
    for (const macro of definitions) {
      if (macro.params !== null && args === null) continue;
      const own = macro.params === null ? null : args!.map((arg) => arg.map((s) => s));
      const guard = and(token.guard, macro.guard);
      const made = substitute(macro, own, (arg) => {
        return expand(run, arg, depth + 1).map((t) => ({ token: t, hidden }));
      });
      run.budget -= made.length;
      isExpanded = true;
      const inner: Hidden = { name: macro.name, rest: hidden };
      for (const { token: t, hidden: from } of made) {
        expansions.push({
          token: { ...t, line: token.line, start: -1, guard: and(guard, t.guard) },
          hidden: from === null ? inner : { name: macro.name, rest: from },
        });
      }
      if (macro.params === null && args !== null) expansions.push(...grouped(args, token));
      if (run.budget < 0) break;
    }
    if (!isExpanded) {
      output.push(token);
      if (args !== null) rest.push(...grouped(args, token).reverse());
      continue;
    }
    for (let i = expansions.length - 1; i >= 0; i--) rest.push(expansions[i]!);
  }
  return output;
}

/** Definitions that a token stands for; none for what is no macro, is hidden, or must stay. */
function candidates({ table, stop }: Run, { token, hidden }: Sourced): readonly CMacro[] {
  if (token.kind !== 'identifier' || stop.has(token.text)) return [];
  const found = table.get(token.text);
  if (found === undefined) return [];
  for (let h = hidden; h !== null; h = h.rest) {
    if (h.name === token.text) return [];
  }
  return found.filter((macro) => !excludes(token.guard, macro.guard));
}

/** Takes `( … )` from the end of a reversed list; null, and nothing taken, when it is not closed. */
function takeArguments(run: Run, rest: Sourced[]): Sourced[][] | null {
  let depth = 0;
  let i = rest.length - 1;
  for (; i >= 0; i--) {
    run.budget--;
    const { text, kind } = rest[i]!.token;
    if (kind !== 'punctuator') continue;
    if (text === '(') depth++;
    if (text === ')' && --depth === 0) break;
  }
  if (i < 0) return null;
  const taken = rest.splice(i).reverse().slice(1, -1);
  const args: Sourced[][] = [[]];
  depth = 0;
  for (const s of taken) {
    const { text, kind } = s.token;
    if (kind === 'punctuator') {
      // Only parentheses protect a comma here: macros know no other brackets.
      if (text === '(') depth++;
      if (text === ')') depth--;
      if (text === ',' && depth === 0) {
        args.push([]);
        continue;
      }
    }
    args.at(-1)!.push(s);
  }
  return args;
}

/** Arguments as they stood, for a macro that takes none. */
function grouped(args: readonly Sourced[][], like: Token): Sourced[] {
  const mark = (text: string): Sourced => ({
    token: { ...like, kind: 'punctuator', text },
    hidden: null,
  });
  const inner = args.flatMap((arg, i) => (i === 0 ? arg : [mark(','), ...arg]));
  return [mark('('), ...inner, mark(')')];
}

/** The `NAME(args)` of a list of tokens, outside each other. */
function invocations(tokens: readonly Token[], line: number): Expanded[] {
  const found: Expanded[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const name = tokens[i]!;
    if (name.kind !== 'identifier' || tokens[i + 1]?.text !== '(') continue;
    let depth = 0;
    let j = i + 1;
    for (; j < tokens.length; j++) {
      if (tokens[j]!.text === '(') depth++;
      if (tokens[j]!.text === ')' && --depth === 0) break;
    }
    if (j === tokens.length) break;
    const args = splitArguments(tokens.slice(i + 2, j));
    found.push({ name: name.text, args, line, guard: name.guard });
    i = j;
  }
  const [only] = tokens;
  if (found.length === 0 && tokens.length === 1 && only?.kind === 'identifier') {
    found.push({ name: only.text, args: null, line, guard: only.guard });
  }
  return found;
}
