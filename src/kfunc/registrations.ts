import { calls } from '../c/body.ts';
import { TRUE, and, condKey, not } from '../c/condition.ts';
import type { CFile, CFunction, Cond, Token } from '../c/types.ts';
import { namedBy } from './names.ts';
import { ArgumentValues } from './argument-values.ts';

/** A call that gives a set to the BPF core. */
export interface RegistrationFacts {
  /**
   * `kfunc`: register_btf_kfunc_id_set(); `fmodret`: register_btf_fmodret_id_set(); `list`:
   * register_kfunc_btf_id_set() of 5.16 and 5.17, onto a list that a callback looks through.
   */
  kind: 'kfunc' | 'fmodret' | 'list';
  /**
   * `BPF_PROG_TYPE_XDP`, null when the call does not tell; the list's name for `list`; null for
   * `fmodret`. A call for several program types is several registrations.
   */
  target: string | null;
  /** The `struct btf_kfunc_id_set` variable, or array of them. */
  idSet: string;
  line: number;
  /** Preprocessor conditions around the call, and tests of the configuration in C before it. */
  guard: Cond;
}

const KINDS: ReadonlyMap<string, RegistrationFacts['kind']> = new Map([
  ['register_btf_kfunc_id_set', 'kfunc'],
  ['register_btf_fmodret_id_set', 'fmodret'],
  ['register_kfunc_btf_id_set', 'list'],
]);

const TESTS: ReadonlyMap<string, 'enabled' | 'builtin' | 'module' | 'reachable'> = new Map([
  ['IS_ENABLED', 'enabled'],
  ['IS_BUILTIN', 'builtin'],
  ['IS_MODULE', 'module'],
  ['IS_REACHABLE', 'reachable'],
]);

/** Index of the token after the one that closes the parenthesis at `open`. */
function afterParenthesis(body: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < body.length; i++) {
    if (body[i]!.text === '(') depth++;
    else if (body[i]!.text === ')' && --depth === 0) return i + 1;
  }
  return body.length;
}

/** Index of the token after the statement at `start`: a block, or up to a `;`. */
function afterStatement(body: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start; i < body.length; i++) {
    const { text } = body[i]!;
    if (text === '{' || text === '(') depth++;
    else if (text === '}' || text === ')') depth--;
    if (depth === 0 && (text === ';' || text === '}')) return i + 1;
  }
  return body.length;
}

/** The `IS_ENABLED(CONFIG_X)` tests of a C condition, each with whether a `!` stands before it. */
function configTests(condition: readonly Token[]): { cond: Cond; negated: boolean }[] {
  const found: { cond: Cond; negated: boolean }[] = [];
  condition.forEach((token, i) => {
    const test = TESTS.get(token.text);
    const symbol = condition[i + 2]?.text;
    if (test && symbol?.startsWith('CONFIG_')) {
      found.push({
        cond: { op: 'symbol', name: symbol, test },
        negated: condition[i - 1]?.text === '!',
      });
    }
  });
  return found;
}

/** An `if` whose condition asks for the configuration. */
interface ConfigIf {
  tests: { cond: Cond; negated: boolean }[];
  /** Operators that join the condition's terms. */
  joins: ReadonlySet<string>;
  /** The statement that hangs on it, as a range of tokens. */
  start: number;
  end: number;
  /** Whether the statement leaves the function, or jumps. */
  leaves: boolean;
}

/** No init function of the kernel has a dozen. */
const MOST_IFS = 200;

function configIfs(body: readonly Token[]): ConfigIf[] {
  const found: ConfigIf[] = [];
  if (!body.some((token) => TESTS.has(token.text))) return found;
  for (let i = 0; i < body.length && found.length < MOST_IFS; i++) {
    if (body[i]!.text !== 'if' || body[i + 1]?.text !== '(') continue;
    const start = afterParenthesis(body, i + 1);
    if (start === body.length) break;
    const condition = body.slice(i + 2, start - 1);
    const tests = configTests(condition);
    if (tests.length === 0) continue;
    const end = afterStatement(body, start);
    const leaves = body.slice(start, end).some((t) => t.text === 'return' || t.text === 'goto');
    const joins = condition.filter((t) => t.text === '&&' || t.text === '||').map((t) => t.text);
    found.push({ tests, joins: new Set(joins), start, end, leaves });
  }
  return found;
}

