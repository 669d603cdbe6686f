/** Heads that the scanner has found the end of, as items. Bodies become tokens when somebody asks. */
import { CLOSE_PAREN, IDENTIFIER, OPEN_BRACE, OPEN_PAREN } from './codes.ts';
import { commentAbove, commentsIn } from './comments.ts';
import { type Word, closing, declaration } from './declaration.ts';
import { fieldsOf } from './initialiser.ts';
import { splitArguments } from './arguments.ts';
import { type Source, guardOf, lineOf, textOf, tokensOf } from './source.ts';
import type { CFunction, CInvocation, CItem, CVariable, Cond, Token } from './types.ts';
import { isAttribute, isBuiltin, isTag, isTypeof, isQualifier, storage } from './words.ts';

/** What ended a head, and where its body or initialiser lies: tokens from `from` up to, not including, `to`. */
export interface Ending {
  by: ';' | '{' | '=';
  from: number;
  to: number;
}

/** The words of a head, given as indexes of tokens. */
export function wordsOf(source: Source, tokens: readonly number[]): Word[] {
  return tokens.map((at) => ({
    code: source.lexed.kind[at]!,
    text: textOf(source.lexed, at),
    at,
  }));
}

/** Whether a word followed by `(` at the start of a head is a macro's name: no type, no attribute. */
export function isInvocationName(text: string): boolean {
  return !(
    storage.has(text) ||
    isBuiltin(text) ||
    isTag(text) ||
    isTypeof(text) ||
    isQualifier(text) ||
    isAttribute(text)
  );
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
  const guardFor = (w: Word) => guard ?? guardOf(source, w.at);
  for (;;) {
    const name = words[0];
    if (name === undefined) return items;
    //   EXPORT_SYMBOL_GPL(f) static int g(void)
    //   ^
    if (name.code === IDENTIFIER && words[1]?.code === OPEN_PAREN) {
      const close = closing(words, 1);
      const isWhole = close === words.length - 1;
      if (close > 0 && (isWhole || isInvocationName(name.text)) && !isDeclarator(words, close)) {
        items.push(invocation(source, words, 0, close, guardFor(name)));
        words = words.slice(close + 1);
        continue;
      }
    }
    break;
  }
  const first = words[0]!;
  if (words.length === 1 && first.code === IDENTIFIER) {
    if (isInvocationName(first.text) && ending.by === ';') {
      items.push(invocation(source, words, 0, -1, guardFor(first)));
    }
    return items;
  }
  const d = declaration(words);
  if (d === null) {
    const inner = storedInvocation(source, words, guardFor(first));
    if (inner !== null) items.push(inner);
  } else if (!d.storage.includes('typedef')) {
    const name = words[d.name]!;
    const common = { name: name.text, line: lineOf(source, name.at), guard: guardFor(first) };
    const isStatic = d.storage.includes('static');
    if (d.function === null) {
      if (ending.by !== '{') {
        items.push(
          variable(source, ending, { ...common, type: bare(d.type), isStatic, isArray: d.isArray }),
        );
      }
    } else if (ending.by !== '=') {
      items.push(
        functionItem(source, first.at, ending, {
          ...common,
          ...d.function,
          isStatic,
          isInline: d.isInline,
          attributes: d.attributes,
        }),
      );
    }
  }
  return items;
}

/** `irqreturn_t (*f(void))(int)`: what looks like an invocation is a type and its declarator. */
function isDeclarator(words: readonly Word[], close: number): boolean {
  return words[2]?.text === '*' && words[close + 1]?.code === OPEN_PAREN;
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

type FunctionFacts = Omit<
  CFunction,
  'kind' | 'startLine' | 'isDefinition' | 'comment' | 'body' | 'bodyComments'
>;

function functionItem(
  source: Source,
  first: number,
  { by, from, to }: Ending,
  facts: FunctionFacts,
): CFunction {
  const { start } = source.lexed;
  const isDefinition = by === '{';
  let body: Token[] | undefined;
  return {
    kind: 'function',
    name: facts.name,
    line: facts.line,
    startLine: lineOf(source, first),
    returns: facts.returns,
    params: facts.params,
    isStatic: facts.isStatic,
    isInline: facts.isInline,
    isDefinition,
    attributes: facts.attributes,
    guard: facts.guard,
    comment: commentAbove(source, start[first]!),
    get body() {
      body ??= isDefinition ? tokensOf(source, from, to) : [];
      return body;
    },
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
    line: facts.line,
    guard: facts.guard,
  };
}

/**
 * Whether a head is a whole invocation, so that it ends here though no `;` does: `NAME(…)` before another
 * word or a directive. `next` is the index of the word that follows; -1 at a directive.
 */
export function endsInvocation(source: Source, head: readonly number[], next: number): boolean {
  const { kind } = source.lexed;
  const length = head.length;
  if (length === 0 || kind[head[0]!] !== IDENTIFIER) return false;
  //   BTF_ID_FLAGS(func, f)
  //   BTF_ID_FLAGS(func, g)
  //   ^
  if (length >= 3 && kind[head[1]!] === OPEN_PAREN && kind[head[length - 1]!] === CLOSE_PAREN) {
    return isInvocationName(textOf(source.lexed, head[0]!));
  }
  return length === 1 && isBareInvocation(source, head[0]!, next);
}

/** A word on a line of its own that cannot be a type: `XDP_METADATA_KFUNC_xxx`. */
function isBareInvocation(source: Source, word: number, next: number): boolean {
  const { lexed } = source;
  if (!/^[A-Z][A-Z0-9]*_/.test(textOf(lexed, word))) return false;
  if (next < 0) return true;
  if (lineOf(source, next) === lineOf(source, word)) return false;
  const text = textOf(lexed, next);
  //   SOME_LIST_xxx
  //   BTF_SET8_END(x)
  //   ^
  return (
    storage.has(text) ||
    isTag(text) ||
    isBuiltin(text) ||
    text === 'const' ||
    (/^[A-Z][A-Z0-9]*_/.test(text) && lexed.kind[next + 1] !== IDENTIFIER)
  );
}
