import { kindAt, kindName, typeAt, wordAt, type Btf, type BtfType } from './btf.ts';
import { BtfError, hex } from './btf-error.ts';
import { isName, type NameClass } from './names.ts';
import { isType, Kind } from './kinds.ts';

/**
 * Checks every type of the part that `btf` adds to its base: names, references, counts, flags and
 * sizes, as the `*_check_meta` functions of kernel/bpf/btf.c do, and what a reference may refer to.
 *
 * @throws BtfError with the first that does not hold
 */
export function checkTypes(btf: Btf): void {
  for (let id = btf.firstId; id < btf.endId; id++) checkType(new Checked(btf, id));
}

/** A type under check, and how its messages start. */
class Checked {
  readonly btf: Btf;
  readonly id: number;
  readonly type: BtfType;
  constructor(btf: Btf, id: number) {
    this.btf = btf;
    this.id = id;
    this.type = typeAt(btf, id);
  }

  fail(what: string): never {
    const at = hex(this.type.rest - 12);
    throw new BtfError(`BTF type ${this.id} at ${at}, a ${kindName(this.type.kind)}, ${what}.`);
  }

  name(offset: number, what: string, names: NameClass): void {
    if (!isName(this.btf, offset, names))
      this.fail(`has no valid name for ${what} at string offset ${hex(offset)}`);
  }

  optionalName(offset: number, what: string): void {
    if (offset !== 0) this.name(offset, what, 'identifier');
  }

  /** The kind of what `id` refers to; refuses ids that no type has. */
  target(id: number, what: string): number {
    if (id >= this.btf.endId)
      this.fail(`has ${what} of type id ${id}, and there are only ${this.btf.endId} types`);
    return kindAt(this.btf, id);
  }

  /** Refuses what is not a type: a function, a variable, a section, a tag; and void unless allowed. */
  madeOf(id: number, what: string, options: { void: boolean }): void {
    const kind = this.target(id, what);
    if (!isType(kind) || (kind === Kind.void && !options.void))
      this.fail(`has ${what} of type id ${id}, which is ${kindName(kind)}`);
  }
}

function checkType(checked: Checked): void {
  const { type } = checked;
  const { kind, name, count, flag, ref } = type;
  if (flag && !mayHaveFlag(kind)) checked.fail('has the kind flag, which it cannot have');
  if (count !== 0 && !mayHaveCount(kind))
    checked.fail(`has ${count} elements, and cannot have any`);
  switch (kind) {
    case Kind.int:
      checked.name(name, 'itself', 'words');
      {
        checkInt(checked);
        return;
      }
    case Kind.float:
      checked.name(name, 'itself', 'words');
      if (![2, 4, 8, 12, 16].includes(ref)) checked.fail(`has the size ${ref}`);
      return;
    case Kind.ptr:
    case Kind.volatile:
    case Kind.const:
    case Kind.restrict:
      if (name !== 0) checked.fail('has a name, which it cannot have');
      {
        checked.madeOf(ref, 'a target', { void: true });
        return;
      }
    case Kind.typedef:
      checked.name(name, 'itself', 'identifier');
      {
        checked.madeOf(ref, 'a target', { void: true });
        return;
      }
    case Kind.typeTag:
      checked.name(name, 'its value', 'printable');
      {
        checked.madeOf(ref, 'a target', { void: true });
        return;
      }
    case Kind.array:
      if (name !== 0 || ref !== 0) checked.fail('has a name or a size, which it cannot have');
      checked.madeOf(wordAt(type, 0), 'an element', { void: false });
      {
        checked.madeOf(wordAt(type, 1), 'an index', { void: false });
        return;
      }
    case Kind.struct:
    case Kind.union:
      checked.optionalName(name, 'itself');
      {
        checkMembers(checked);
        return;
      }
    case Kind.enum:
    case Kind.enum64:
      checked.optionalName(name, 'itself');
      {
        checkValues(checked);
        return;
      }
    case Kind.fwd:
      checked.name(name, 'itself', 'identifier');
      if (ref !== 0) checked.fail(`refers to type id ${ref}, and cannot refer to any`);
      return;
    case Kind.func: {
      checkFunction(checked);
      return;
    }
    case Kind.funcProto: {
      checkParameters(checked);
      return;
    }
    case Kind.var:
      checked.name(name, 'itself', 'identifier');
      if (wordAt(type, 0) > 2) checked.fail(`has the linkage ${wordAt(type, 0)}`);
      {
        checked.madeOf(ref, 'a value', { void: false });
        return;
      }
    case Kind.datasec:
      checked.name(name, 'itself', 'printable');
      {
        checkSection(checked);
        return;
      }
    case Kind.declTag:
      checked.name(name, 'its value', 'printable');
      {
        checkDeclTag(checked);
        return;
      }
  }
}

