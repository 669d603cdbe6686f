import type { Atlas } from '../views/atlas.ts';
import type { KfuncPage } from '../views/kfunc/page.ts';
import type { Piece } from '../views/text.ts';
import { fact, heading, item, paragraph, verbatim, words } from './form.ts';

type Facts = readonly { label: string; items: readonly (readonly Piece[])[] }[];

/** Labels, and what there is to say of each; those without are left out. */
export function facts(rows: Facts): string {
  return rows
    .filter(({ items }) => items.length > 0)
    .map(({ label, items }) => fact(label, items.map(words)))
    .join('\n');
}

/**
 * Words of the kernel's as they stand, set in so that none can be taken for ours; by less than code is, since
 * they were broken for a comment of 80 columns.
 */
export function kernelWords(prose: string): string {
  return verbatim(prose, '  ');
}

/** The kernel's words about it, as they stand in the newest release that has it. */
export function docParts(atlas: Atlas, { doc }: KfuncPage): string[] {
  if (doc === null) return [];
  const { html, hash, release, says } = doc;
  // What is not shown on the page, being about something else, is not shown here.
  const prose = html === null || hash === null ? undefined : atlas.dataset.prose?.get(hash);
  return [
    heading('Documentation'),
    paragraph(`As of ${release}: ${words(says)}.`),
    ...(prose === undefined ? [] : [kernelWords(prose)]),
  ];
}

/** What speaks for or against building on it. */
export function stabilityParts({ evidence }: KfuncPage): string[] {
  if (evidence === null) return [];
  return [
    heading('Stability'),
    facts(evidence.facts),
    ...evidence.users.groups.map(({ title, files }) =>
      [paragraph(`${title} that call it:`), ...files.map((file) => item(words([file])))].join('\n'),
    ),
  ];
}

export function relatedParts({ related }: KfuncPage): string[] {
  return related.length === 0 ? [] : [heading('Related kfuncs'), facts(related)];
}

/** How it is declared and probed, and what to do where it is missing. */
export function useParts({ skeleton }: KfuncPage): string[] {
  if (skeleton === null) return [];
  const { code, isFallback, lead, notes } = skeleton;
  return [
    heading(isFallback ? 'Declare, probe, fall back' : 'Declare and probe'),
    paragraph(words(lead)),
    verbatim(code.trimEnd()),
    ...notes.map((note) => paragraph(words(note))),
  ];
}
