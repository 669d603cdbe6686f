import { calls, type Call } from '../c/body.ts';
import { TRUE, condKey } from '../c/condition.ts';
import type { CFile, CFunction, Cond, Token } from '../c/types.ts';
import { identifiers, namedBy } from './names.ts';

/** A program type or a variable, and the conditionals that it stands in. */
export interface GuardedName {
  name: string;
  guard: Cond;
}

function typesAmong(tokens: readonly Token[]): GuardedName[] {
  return tokens
    .filter(({ kind, text }) => kind === 'identifier' && text.startsWith('BPF_PROG_TYPE_'))
    .map(({ text, guard }) => ({ name: text, guard }));
}

/** The variables whose addresses stand among the tokens, those in an array's structs left out. */
function addressesAmong(tokens: readonly Token[]): GuardedName[] {
  //   { &a, &b }      { { .set = &ids } }
  //      ^   ^
  const found: GuardedName[] = [];
  let depth = 0;
  tokens.forEach((token, i) => {
    if (token.text === '{') depth++;
    else if (token.text === '}') depth--;
    else if (token.text === '&' && depth <= 1 && tokens[i + 1]?.kind === 'identifier') {
      found.push({ name: tokens[i + 1]!.text, guard: token.guard });
    }
  });
  return found;
}

function distinct(names: readonly GuardedName[]): GuardedName[] {
  return [...new Map(names.map((one) => [`${one.name} ${condKey(one.guard)}`, one])).values()];
}

/**
 * What an array of that name is given in a function: the tokens between `=` and `;` of
 * `name[] = { … };` and of each `name[0] = …;`.
 */
function arrayIn(body: readonly Token[], name: string): readonly Token[] {
  const given: Token[] = [];
  let isInside = false;
  for (let i = 0; i < body.length; i++) {
    if (isInside) {
      isInside = body[i]!.text !== ';';
      if (isInside) given.push(body[i]!);
    } else if (body[i]!.text === name && body[i + 1]?.text === '[') {
      const close = body[i + 2]?.text === ']' ? i + 2 : i + 3;
      isInside = body[close]?.text === ']' && body[close + 1]?.text === '=';
      if (isInside) i = close + 1;
    }
  }
  return given;
}

/** The same for an array at file scope. */
function arrayOf(file: CFile, name: string): readonly Token[] {
  return file.items
    .filter((item) => item.kind === 'variable')
    .filter((variable) => variable.isArray && variable.name === name)
    .flatMap((variable) => variable.initialiser);
}

/** Calls of `fn` in the file, each with the function that it stands in. */
function callsOf(fn: CFunction, file: CFile): { caller: CFunction; call: Call }[] {
  const names = new Set([fn.name]);
  return file.items
    .filter((item) => item.kind === 'function')
    .filter((caller) => caller.mayHold(fn.name))
    .flatMap((caller) => calls(caller.body, names).map((call) => ({ caller, call })));
}

/** Arguments as a call passes them, with the function that they are seen from, and conditions of their own. */
export interface Passed {
  args: readonly Token[][];
  fn: CFunction;
  guard: Cond;
}

/** No file of the kernel has one call whose arguments stand elsewhere; each is a search through it. */
const MOST_SEARCHES = 20;

/** Tells what an argument that a file's functions pass can be. */
export class ArgumentValues {
  private readonly file: CFile;
  private searches = 0;

  constructor(file: CFile) {
    this.file = file;
  }

  /**
   * The program types that the argument names, or else those of an array that it is taken from; none for
   * anything else. `fn` is the function that the argument stands in.
   *
   *     static const enum bpf_prog_type types[] = { BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_LSM };
   *     … register_btf_kfunc_id_set(types[i], &set)
   */
  programTypes(argument: readonly Token[], fn: CFunction): GuardedName[] {
    const named = typesAmong(argument);
    if (named.length > 0 || !this.mayStillSearch()) return named;
    return distinct(typesAmong(this.givenTo(argument, fn)));
  }

  /**
   * The variables that the argument points to: `&set`; those of an array of pointers, `sets[i]`; an array
   * of structs itself, `&sets[i]`. None for anything else.
   */
  variables(argument: readonly Token[], fn: CFunction): GuardedName[] {
    const name = namedBy(argument);
    if (name !== null) return [{ name, guard: TRUE }];
    const found = this.mayStillSearch() ? addressesAmong(this.givenTo(argument, fn)) : [];
    if (found.length > 0) return distinct(found);
    const [address, array, bracket] = argument;
    const isElement = address?.text === '&' && bracket?.text === '[';
    return isElement ? [{ name: array!.text, guard: TRUE }] : [];
  }

  /**
   * The arguments of a call in `fn`, with what each call of `fn` in the file passes in place of its
   * parameters. As they are where they hold none, or the file has no such call.
   *
   *     static int enlist(enum bpf_prog_type type, const struct btf_kfunc_id_set *set)
   *     { return register_btf_kfunc_id_set(type, set); }
   *     … enlist(BPF_PROG_TYPE_XDP, &a_set) … enlist(BPF_PROG_TYPE_LSM, &b_set)
   */
  passed(args: readonly Token[][], fn: CFunction): Passed[] {
    const own = { args, fn, guard: TRUE };
    const places = new Map(fn.params.map(({ name }, place) => [name, place]));
    const isOpen = args.some((arg) => arg.some(({ text }) => places.has(text)));
    if (!isOpen || !this.mayStillSearch()) return [own];
    const passed = callsOf(fn, this.file).map(({ caller, call }): Passed => {
      const valueOf = (token: Token): readonly Token[] => {
        const place = places.get(token.text);
        return place === undefined ? [token] : (call.args[place] ?? []);
      };
      return { args: args.map((arg) => arg.flatMap(valueOf)), fn: caller, guard: call.guard };
    });
    return passed.length > 0 ? passed : [own];
  }

  private mayStillSearch(): boolean {
    return ++this.searches <= MOST_SEARCHES;
  }

  /** What arrays of the argument's names are given. */
  private givenTo(argument: readonly Token[], fn: CFunction): Token[] {
    return identifiers(argument).flatMap((name) => {
      const own = arrayIn(fn.body, name);
      return own.length > 0 ? own : arrayOf(this.file, name);
    });
  }
}
