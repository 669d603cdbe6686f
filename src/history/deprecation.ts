import type { Deprecation, KfuncFacts } from '../data/schema/index.ts';

/**
 * Whether a piece of evidence amounts to deprecation: the flag and the kernel's own words do. A
 * wrapper alone does not, since plain conveniences are wrappers too; it only supports what words say.
 */
function amountsToDeprecation(evidence: Deprecation): boolean {
  return evidence.kind !== 'wrapper';
}

/** The evidence that a kfunc is on its way out; [] when nothing amounts to it. */
export function deprecationOf(facts: KfuncFacts): Deprecation[] {
  return facts.deprecation.filter(amountsToDeprecation);
}

/**
 * What the evidence says, without the wording, so that a reworded comment is no change while a
 * promise that slips is: `comment, removal promised for v7.3, use scx_bpf_dsq_insert`.
 */
export function deprecationTexts(facts: KfuncFacts): string[] {
  const texts = deprecationOf(facts).map(({ kind, promised, instead }) =>
    [
      kind === 'flag' ? 'KF_DEPRECATED' : kind,
      ...(promised === null ? [] : [`removal promised for ${promised}`]),
      ...(instead === null ? [] : [`use ${instead}`]),
    ].join(', '),
  );
  return [...new Set(texts)];
}
