import type { Atlas } from '../atlas.ts';

/**
 * An entry of MAINTAINERS as an address has it: `BPF [CRYPTO]` -> `bpf-crypto`; null for a kfunc that no
 * entry claims, and for a name without a letter or digit of ASCII.
 */
export function subsystemSlug(name: string | null): string | null {
  const slug = (name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? null : slug;
}

/** Every subsystem that a kfunc is of, by its name: slug and name. Names that are written alike are one. */
export function allSubsystems(atlas: Atlas): { slug: string; name: string }[] {
  const names = new Map<string, string>();
  for (const { subsystem } of atlas.dataset.kfuncs) {
    const slug = subsystemSlug(subsystem);
    if (slug !== null && !names.has(slug)) names.set(slug, subsystem!);
  }
  return [...names]
    .map(([slug, name]) => ({ slug, name }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** `/subsystems/bpf-crypto.atom` */
export function subsystemFeedPath(atlas: Pick<Atlas, 'to'>, slug: string): string {
  return `${atlas.to.home}subsystems/${slug}.atom`;
}
