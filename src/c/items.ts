/** Heads that the scanner has found the end of, as items. Bodies become tokens when somebody asks. */
import { IDENTIFIER, OPEN_BRACE, OPEN_PAREN, STAR } from './codes.ts';
import { excludes } from './condition.ts';
import { commentAbove, commentsIn } from './comments.ts';
import { type Declaration, declaration } from './declaration.ts';
import { type Word, closing, wordsOf } from './head-words.ts';
import { fieldsOf } from './initialiser.ts';
import { splitArguments } from './arguments.ts';
import { type Source, guardOf, lineOf, mayHold, tokensOf } from './source.ts';
import type { CFunction, CInvocation, CItem, CVariable, Cond, Token } from './types.ts';
import { isInvocationName } from './heads.ts';
import { isAttribute } from './words.ts';

/** What ended a head, and where its body or initialiser lies: tokens from `from` up to, not including, `to`. */
export interface Ending {
  by: ';' | '{' | '=';
  from: number;
  to: number;
}

/**
 * The items that a head makes: the invocations without `;` it begins with, then what it declares. `guard`
 * is what holds for the head beyond its own tokens (an alternative of `#if`); null when nothing does.
 */
export function itemsOf(
  source: Source,
  head: readonly number[],
  ending: Ending,
  guard: Cond | null,
): CItem[] {
  const items: CItem[] = [];
  let words = wordsOf(source, head);
  while (words.length > 0) {
    const first = words[0]!;
    const inForce = guard ?? guardOf(source, first.at);
    const call = leadingInvocation(words);
    if (call > 0) {
      items.push(invocation(source, words, 0, call, inForce));
      words = words.slice(call + 1);
      continue;
    }
    const d = declaration(words);
    if (d?.function != null && d.end < words.length) {
      //   static DEFINE_THING(x) int f(void)
      //                          ^
      const close = closing(words, d.name + 1);
      items.push(invocation(source, words, d.name, close, inForce));
      words = words.slice(d.end);
      continue;
    }
    const item = d === null ? remainder(source, words, ending, inForce) : null;
    if (item !== null) items.push(item);
    if (d !== null && !d.storage.includes('typedef')) {
      items.push(...declared(source, words, d, ending, inForce, guard !== null));
    }
    break;
  }
  return items;
}

/**
 * Index of the parenthesis that closes an invocation at the start of a head; -1 when the head begins with
 * something else. What is whole, `__diag_push()`, is one whatever its name.
 */
function leadingInvocation(words: readonly Word[]): number {
  //   EXPORT_SYMBOL_GPL(f) static int g(void)
  //   ^
  const [name, open] = words;
  if (name?.code !== IDENTIFIER || open?.code !== OPEN_PAREN) return -1;
  const close = closing(words, 1);
  if (close < 0 || isDeclarator(words, close)) return -1;
  //   __diag_pop() BTF_SET8_START(x)      no attribute is called with nothing, or stands before a macro
  //              ^
  const after = words[close + 1];
  const isFollowedByMacro =
    isAttribute(name.text) &&
    after?.code === IDENTIFIER &&
    words[close + 2]?.code === OPEN_PAREN &&
    isInvocationName(after.text);
  const isWhole = close === words.length - 1 || close === 2;
  return isWhole || isFollowedByMacro || isInvocationName(name.text) ? close : -1;
}

/** What declares nothing: a bare word, or an invocation behind `static`. */
function remainder(
  source: Source,
  words: readonly Word[],
  ending: Ending,
  guard: Cond,
): CInvocation | null {
  const [first] = words;
  if (words.length > 1) return storedInvocation(source, words, guard);
  if (first?.code !== IDENTIFIER || ending.by !== ';' || !isInvocationName(first.text)) return null;
  return invocation(source, words, 0, -1, guard);
}

function declared(
  source: Source,
  words: readonly Word[],
  d: Declaration,
  ending: Ending,
  guard: Cond,
  isAlternative: boolean,
): CItem[] {
  const name = words[d.name]!;
  const common = { name: name.text, line: lineOf(source, name.at), guard };
  const isStatic = d.storage.includes('static');
  if (d.function === null) {
    const { isArray } = d;
    const facts = { ...common, type: bare(d.type), isStatic, isArray };
    return ending.by === '{' ? [] : [variable(source, ending, facts)];
  }
  if (ending.by === '=') return [];
  const { isInline, attributes } = d;
  const facts = { ...common, ...d.function, isStatic, isInline, attributes };
  return [functionItem(source, words[0]!.at, ending, facts, isAlternative)];
}

