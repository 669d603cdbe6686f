/**
 * Make's variables with the configuration left open: what a text expands to, and under which condition.
 *
 *     obj-$(CONFIG_X)   ->   "obj-y" when X is y, "obj-m" when X is m, "obj-" when it is off
 */
import { FALSE, TRUE, and, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import { callFunction, mapWords } from './make-functions.ts';
import { args, pieces, words } from './make-text.ts';

/** What a text can expand to. The conditions of a list of these exclude each other and leave none out. */
export interface Alternative {
  text: string;
  cond: Cond;
}

/** A word that stands in a list under a condition. */
export interface ConditionalWord {
  text: string;
  cond: Cond;
}

/** One assignment to a variable; `words` when it was expanded at once (`:=`), else `raw`. */
export interface Entry {
  guard: Cond;
  raw: string;
  words: ConditionalWord[] | null;
}

export interface Scope {
  variables: Map<string, Entry[]>;
  /** Values that make has from elsewhere: `srctree`, `src`, `SRCARCH`. */
  given: ReadonlyMap<string, readonly Alternative[]>;
  /** Steps that are left: text from a repository must not keep us busy for ever. */
  budget: number;
}

/** Stands for a part of a text that only a running make knows. No file holds a NUL in a name. */
export const UNKNOWN = '\0';

const MAX_ALTERNATIVES = 250;
const MAX_TEXT = 20_000;
const MAX_DEPTH = 30;

const unknown: Alternative[] = [{ text: UNKNOWN, cond: TRUE }];

function symbol(name: string, test: 'builtin' | 'module' | 'enabled'): Cond {
  return { op: 'symbol', name, test };
}

/** All combinations; a single unknown text when they would be too many. */
function product(
  lists: readonly (readonly Alternative[])[],
  join: (texts: string[]) => string,
): Alternative[] {
  let combined: { texts: string[]; cond: Cond }[] = [{ texts: [], cond: TRUE }];
  for (const list of lists) {
    if (combined.length * list.length > MAX_ALTERNATIVES) return unknown;
    combined = combined.flatMap(({ texts, cond }) =>
      list.map((a) => ({ texts: [...texts, a.text], cond: and(cond, a.cond) })),
    );
  }
  const merged = new Map<string, Cond[]>();
  for (const { texts, cond } of combined) {
    const text = join(texts);
    if (text.length > MAX_TEXT) return unknown;
    merged.set(text, [...(merged.get(text) ?? []), cond]);
  }
  return [...merged].map(([text, conds]) => ({ text, cond: or(...conds) }));
}

/** Whether a step may be taken; a text that costs too much is unknown. */
function spend(scope: Scope, depth: number): boolean {
  return depth <= MAX_DEPTH && --scope.budget > 0;
}

/** What a text expands to. */
export function expandText(scope: Scope, text: string, depth = 0): Alternative[] {
  if (!spend(scope, depth)) return unknown;
  if (!text.includes('$')) return [{ text, cond: TRUE }];
  const lists = pieces(text).map((piece) =>
    piece.kind === 'literal'
      ? [{ text: piece.text, cond: TRUE }]
      : expandReference(scope, piece.text, depth + 1),
  );
  return product(lists, (texts) => texts.join(''));
}

function expandReference(scope: Scope, inner: string, depth: number): Alternative[] {
  //   $(filter y,$(CONFIG_A) $(CONFIG_B))      $(CONFIG_A)      $(foo-y:.o=.c)
  const call = /^([a-z-]+)[ \t]+(.*)$/s.exec(inner);
  if (call) {
    const [, name = '', rest = ''] = call;
    if (name === 'if') return expandIf(scope, rest, depth);
    const lists = args(rest).map((arg) => expandText(scope, arg, depth + 1));
    return product(lists, (texts) =>
      texts.some((t) => t.includes(UNKNOWN)) ? UNKNOWN : (callFunction(name, texts) ?? UNKNOWN),
    );
  }
  const [reference = '', from, to] = inner.split(/[:=]/, 3);
  const names = expandText(scope, reference.trim(), depth + 1);
  const found = names.flatMap(({ text, cond }) =>
    variableText(scope, text, depth + 1).map((a) => ({ text: a.text, cond: and(cond, a.cond) })),
  );
  const substituted =
    from === undefined || to === undefined
      ? found
      : found.map((a) => ({
          ...a,
          text: callFunction('patsubst', [`%${from}`, `%${to}`, a.text]) ?? UNKNOWN,
        }));
  return product([substituted], (texts) => texts.join(''));
}

/** `$(if condition,then,else)`; the condition is false when it is empty. */
function expandIf(scope: Scope, rest: string, depth: number): Alternative[] {
  const [condition = '', then = '', otherwise = ''] = args(rest, 3);
  return expandText(scope, condition.trim(), depth + 1).flatMap(({ text, cond }) => {
    if (text.includes(UNKNOWN)) return [{ text: UNKNOWN, cond }];
    return expandText(scope, text.trim() === '' ? otherwise : then, depth + 1).map((a) => ({
      text: a.text,
      cond: and(cond, a.cond),
    }));
  });
}

/** The value of a variable, as text. */
function variableText(scope: Scope, name: string, depth: number): Alternative[] {
  if (name.includes(UNKNOWN)) return unknown;
  const given = scope.given.get(name);
  if (given !== undefined) return [...given];
  if (/^CONFIG_\w+$/.test(name)) {
    return [
      { text: 'y', cond: symbol(name, 'builtin') },
      { text: 'm', cond: symbol(name, 'module') },
      { text: '', cond: not(symbol(name, 'enabled')) },
    ];
  }
  const entries = scope.variables.get(name);
  if (entries === undefined) return isLocalName(name) ? [{ text: '', cond: TRUE }] : unknown;
  const lists = variableWords(scope, name, depth).map(({ text, cond }) =>
    cond.op === 'true'
      ? [{ text, cond }]
      : [
          { text, cond },
          { text: '', cond: not(cond) },
        ],
  );
  return product(lists, (texts) => texts.filter((t) => t !== '').join(' '));
}

/**
 * Whether a variable that a file does not set is empty, not unknown: lists such as `foo-y` are a file's
 * own. Make's and Kbuild's own variables are in capitals.
 */
function isLocalName(name: string): boolean {
  return /^[a-z0-9_-]+$/.test(name) && name.includes('-');
}

/** The words of a variable, each with the condition under which it is in the list. */
export function variableWords(scope: Scope, name: string, depth = 0): ConditionalWord[] {
  return (scope.variables.get(name) ?? []).flatMap(({ guard, raw, words: expanded }) =>
    (expanded ?? expandWords(scope, raw, depth + 1)).map(({ text, cond }) => ({
      text,
      cond: and(guard, cond),
    })),
  );
}

/** The words that a text expands to. Those whose text is not known are left out. */
export function expandWords(scope: Scope, text: string, depth = 0): ConditionalWord[] {
  if (!spend(scope, depth)) return [];
  return words(text).flatMap((word) => {
    const [piece, ...others] = pieces(word);
    if (piece?.kind === 'reference' && others.length === 0) {
      const list = referenceWords(scope, piece.text, depth + 1);
      if (list) return list;
    }
    return expandText(scope, word, depth + 1)
      .filter((a) => !a.text.includes(UNKNOWN))
      .flatMap((a) => words(a.text).map((w) => ({ text: w, cond: a.cond })));
  });
}

/** A reference to a list, or a function that takes a list word by word; null for any other. */
function referenceWords(scope: Scope, inner: string, depth: number): ConditionalWord[] | null {
  const call = /^([a-z-]+)[ \t]+(.*)$/s.exec(inner);
  if (call) {
    const [, name = '', rest = ''] = call;
    const map = mapWords(name);
    if (map === null) return null;
    const given = args(rest, map.arity);
    const list = given.pop() ?? '';
    const fixed = given.map((arg) => expandText(scope, arg, depth + 1));
    if (fixed.some((f) => f.length !== 1 || f[0]!.text.includes(UNKNOWN))) return null;
    const texts = fixed.map((f) => f[0]!.text);
    return expandWords(scope, list, depth + 1).flatMap(({ text, cond }) =>
      words(map.apply(texts, text)).map((w) => ({ text: w, cond })),
    );
  }
  const isPlain = !/[:$]/.test(inner) && scope.variables.has(inner) && !scope.given.has(inner);
  return isPlain ? variableWords(scope, inner, depth) : null;
}

/** Whether two texts are the same after expansion. What is not known stays text: `$(ARCH) = um`. */
export function sameText(scope: Scope, left: string, right: string): Cond {
  const value = configValue(left, right) ?? configValue(right, left);
  if (value !== null) return value;
  const lefts = expandText(scope, left);
  const rights = expandText(scope, right);
  const asked: Cond = { op: 'text', text: `${left} = ${right || "''"}` };
  const cases = lefts.flatMap((a) =>
    rights.map((b) => {
      if (a.text.includes(UNKNOWN) || b.text.includes(UNKNOWN)) return and(a.cond, b.cond, asked);
      return a.text.trim() === b.text.trim() ? and(a.cond, b.cond) : FALSE;
    }),
  );
  return or(...cases);
}

/** `ifeq ($(CONFIG_HZ),100)`: a number or a string, which has none of a tristate's values. */
function configValue(reference: string, value: string): Cond | null {
  const name = /^"?\$[({](CONFIG_\w+)[)}]"?$/.exec(reference)?.[1];
  const literal = value.replaceAll('"', '');
  if (name === undefined || value.includes('$') || /^[ymn]?$/.test(literal)) return null;
  return { op: 'text', text: `${name} = ${value}` };
}

/** `ifdef NAME`: whether a variable has a value that is not empty. */
export function isDefined(scope: Scope, name: string): Cond {
  const alternatives = variableText(scope, name, 0);
  return or(
    ...alternatives
      .filter((a) => a.text !== '')
      .map((a) =>
        a.text.includes(UNKNOWN) ? and(a.cond, { op: 'text', text: `$(${name})` }) : a.cond,
      ),
  );
}
