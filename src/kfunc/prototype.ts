import type { CParam } from '../c/types.ts';
import type { Prototype } from '../data/schema/index.ts';
import type { DefinitionFacts } from './definitions.ts';
import { isImplicit } from './implicit-args.ts';
import { suffixOf, type SuffixFacts } from './suffixes.ts';

/** `type name`, with no space after a `*`. */
function declare(type: string, name: string): string {
  return type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
}

/** The spelling that BTF has no room for: address space marks for sparse. */
function withoutMarks(text: string): string {
  return text.replace(/\b__(?:user|rcu|percpu|kernel|iomem)\b ?/g, '').replace(/ {2,}/g, ' ');
}

function signature(returns: string, name: string, params: readonly string[]): string {
  const list = params.length === 0 ? 'void' : params.join(', ');
  return `${declare(returns, name)}(${list})`;
}

/**
 * A parameter of function type as the pointer that C makes of it, which is all that BTF keeps.
 *
 *     bool (less)(struct node *a)     int cb(void *x)
 *          ^                              ^
 *     bool (*less)(struct node *a)    int (*cb)(void *x)
 */
function asPointer({ name, text }: CParam): string {
  if (name === '') return text;
  for (const declarator of [`(${name})(`, ` ${name}(`, `*${name}(`]) {
    const at = text.indexOf(declarator);
    if (at === -1) continue;
    const head = text.slice(0, at) + (declarator.startsWith('(') ? '' : declarator[0]!);
    return `${head}(*${name})${text.slice(at + declarator.length - 1)}`;
  }
  return text;
}

/**
 * Both prototypes of a kfunc: the kernel's own, and the one a BPF program declares, in which a
 * parameter of function type is a pointer and the marks for sparse are gone. With
 * KF_IMPLICIT_ARGS the latter is cut at the first parameter of an implicit type, and all after it go
 * too (tools/bpf/resolve_btfids/main.c, process_kfunc_with_implicit_args).
 *
 * `implicitArgs` are the struct types that the release takes for implicit arguments.
 */
export function prototypeOf(
  definition: DefinitionFacts,
  flags: readonly string[],
  suffixes: readonly SuffixFacts[],
  implicitArgs: readonly string[],
): Prototype {
  const { name, returns, params } = definition;
  const cut = flags.includes('KF_IMPLICIT_ARGS')
    ? params.findIndex((param) => isImplicit(param.type, implicitArgs))
    : -1;
  const end = cut === -1 ? params.length : cut;
  return {
    kernel: signature(
      returns,
      name,
      params.map((p) => p.text),
    ),
    bpf: withoutMarks(signature(returns, name, params.slice(0, end).map(asPointer))),
    returns,
    params: params.map((param, i) => ({
      name: param.name,
      type: param.type,
      suffix: suffixOf(param.name, suffixes),
      implicit: i >= end,
    })),
  };
}
