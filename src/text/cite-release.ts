import type { ReleaseEntry } from '../data/schema/index.ts';
import type { Difference, KfuncDifference, Severity } from '../diff/types.ts';
import { type Atlas, mainline } from '../views/atlas.ts';
import { diffHref, predecessor } from '../views/releases/pairs.ts';
import { hereIn } from '../views/releases/release.ts';
import { tallyOf, tallyWords } from '../views/releases/tally.ts';
import { count } from '../views/text.ts';
import { footnote } from './address.ts';
import { citation, type Citation } from './cite.ts';
import { paragraph } from './form.ts';
import { wrap } from './wrap.ts';

/** How many kfuncs are named before the others are counted. */
const NAMED = 8;

/** A release in a mail: how many kfuncs it has, and what it did since the one read before it. */
export function citeRelease(atlas: Atlas, release: ReleaseEntry): Citation {
  const href = atlas.to.release(release.id);
  const older = predecessor(atlas, release);
  const title = release.line === mainline ? `Linux ${release.id}` : release.id;
  const read = release.exact ? '' : `, read from ${release.tag},`;
  const has = count(hereIn(atlas, release.id).length, 'BPF kfunc');
  const lead = `${title} [1]${read} has ${has}.`;
  if (older === null) {
    return citation(atlas, href, [paragraph(lead), wrap(footnote(atlas, 1, href))]);
  }
  const difference = atlas.compare(older.id, release.id);
  const pair = diffHref(atlas, older, release);
  const notes = [href, ...(pair === null ? [] : [pair])];
  return citation(atlas, href, [
    paragraph(
      `${lead} Since ${older.id}${pair === null ? '' : ' [2]'}: ${tallyWords(tallyOf(difference))}.`,
    ),
    ...graveSentences(difference).map((text) => paragraph(text)),
    wrap(notes.map((note, i) => footnote(atlas, i + 1, note)).join('\n')),
  ]);
}

/** What lies between two releases, in a mail: how much, and what of it breaks programs. */
export function citeDiff(atlas: Atlas, difference: Difference): Citation {
  const { from, to } = difference;
  const href = atlas.to.diff(from.id, to.id);
  return citation(atlas, href, [
    paragraph(`BPF kfuncs from ${from.id} to ${to.id} [1]: ${tallyWords(tallyOf(difference))}.`),
    ...graveSentences(difference).map((text) => paragraph(text)),
    wrap(footnote(atlas, 1, href)),
  ]);
}

/** `Breaks programs that call it: bpf_x.`, `May break programs that call it: bpf_y, bpf_z.` */
export function graveSentences({ kfuncs, events }: Difference): string[] {
  const told = (severity: Severity, words: string) => {
    const subjects = events.filter((e) => e.severity === severity).map((e) => e.event.subject);
    const names = kfuncs.filter((k) => k.severity === severity).map(nameOf);
    const all = [...subjects, ...names];
    return all.length === 0 ? [] : [`${words}: ${some(all)}.`];
  };
  return [
    ...told('breaks-load', 'Breaks programs that call it'),
    ...told('may-break', 'May break programs that call it'),
  ];
}

/** `bpf_old (now bpf_new)`. */
function nameOf({ name, fate, from, replacedBy }: KfuncDifference): string {
  if (fate === 'renamed') return `${from ?? name} (now ${name})`;
  return replacedBy.length === 0 ? name : `${name} (replaced by ${replacedBy.join(', ')})`;
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length <= NAMED ? shown : `${shown}, and ${names.length - NAMED} more`;
}
