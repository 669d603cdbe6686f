import type { ReleaseEntry } from '../data/schema/index.ts';
import { type CallablePage, callablePage } from '../views/callable.ts';
import { twin } from '../views/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { changelogPage } from '../views/releases/changelog.ts';
import { diffHref, type Pair, predecessor } from '../views/releases/pairs.ts';
import type { Knowledge } from '../views/releases/release.ts';
import type { KfuncRow } from '../views/rows.ts';
import { permanent } from './address.ts';
import { citeRelease } from './cite-release.ts';
import { differenceText } from './difference.ts';
import { document, flat, heading, item, paragraph, words } from './form.ts';
import { wrap } from './wrap.ts';

/** `/diff/v6.6..v6.12.txt`: what differs between two releases, ready for a mail. */
export function pairText(atlas: Atlas, { from, to }: Pair): string {
  const page = diffHref(atlas, from, to);
  return differenceText(atlas.compare(from.id, to.id), {
    diff: page === null ? null : permanent(atlas, page),
    kfunc: (name) => permanent(atlas, atlas.to.kfunc(name)),
  });
}

/** `/v6.12.txt`: what a release did, and what it knows. */
export function releaseText(atlas: Atlas, release: ReleaseEntry): string {
  const page = changelogPage(atlas, release);
  const before = predecessor(atlas, release);
  return document([
    heading(page.title, '='),
    paragraph(words(page.lead)),
    paragraph(page.readFrom),
    `All of them: ${permanent(atlas, twin(atlas.to.all(release.id), 'txt'))}`,
    before === null ? null : pairText(atlas, { from: before, to: release }).trimEnd(),
    heading('What this release knows'),
    knowledgeText(page.knows),
    heading('Cite'),
    citeRelease(atlas, release).text.trimEnd(),
  ]);
}

function knowledgeText({ flags, suffixes, hooks, jit }: Knowledge): string | null {
  const glossary = (rows: Knowledge['flags']) =>
    rows.map(({ name, words: meaning, source }) => {
      const means = meaning === '' ? '' : `: ${meaning}`;
      return `${name.text}${means} (${source.text})`;
    });
  const parts = [
    part('Flags', glossary(flags)),
    part('Suffixes', glossary(suffixes)),
    part(
      'Hooks',
      hooks.map(({ hook, programs }) => `${hook.text}: ${words(programs)}`),
    ),
    part(
      'JITs',
      jit.map(({ arch, condition, source }) => {
        const only = condition.length === 0 ? '' : ` if ${words(condition)}`;
        return `${arch}${only} (${source.text})`;
      }),
    ),
  ].filter((text) => text !== null);
  return parts.length === 0 ? 'Nothing was found.' : parts.join('\n\n');
}

function part(label: string, items: readonly string[]): string | null {
  return items.length === 0 ? null : [`${label}:`, ...items.map((text) => item(text))].join('\n');
}

/** `/v6.12/all.txt`: what one may call on a release, by program type, then by name. */
export function allText(atlas: Atlas, release: string): string {
  const page = callablePage(atlas, release);
  return document([
    heading(page.title, '='),
    paragraph(words(page.lead)),
    page.programs.some(({ isFiltered }) => isFiltered)
      ? paragraph('A star marks a kfunc that a filter can refuse to some programs.')
      : null,
    ...page.programs.flatMap(programParts),
    ...(page.rows.length === 0 ? [] : [heading(`By name (${page.rows.length})`)]),
    page.rows.map(rowText).join('\n'),
    permanent(atlas, page.path),
  ]);
}

function programParts({ types, size, names, tests }: CallablePage['programs'][number]): string[] {
  const title = `${types.map((type) => type.title).join(', ')} (${size})`;
  return [
    heading(title),
    ...(names.length === 0 ? [] : [paragraph(words(names))]),
    ...(tests.length === 0 ? [] : [paragraph(`For the kernel's selftests: ${words(tests)}`)]),
  ];
}

/** `bpf_lamp_get: ACQUIRE, RET_NULL; XDP, LSM; since v6.2; deprecated`. */
function rowText({ name, first, status, word, programs, flags, note }: KfuncRow): string {
  const told = [flags, programs].map(words).filter((text) => text !== '');
  if (first !== '') told.push(`since ${first}`);
  if (word !== 'there') told.push(status);
  if (note.length > 0) told.push(words(note));
  return wrap(flat(`${name.text}: ${told.join('; ')}`), { hanging: '    ' });
}
