/** `BTF_KIND_*` of include/uapi/linux/btf.h. */
export const Kind = {
  void: 0,
  int: 1,
  ptr: 2,
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  fwd: 7,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  func: 12,
  funcProto: 13,
  var: 14,
  datasec: 15,
  float: 16,
  declTag: 17,
  typeTag: 18,
  enum64: 19,
} as const;

/** By number, as messages name them. */
export const kindNames = [
  'void',
  'INT',
  'PTR',
  'ARRAY',
  'STRUCT',
  'UNION',
  'ENUM',
  'FWD',
  'TYPEDEF',
  'VOLATILE',
  'CONST',
  'RESTRICT',
  'FUNC',
  'FUNC_PROTO',
  'VAR',
  'DATASEC',
  'FLOAT',
  'DECL_TAG',
  'TYPE_TAG',
  'ENUM64',
];

/**
 * What follows the 12 bytes of a `struct btf_type`, by kind: a fixed number of bytes, and a number for
 * each of its elements.
 */
export const trailing: readonly { fixed: number; each: number }[] = kindNames.map((_, kind) => {
  switch (kind) {
    case Kind.int:
    case Kind.var:
    case Kind.declTag:
      return { fixed: 4, each: 0 };
    case Kind.array:
      return { fixed: 12, each: 0 };
    case Kind.enum:
    case Kind.funcProto:
      return { fixed: 0, each: 8 };
    case Kind.struct:
    case Kind.union:
    case Kind.datasec:
    case Kind.enum64:
      return { fixed: 0, each: 12 };
    default:
      return { fixed: 0, each: 0 };
  }
});

/** Kinds that say nothing but `type`: what they stand for is one step further. */
export function isModifier(kind: number): boolean {
  return kind === Kind.const || kind === Kind.volatile || kind === Kind.restrict;
}

/** Kinds that a type can be made of; the others name a function, a variable, a section or a tag. */
export function isType(kind: number): boolean {
  return kind !== Kind.func && kind !== Kind.var && kind !== Kind.datasec && kind !== Kind.declTag;
}
