import { calls } from '../c/body.ts';
import { condKey } from '../c/condition.ts';
import type { CFile, CFunction, Cond, Token } from '../c/types.ts';
import { identifiers } from './names.ts';

/** A program type, and the conditionals that it stands in. */
export interface GuardedType {
  name: string;
  guard: Cond;
}

function typesAmong(tokens: readonly Token[]): GuardedType[] {
  return tokens
    .filter(({ kind, text }) => kind === 'identifier' && text.startsWith('BPF_PROG_TYPE_'))
    .map(({ text, guard }) => ({ name: text, guard }));
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

/** What functions of the file pass for a parameter of `fn`. */
function passedFor(name: string, fn: CFunction, file: CFile): Token[] {
  const place = fn.params.findIndex((param) => param.name === name);
  if (place < 0) return [];
  return file.items
    .filter((item) => item.kind === 'function')
    .filter((caller) => caller.mayHold(fn.name))
    .flatMap((caller) => calls(caller.body, new Set([fn.name])))
    .flatMap((call) => call.args[place] ?? []);
}

/** No file of the kernel has one call whose program types stand elsewhere; each is a search through it. */
const MOST_SEARCHES = 20;

/** Tells which program types an argument of a file's functions can be. */
export class ProgramTypeArguments {
  private readonly file: CFile;
  private searches = 0;

  constructor(file: CFile) {
    this.file = file;
  }

  /**
   * The types that the argument names, or else those of an array that it is taken from, or those that
   * callers in the same file pass; none for anything else. `fn` is the function that the argument stands
   * in.
   *
   *     static const enum bpf_prog_type types[] = { BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_LSM };
   *     … register_btf_kfunc_id_set(types[i], &set)
   */
  typesOf(argument: readonly Token[], fn: CFunction): GuardedType[] {
    const named = typesAmong(argument);
    if (named.length > 0 || ++this.searches > MOST_SEARCHES) return named;
    const found = identifiers(argument).flatMap((name) => {
      const own = arrayIn(fn.body, name);
      const array = own.length > 0 ? own : arrayOf(this.file, name);
      return typesAmong([...array, ...passedFor(name, fn, this.file)]);
    });
    return [
      ...new Map(found.map((type) => [`${type.name} ${condKey(type.guard)}`, type])).values(),
    ];
  }
}
