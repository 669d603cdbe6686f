import type { TopicNote } from '../../data/notes.ts';
import type { Atlas } from '../atlas.ts';
import { programName } from '../programs.ts';
import { identifierHref } from '../source-browser.ts';
import { type Piece, code, list, say } from '../text.ts';
import { relatedHref, type Topics } from './links.ts';
import type { Rendered } from './render.ts';

/** A note as a page prints it. */
export interface Article extends Rendered {
  /** What it was written from, and what to read beside it. */
  references: { label: string; items: Piece[][] }[];
}

/** What stands below a note: sections of the kernel's documents, functions of its source, other pages. */
export function references(
  atlas: Atlas,
  topics: Topics,
  { documents, source, related }: TopicNote,
): Article['references'] {
  const rows = [
    {
      label: 'Kernel documents',
      items: documents.map((path) => [
        say(path.replace(/^latest\//, ''), `https://www.kernel.org/doc/html/${path}`),
      ]),
    },
    {
      label: 'Kernel source',
      items: source.map(({ release, file, names }): Piece[] => {
        const entry = atlas.dataset.releases.find((r) => r.id === release);
        const href = entry === undefined ? null : atlas.source(release, file, null);
        const name = (text: string) =>
          code(text, entry === undefined ? null : identifierHref(atlas.browser, entry, text));
        return [code(file, href), say(` in ${release}: `), ...list(names.map((n) => [name(n)]))];
      }),
    },
    {
      label: 'See also',
      items: [list(related.map((name) => [relatedPiece(atlas, topics, name)]))],
    },
  ];
  return rows.filter(({ items }) => items.some((item) => item.length > 0));
}

function relatedPiece(atlas: Atlas, topics: Topics, name: string): Piece {
  const href = relatedHref(atlas, topics, name);
  if (topics.programs.has(name)) return say(programName(name === 'all' ? '*' : name), href);
  const title = topics.guides.get(name);
  return title === undefined ? code(name, href) : say(`“${title}”`, href);
}