/**
 * Tests of the configuration that decide in C whether the token at `index` is reached:
 *
 *     if (ret || !IS_ENABLED(CONFIG_X))      if (IS_ENABLED(CONFIG_X))
 *             return ret;                            ret = call(…);
 *     ret = call(…);                                       ^
 *           ^
 *
 * The left form counts when the tests are joined by `||`, the right one when they are joined by `&&`.
 */
function conditionInC(ifs: readonly ConfigIf[], index: number): Cond {
  const terms: Cond[] = [];
  for (const { tests, joins, start, end, leaves } of ifs) {
    const encloses = start <= index && index < end;
    if (!encloses && !(leaves && end <= index)) continue;
    if (joins.has(encloses ? '||' : '&&')) continue;
    for (const { cond, negated } of tests) terms.push(negated === encloses ? not(cond) : cond);
  }
  return and(...terms);
}

/** The tokens between brackets in `types[i]`, as text; undefined for what is no element of an array. */
function indexIn(argument: readonly Token[]): string | undefined {
  const words = argument.map(({ text }) => text);
  const open = words.indexOf('[');
  return open < 0 ? undefined : words.slice(open + 1, words.lastIndexOf(']')).join(' ');
}

/** What a call registers for, and the conditionals that this stands in. */
function targetsOf(
  kind: RegistrationFacts['kind'],
  argument: readonly Token[],
  fn: CFunction,
  values: ArgumentValues,
): { target: string | null; guard: Cond }[] {
  if (kind === 'fmodret') return [{ target: null, guard: TRUE }];
  if (kind === 'list') {
    const list = namedBy(argument);
    return list === null ? [] : [{ target: list, guard: TRUE }];
  }
  const types = values.programTypes(argument, fn);
  if (types.length === 0) return [{ target: null, guard: TRUE }];
  return types.map(({ name, guard }) => ({ target: name, guard }));
}

function registrationsIn(fn: CFunction, values: ArgumentValues): RegistrationFacts[] {
  // What two callers of a helper pass alike is told once.
  const found = new Map<string, RegistrationFacts>();
  if (![...KINDS.keys()].some(fn.mayHold)) return [];
  const ifs = configIfs(fn.body);
  for (const call of calls(fn.body, new Set(KINDS.keys()))) {
    const kind = KINDS.get(call.name)!;
    const reached = and(call.guard, conditionInC(ifs, call.index));
    for (const { args, fn: from, guard: outer } of values.passed(call.args, fn)) {
      const first = args[0] ?? [];
      const set = kind === 'fmodret' ? first : (args[1] ?? []);
      const index = indexIn(set);
      //   register_btf_kfunc_id_set(types[i], sets[i]): which belongs to which is not told.
      const isPaired = kind === 'kfunc' && index !== undefined && index === indexIn(first);
      const targets = targetsOf(kind, isPaired ? [] : first, from, values);
      for (const { name, guard: own } of values.variables(set, from)) {
        for (const { target, guard } of targets) {
          const whole = and(reached, outer, guard, own);
          const facts = { kind, target, idSet: name, line: call.line, guard: whole };
          found.set([kind, target, name, call.line, condKey(whole)].join(' '), facts);
        }
      }
    }
  }
  return [...found.values()];
}

/** Every registration of a set in the file, wherever the call stands. */
export function readRegistrations(file: CFile): RegistrationFacts[] {
  const values = new ArgumentValues(file);
  return file.items
    .filter((item) => item.kind === 'function')
    .filter((fn) => !KINDS.has(fn.name))
    .flatMap((fn) => registrationsIn(fn, values));
}
