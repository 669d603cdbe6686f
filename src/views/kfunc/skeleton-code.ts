/** A program's way to call what a kernel has under one of several prototypes, as C. */
import { readType } from '../../diff/c-type.ts';
import { partsOf, wrapPrototype } from './declaration.ts';
import { type CParam, nothing, passed, renamedTo } from './skeleton-params.ts';

/** One prototype under which a kernel may have it. */
export interface Variant {
  /** The kfunc of the kernel. */
  kfunc: string;
  /** What the program calls it: the kfunc's name, or with a flavor (`name___v6_4`). */
  declared: string;
  /** `extern int name___v6_4(int a) __weak __ksym;` */
  declaration: string;
  /** `v6.4 to v7.2`. */
  releases: string;
  returns: string;
  params: CParam[];
  /** Names of parameters that the kernel supplies by itself. */
  supplied: string[];
}

/** A type that a program has to define by itself: `struct bpf_dynptr_kern___v6_1 {};`. */
export type OwnType = string;

/** The page as plain text has it in 75 columns, four blanks in. */
const columns = 71;
/** A tab of the kernel's code. */
const tab = 8;

/** More arguments than these are passed on the stack, which few compilers can do for BPF. */
const mostArguments = 5;

/**
 * C that calls the first of `variants` (the most wanted first) that the running kernel has. It takes what
 * the first one takes, and after that what only the others want. null where something is passed or
 * returned that C cannot convert, and where registers do not suffice for a call.
 */
export function writeSkeleton(
  variants: readonly Variant[],
  types: readonly OwnType[],
): string | null {
  const [first] = variants;
  if (first === undefined || !canReturn(first.returns)) return null;
  if (variants.some((variant) => variant.params.length > mostArguments)) return null;
  const own = wrapperParams(variants);
  if (own === null) return null;
  const { params, calls } = own;
  const name = `compat_${first.kfunc}`;
  const [head, space] = returned(first);
  const takes = params.length === 0 ? 'void' : params.map((param) => param.text).join(', ');
  const isVoid = first.returns === 'void';
  const branches = variants.flatMap((variant, i) => {
    const call = `${variant.declared}(${calls[i]!.join(', ')})`;
    return branch(variant, call, first.returns, i === 0 ? '' : 'else ', isVoid);
  });
  return [
    '#include "vmlinux.h"',
    '#include <bpf/bpf_helpers.h>',
    '',
    ...(types.length === 0
      ? []
      : [
          '/* What libbpf compares is that it is a struct; its members do not count. */',
          ...types,
          '',
        ]),
    ...variants.flatMap((variant) => [
      `/* ${variant.kfunc}, ${variant.releases} */`,
      wrapPrototype(variant.declaration, columns),
    ]),
    '',
    wrapPrototype(`static __always_inline ${head}${space}${name}(${takes})`, columns),
    '{',
    ...branches,
    ...(isVoid ? [] : [lastReturn(first.returns, variants.length)]),
    '}',
    '',
  ].join('\n');
}

function lastReturn(type: string, count: number): string {
  const value = without(type);
  const words = count === 1 ? 'this kernel does not have it' : 'this kernel has none of them';
  return `\treturn ${value}; /* ${value === '-95' ? '-EOPNOTSUPP: ' : ''}${words} */`;
}

/** A call broken at its commas, two tabs in. */
function statement(text: string): string {
  return wrapPrototype(text, columns - 2 * tab)
    .split('\n')
    .map((line) => `\t\t${line}`)
    .join('\n');
}

/** `struct x *`, `void __attribute__((…)) *`: as the declaration has it; and a space after it, or none. */
function returned({ declaration, declared }: Variant): [type: string, space: string] {
  const head = partsOf(declaration)?.head ?? '';
  const type = head
    .slice(0, head.lastIndexOf(declared))
    .replace(/^extern (?:__bpf_fastcall )?/, '')
    .trim();
  return [type, type.endsWith('*') ? '' : ' '];
}

/** Each call's arguments, by variant, and the parameters that serve all of them. */
function wrapperParams(
  variants: readonly Variant[],
): { params: CParam[]; calls: string[][] } | null {
  const first = variants[0]!;
  const params = [...first.params];
  const calls = [first.params.map((param) => param.name)];
  for (const { params: wanted, kfunc, declared } of variants.slice(1)) {
    const used = new Set<CParam>();
    const args: string[] = [];
    for (const [i, param] of wanted.entries()) {
      const fits = (candidate: CParam | undefined) =>
        candidate !== undefined && !used.has(candidate) && passed(candidate, param) !== null;
      const byName = params.find((own) => own.stem === param.stem && fits(own));
      const other = first.params[i];
      const inPlace =
        wanted.length === first.params.length &&
        fits(other) &&
        other!.type === param.type &&
        !wanted.some((one) => one.stem === other!.stem) &&
        !first.params.some((one) => one.stem === param.stem);
      const source = byName ?? (inPlace ? other : undefined);
      if (source !== undefined) {
        used.add(source);
        args.push(passed(source, param)!);
      } else if (param.isIgnored || first.supplied.includes(param.stem)) {
        args.push(nothing(param));
      } else {
        const isTaken = params.some((own) => own.name === param.name);
        const name = isTaken
          ? `${param.name}_${declared === kfunc ? 'old' : suffixOf(declared)}`
          : param.name;
        const text = isTaken ? renamedTo(param.text, param.name, name) : param.text;
        if (text === null || params.some((own) => own.name === name)) return null;
        const added = { ...param, name, text };
        params.push(added);
        used.add(added);
        args.push(name);
      }
    }
    calls.push(args);
  }
  return { params, calls };
}

function suffixOf(declared: string): string {
  return declared.slice(declared.lastIndexOf('___') + 3);
}

/** One `if`: what the variant gives, as the first one would give it. */
function branch(
  { declared, returns }: Variant,
  call: string,
  wanted: string,
  otherwise: string,
  isVoid: boolean,
): string[] {
  const test = `\t${isVoid ? otherwise : ''}if (bpf_ksym_exists(${declared}))`;
  if (isVoid) return [test, statement(`${call};`)];
  const [from, to] = [kindOf(returns), kindOf(wanted)];
  if (from === to) {
    const cast = to === 'pointer' && returns !== wanted ? `(${wanted})` : '';
    return [test, statement(`return ${cast}${call};`)];
  }
  return [
    `${test} {`,
    statement(`${call};`),
    `\t\treturn ${from === 'void' ? done(wanted) : without(wanted)}; /* it does not say */`,
    '\t}',
  ];
}

function kindOf(type: string): 'void' | 'pointer' | 'scalar' | 'whole' {
  const { kind } = readType(type);
  if (kind === 'void' || kind === 'pointer') return kind;
  return kind === 'struct' || kind === 'union' ? 'whole' : 'scalar';
}

function canReturn(type: string): boolean {
  return kindOf(type) !== 'whole';
}

/** What stands for success where an older kfunc returned nothing. */
function done(type: string): string {
  if (kindOf(type) === 'pointer') return 'NULL';
  return /\b_?bool\b/i.test(type) ? 'true' : '0';
}

/** What is returned where a kernel has nothing to call. */
function without(type: string): string {
  if (kindOf(type) === 'pointer') return 'NULL';
  if (/\b_?bool\b/i.test(type)) return 'false';
  return /^(?:int|long|long long|s32|s64|__s32|__s64|ssize_t)$/.test(type) ? '-95' : '0';
}
