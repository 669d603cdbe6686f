/** `BPF_PROG_TYPE_XDP` as `XDP`; `*` as `every program type`. */
export function programList(types: readonly string[]): string {
  if (types.includes('*')) return 'every program type';
  return words(types.map((type) => type.replace(/^BPF_PROG_TYPE_/, '')));
}

/** `a`, `a and b`, `a, b and c`. */
export function words(items: readonly string[]): string {
  const [last = '', ...others] = items.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