function mayHaveFlag(kind: number): boolean {
  switch (kind) {
    case Kind.struct:
    case Kind.union:
    case Kind.enum:
    case Kind.enum64:
    case Kind.fwd:
    case Kind.declTag:
    case Kind.typeTag:
      return true;
    default:
      return false;
  }
}

/** A FUNC keeps its linkage there. */
function mayHaveCount(kind: number): boolean {
  switch (kind) {
    case Kind.struct:
    case Kind.union:
    case Kind.enum:
    case Kind.enum64:
    case Kind.func:
    case Kind.funcProto:
    case Kind.datasec:
      return true;
    default:
      return false;
  }
}

/** `encoding:4 offset:8 -:8 bits:8`, of which at most 128 bits are the number. */
function checkInt(checked: Checked): void {
  const word = wordAt(checked.type, 0);
  const encoding = word >>> 24;
  if ((word & 0xf000ff00) !== 0 || ![0, 1, 2, 4].includes(encoding))
    checked.fail(`has the encoding ${hex(word)}`);
  const bits = (word & 0xff) + ((word >>> 16) & 0xff);
  if (bits > 128 || Math.ceil(bits / 8) > checked.type.ref)
    checked.fail(`has ${bits} bits in ${checked.type.ref} bytes`);
}

function checkMembers(checked: Checked): void {
  const { type } = checked;
  let last = 0;
  for (let i = 0; i < type.count; i++) {
    checked.optionalName(wordAt(type, 3 * i), `member ${i}`);
    checked.madeOf(wordAt(type, 3 * i + 1), `a member ${i}`, { void: false });
    const word = wordAt(type, 3 * i + 2);
    const offset = type.flag ? word & 0xffffff : word;
    if (
      offset < last ||
      Math.ceil(offset / 8) > type.ref ||
      (type.kind === Kind.union && offset > 0)
    )
      checked.fail(`of ${type.ref} bytes has its member ${i} at bit ${offset}`);
    last = offset;
  }
}

function checkValues(checked: Checked): void {
  const { type } = checked;
  if (![1, 2, 4, 8].includes(type.ref)) checked.fail(`has the size ${type.ref}`);
  const words = type.kind === Kind.enum ? 2 : 3;
  for (let i = 0; i < type.count; i++)
    checked.name(wordAt(type, words * i), `value ${i}`, 'identifier');
}

function checkFunction(checked: Checked): void {
  const { name, count, ref } = checked.type;
  checked.name(name, 'itself', 'identifier');
  if (count > 2) checked.fail(`has the linkage ${count}`);
  const kind = checked.target(ref, 'a prototype');
  if (kind !== Kind.funcProto)
    checked.fail(`has a prototype of type id ${ref}, which is ${kindName(kind)}`);
}

/** void as the last parameter is `...`. */
function checkParameters(checked: Checked): void {
  const { type } = checked;
  if (type.name !== 0) checked.fail('has a name, which it cannot have');
  checked.madeOf(type.ref, 'a result', { void: true });
  for (let i = 0; i < type.count; i++) {
    checked.optionalName(wordAt(type, 2 * i), `parameter ${i}`);
    checked.madeOf(wordAt(type, 2 * i + 1), `a parameter ${i}`, { void: i === type.count - 1 });
  }
}

function checkSection(checked: Checked): void {
  const { type } = checked;
  let end = 0;
  for (let i = 0; i < type.count; i++) {
    const id = wordAt(type, 3 * i);
    const kind = checked.target(id, `an entry ${i}`);
    if (kind !== Kind.var && kind !== Kind.func)
      checked.fail(`has an entry ${i} of type id ${id}, which is ${kindName(kind)}`);
    const offset = wordAt(type, 3 * i + 1);
    if (offset < end || offset + wordAt(type, 3 * i + 2) > type.ref)
      checked.fail(`of ${type.ref} bytes has its entry ${i} at ${hex(offset)}`);
    end = offset + wordAt(type, 3 * i + 2);
  }
}

/** Component -1 is the whole; otherwise a member or a parameter, which must be there. */
function checkDeclTag(checked: Checked): void {
  const { type, btf } = checked;
  const kind = checked.target(type.ref, 'a target');
  const component = wordAt(type, 0) | 0;
  const whole = component === -1;
  const components = () => {
    const target = typeAt(btf, type.ref);
    if (kind === Kind.struct || kind === Kind.union) return target.count;
    // The prototype may be checked later than this tag.
    if (kind !== Kind.func || target.ref >= btf.endId) return 0;
    const prototype = typeAt(btf, target.ref);
    return prototype.kind === Kind.funcProto ? prototype.count : 0;
  };
  const known =
    kind === Kind.func ||
    kind === Kind.struct ||
    kind === Kind.union ||
    (whole && (kind === Kind.var || kind === Kind.typedef));
  if (!known) checked.fail(`tags type id ${type.ref}, which is ${kindName(kind)}`);
  if (!whole && (component < 0 || component >= components()))
    checked.fail(`tags component ${component} of type id ${type.ref}, which it has not`);
}
