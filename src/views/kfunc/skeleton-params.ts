/** Parameters of a prototype as a fallback passes them on. */
import type { Prototype } from '../../data/schema/index.ts';
import { type CType, readType } from '../../diff/c-type.ts';
import { partsOf } from './declaration.ts';

/** A parameter as C has it. */
export interface CParam {
  /** What names it in code; `arg1` of one without. */
  name: string;
  /** The name without the verifier's suffix. */
  stem: string;
  /** `struct task_struct *p`, with the address space where it has one. */
  text: string;
  /** The type alone, as it is cast to. */
  type: string;
  read: CType;
  inArena: boolean;
  /** The verifier does not look at what is passed. */
  isIgnored: boolean;
}

const ignored = new Set(['__ign', '__prog']);

/**
 * The parameters that a program passes, with their text out of `declaration` (which holds the prototype).
 * null where they cannot be told: a struct that is passed whole, or text that has no parameters.
 */
export function cParams(declaration: string, prototype: Prototype): CParam[] | null {
  const parts = partsOf(declaration);
  const known = prototype.params.filter((param) => !param.implicit);
  if (parts === null) return null;
  const texts = known.length === 0 ? [] : parts.params;
  if (texts.length !== known.length) return null;
  const params = known.map((param, i): CParam => {
    const isNamed = param.name !== '' && param.name !== '...';
    const name = isNamed ? param.name : `arg${i + 1}`;
    const text = isNamed ? texts[i]! : `${texts[i]!} ${name}`;
    return {
      name,
      stem:
        param.suffix !== null && name.endsWith(param.suffix)
          ? name.slice(0, -param.suffix.length) + (/^__szk?$/.test(param.suffix) ? '__sz' : '')
          : name,
      text,
      type: typeOf(text, name) ?? param.type,
      read: readType(param.type),
      inArena: text.includes('address_space('),
      isIgnored: param.suffix !== null && ignored.has(param.suffix),
    };
  });
  const isWhole = ({ read, name }: CParam) =>
    read.kind === 'struct' || read.kind === 'union' || name === '...';
  return params.some(isWhole) ? null : params;
}

/** `const char *name` -> `const char *`; `int (*less)(int a)` -> `int (*)(int a)`. */
function typeOf(text: string, name: string): string | null {
  const type = renamedTo(text, name, '');
  if (type === null) return null;
  return type.replace(/\[[^\]]*\]/, '*').trim();
}

/** A parameter's text under another name; null where its name is not found. */
export function renamedTo(text: string, name: string, other: string): string | null {
  const callback = `(*${name})`;
  if (text.includes(callback)) return text.replace(callback, () => `(*${other})`);
  const [, before, after] = new RegExp(`^(.*\\W)${name}(\\s*(?:\\[[^\\]]*\\])*)$`).exec(text) ?? [];
  return before === undefined ? null : `${before}${other}${after}`;
}

const scalars = new Set(['integer', 'enum', 'unknown']);

/** How a value of one parameter is written where another is wanted; null where it is not the same thing. */
export function passed(from: CParam, to: CParam): string | null {
  if (scalars.has(from.read.kind) && scalars.has(to.read.kind)) return from.name;
  if (from.read.kind !== 'pointer' || to.read.kind !== 'pointer') return null;
  if (from.inArena !== to.inArena) return null;
  if (from.type === to.type) return from.name;
  const [a, b] = [from.read.target, to.read.target];
  const isVoid = a?.kind === 'void' || b?.kind === 'void';
  const isSame = a?.kind === b?.kind && a?.name === b?.name;
  return isVoid || isSame ? `(${to.type})${from.name}` : null;
}

/** What is passed to a parameter that nobody looks at, or that the verifier fills in. */
export function nothing({ read }: CParam): string {
  return read.kind === 'pointer' ? 'NULL' : '0';
}
