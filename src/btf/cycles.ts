import { kindName, typeAt, wordAt, type Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import { Kind } from './kinds.ts';

/**
 * Refuses types that are made of themselves. A pointer, a typedef, a modifier, an array or a function
 * type each has one type that it is made of, so from every type there is one way on, and it must end at
 * void or at something with a definition:
 *
 *     [5] const -> [7] ptr -> [9] typedef -> [5]        never ends: refused
 *     [5] ptr -> [6] struct (a member of which is [5])   ends at the struct
 *
 * A base never refers to what continues it, so only types from `firstId` on can be in a cycle.
 *
 * @throws BtfError
 */
export function refuseCycles(btf: Btf): void {
  // 0: not seen; otherwise one more than the type from which the walk came that saw it first.
  const seenFrom = new Uint32Array(btf.starts.length);
  for (let start = 0; start < seenFrom.length; start++) {
    let id = btf.firstId + start;
    while (id >= btf.firstId && seenFrom[id - btf.firstId] === 0) {
      seenFrom[id - btf.firstId] = start + 1;
      id = madeOf(btf, id);
    }
    if (id >= btf.firstId && seenFrom[id - btf.firstId] === start + 1)
      throw new BtfError(`BTF type ${id}, a ${kindName(typeAt(btf, id).kind)}, is made of itself.`);
  }
}

/** The one type that a type is made of; 0 where the way ends. */
function madeOf(btf: Btf, id: number): number {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case Kind.ptr:
    case Kind.typedef:
    case Kind.volatile:
    case Kind.const:
    case Kind.restrict:
    case Kind.typeTag:
    case Kind.funcProto:
      return type.ref;
    case Kind.array:
      return wordAt(type, 0);
    default:
      return 0;
  }
}
