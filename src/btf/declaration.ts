import { BtfError } from './btf-error.ts';
import { stringAt, typeAt, wordAt, type Btf, type BtfType } from './btf.ts';
import type { CText } from './c-text.ts';
import { isModifier, Kind } from './kinds.ts';

/** How deep function types, arrays and unnamed structures may stand in each other. */
const deepest = 64;

/**
 * Prints the declaration of `name` with a type as `bpftool btf dump … format c` does
 * (tools/lib/bpf/btf_dump.c, btf_dump_emit_type_decl), but for two things: type tags are not printed
 * but collected in `out.tags`, and an unnamed structure stands on one line.
 *
 *     [5] array of 4 -> [7] ptr -> [8] const -> [2] int        const int *name[4]
 *
 * @param name empty for a type alone
 * @throws BtfError when types stand too deep in each other, or `out` has had enough
 */
export function printDeclaration(btf: Btf, id: number, name: string, out: CText, depth = 0): void {
  const chain: number[] = [];
  for (let next: number | null = id; next !== null;) {
    out.spend(0);
    const type = typeAt(btf, next);
    if (type.kind === Kind.typeTag) out.tag(tagText(type));
    else chain.push(next);
    next = madeOf(type);
  }
  printChain(btf, chain, name, out, depth + 1);
}

/** `address_space(1)` is an attribute by itself, any other word the value of `btf_type_tag`. */
function tagText(type: BtfType): string {
  const value = stringAt(type.owner, type.name);
  return type.flag ? value : `btf_type_tag("${value}")`;
}

/** The type that a type is made of, from the outside in; null at the end of a chain. */
function madeOf(type: BtfType): number | null {
  switch (type.kind) {
    case Kind.ptr:
    case Kind.volatile:
    case Kind.const:
    case Kind.restrict:
    case Kind.funcProto:
    case Kind.typeTag:
      return type.ref;
    case Kind.array:
      return wordAt(type, 0);
    default:
      return null;
  }
}

/**
 * `chain` goes from the outside in, and is printed, and emptied, from its end. The name binds most
 * closely to what is at its start: a pointer to an array or a function needs parentheses.
 */
function printChain(btf: Btf, chain: number[], name: string, out: CText, depth: number): void {
  if (depth > deepest)
    throw new BtfError(`BTF types stand in more than ${deepest} others: no kernel has that.`);
  // No space between asterisks, nor between an opening parenthesis and an asterisk.
  let afterPointer = true;
  for (let id = chain.pop(); id !== undefined; id = chain.pop()) {
    const type = typeAt(btf, id);
    switch (type.kind) {
      case Kind.ptr:
        out.put(afterPointer ? '*' : ' *');
        break;
      case Kind.const:
      case Kind.volatile:
      case Kind.restrict:
        out.put(` ${modifierWord(type.kind)}`);
        break;
      case Kind.array:
        // GCC gives an array the qualifiers of its elements.
        dropModifiers(btf, chain);
        if (chain.length === 0) putName(name, afterPointer, out);
        else {
          const bare = typeAt(btf, chain.at(-1)!).kind === Kind.array;
          out.put(`${name !== '' && !afterPointer ? ' ' : ''}${bare ? '' : '('}`);
          printChain(btf, chain, name, out, depth + 1);
          if (!bare) out.put(')');
        }
        out.put(`[${wordAt(type, 2)}]`);
        return;
      case Kind.funcProto:
        // GCC marks functions that do not return as volatile.
        dropModifiers(btf, chain);
        if (chain.length === 0) putName(name, afterPointer, out);
        else {
          out.put(' (');
          printChain(btf, chain, name, out, depth + 1);
          out.put(')');
        }
        printParameters(btf, type, out, depth);
        return;
      default:
        while (chain.length > 0 && isModifier(typeAt(btf, chain.at(-1)!).kind))
          out.put(`${modifierWord(typeAt(btf, chain.pop()!).kind)} `);
        printInnermost(btf, type, out, depth);
    }
    afterPointer = type.kind === Kind.ptr;
  }
  putName(name, afterPointer, out);
}

function putName(name: string, afterPointer: boolean, out: CText): void {
  out.put(name !== '' && !afterPointer ? ` ${name}` : name);
}

function modifierWord(kind: number): string {
  return kind === Kind.const ? 'const' : kind === Kind.volatile ? 'volatile' : 'restrict';
}

function dropModifiers(btf: Btf, chain: number[]): void {
  while (chain.length > 0 && isModifier(typeAt(btf, chain.at(-1)!).kind)) chain.pop();
}

function printParameters(btf: Btf, prototype: BtfType, out: CText, depth: number): void {
  const { owner, count } = prototype;
  if (count === 0 || (count === 1 && wordAt(prototype, 1) === 0)) {
    out.put('(void)');
    return;
  }
  out.put('(');
  for (let i = 0; i < count; i++) {
    if (i > 0) out.put(', ');
    const type = wordAt(prototype, 2 * i + 1);
    if (type === 0) out.put('...');
    else printDeclaration(btf, type, nameAt(owner, wordAt(prototype, 2 * i)), out, depth);
  }
  out.put(')');
}

/** A name at an offset that may be 0: then it is empty. */
export function nameAt(btf: Btf, offset: number): string {
  return offset === 0 ? '' : stringAt(btf, offset);
}

/** void, a basic type, or one that is referred to by its name; without a name, all of it. */
function printInnermost(btf: Btf, type: BtfType, out: CText, depth: number): void {
  const name = nameAt(type.owner, type.name);
  switch (type.kind) {
    case Kind.void:
      out.put('void');
      return;
    case Kind.fwd:
      out.put(`${type.flag ? 'union' : 'struct'} ${name}`);
      return;
    case Kind.enum:
    case Kind.enum64:
      if (name !== '') out.put(`enum ${name}`);
      else printValues(type, out);
      return;
    case Kind.struct:
    case Kind.union: {
      const word = type.kind === Kind.struct ? 'struct' : 'union';
      if (name !== '') out.put(`${word} ${name}`);
      else printMembers(btf, type, word, out, depth);
      return;
    }
    default:
      out.put(name);
  }
}

function printMembers(btf: Btf, type: BtfType, word: string, out: CText, depth: number): void {
  out.put(`${word} {`);
  for (let i = 0; i < type.count; i++) {
    out.put(' ');
    const name = nameAt(type.owner, wordAt(type, 3 * i));
    printDeclaration(btf, wordAt(type, 3 * i + 1), name, out, depth);
    const bits = type.flag ? wordAt(type, 3 * i + 2) >>> 24 : 0;
    out.put(bits > 0 ? `: ${bits};` : ';');
  }
  out.put(' }');
}

/** The names alone: which numbers they have says nothing of a prototype. */
function printValues(type: BtfType, out: CText): void {
  const words = type.kind === Kind.enum ? 2 : 3;
  out.put('enum {');
  for (let i = 0; i < type.count; i++)
    out.put(`${i > 0 ? ',' : ''} ${nameAt(type.owner, wordAt(type, words * i))}`);
  out.put(' }');
}