/** `irqreturn_t (*f(void))(int)`: what looks like an invocation is a type and its declarator. */
function isDeclarator(words: readonly Word[], close: number): boolean {
  return (words[2]?.code === STAR || close === 3) && words[close + 1]?.code === OPEN_PAREN;
}

/** A variable's type: qualifiers say nothing about what it is. */
function bare(type: string): string {
  return type.replace(/(?:const|volatile) (?=\w)/g, '').replace(/ (?:const|volatile)$/, '');
}

/** `static DEFINE_MUTEX(x)`: an invocation behind storage classes and attributes. */
function storedInvocation(source: Source, words: readonly Word[], guard: Cond): CInvocation | null {
  let i = 0;
  while (
    words[i]?.code === IDENTIFIER &&
    words[i + 1]?.code === IDENTIFIER &&
    !isInvocationName(words[i]!.text)
  )
    i++;
  const name = words[i];
  if (name?.code !== IDENTIFIER || words[i + 1]?.code !== OPEN_PAREN) return null;
  const close = closing(words, i + 1);
  return close < 0 || !isInvocationName(name.text)
    ? null
    : invocation(source, words, i, close, guard);
}

function invocation(
  source: Source,
  words: readonly Word[],
  name: number,
  close: number,
  guard: Cond,
): CInvocation {
  const from = words[name + 1]?.at ?? 0;
  const to = close < 0 ? -1 : words[close]!.at;
  let args: Token[][] | null | undefined = close < 0 ? null : undefined;
  return {
    kind: 'invocation',
    name: words[name]!.text,
    get args() {
      args ??= args === null ? null : splitArguments(tokensOf(source, from + 1, to));
      return args;
    },
    line: lineOf(source, words[name]!.at),
    guard,
    order: source.lexed.start[words[name]!.at]!,
  };
}

type FunctionFacts = Pick<
  CFunction,
  'name' | 'line' | 'guard' | 'returns' | 'isStatic' | 'isInline' | 'attributes'
> & { params: () => CFunction['params'] };

function functionItem(
  source: Source,
  first: number,
  { by, from, to }: Ending,
  facts: FunctionFacts,
  isAlternative: boolean,
): CFunction {
  const { start } = source.lexed;
  const isDefinition = by === '{';
  let body: Token[] | undefined;
  let params: CFunction['params'] | undefined;
  let comment: CFunction['comment'] | undefined;
  return {
    kind: 'function',
    name: facts.name,
    line: facts.line,
    startLine: lineOf(source, first),
    returns: facts.returns,
    get params() {
      return (params ??= facts.params());
    },
    isStatic: facts.isStatic,
    isInline: facts.isInline,
    isDefinition,
    attributes: facts.attributes,
    guard: facts.guard,
    get comment() {
      if (comment === undefined) comment = commentAbove(source, start[first]!, facts.name);
      return comment;
    },
    get body() {
      if (body === undefined) {
        body = isDefinition ? tokensOf(source, from, to) : [];
        // One of several heads that share a body: what only the others run is not its own.
        if (isAlternative) body = body.filter((t) => !excludes(this.guard, t.guard));
      }
      return body;
    },
    mayHold: (word) => isDefinition && mayHold(source, from, to, word),
    get bodyComments() {
      if (!isDefinition) return [];
      const end = to < source.lexed.count ? start[to]! : source.lexed.text.length;
      return commentsIn(source, start[from - 1]!, end);
    },
  };
}

function variable(
  source: Source,
  { by, from, to }: Ending,
  facts: Pick<CVariable, 'name' | 'type' | 'isStatic' | 'isArray' | 'line' | 'guard'>,
): CVariable {
  let initialiser: Token[] | undefined;
  let fields: CVariable['fields'] | undefined;
  return {
    kind: 'variable',
    name: facts.name,
    type: facts.type,
    isStatic: facts.isStatic,
    isArray: facts.isArray,
    get fields() {
      fields ??= source.lexed.kind[from] === OPEN_BRACE ? fieldsOf(this.initialiser) : [];
      return fields;
    },
    get initialiser() {
      initialiser ??= by === '=' ? tokensOf(source, from, to) : [];
      return initialiser;
    },
    mayHold: (word) => by === '=' && mayHold(source, from, to, word),
    line: facts.line,
    guard: facts.guard,
  };
}
