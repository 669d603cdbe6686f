import type { Example, KfuncRecord, ReleaseEntry } from '../../data/schema/index.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { type CodeToken, highlight } from '../code.ts';
import { own, place } from '../place.ts';
import { type Piece, code, say } from '../text.ts';

/** Where the kernel's documents show a kfunc, as its page tells it. */
export interface ExamplesView {
  /** `As of v7.3.` */
  of: Piece[];
  /** Sections that print its kernel-doc. */
  listed: Piece[][];
  /** Code that calls it. */
  calls: { code: CodeToken[] | null; caption: Piece[] }[];
  /** Whether some of the titles or the code are not in the dataset. */
  lacksProse: boolean;
}

/**
 * The page that the kernel's documentation has of a document, at the section that `anchor` names; null
 * for what is no release of Linux itself: only those are there (`https://www.kernel.org/doc/html/v6.12/`).
 */
export function documentHref(
  release: Pick<ReleaseEntry, 'id' | 'line'>,
  file: string,
  anchor: string | null,
): string | null {
  const path = /^Documentation\/(.+)\.rst$/.exec(file)?.[1];
  if (path === undefined || release.line !== mainline || !/^v\d+\.\d+$/.test(release.id)) {
    return null;
  }
  const page = path.split('/').map(encodeURIComponent).join('/');
  const fragment = anchor === null ? '' : `#${encodeURIComponent(anchor)}`;
  return `https://www.kernel.org/doc/html/${release.id}/${page}.html${fragment}`;
}

/** The newest release whose documents show the kfunc: of mainline, or else of another line. */
function newestWith(
  atlas: Atlas,
  name: string,
): { release: ReleaseEntry; examples: Example[] } | null {
  for (const line of [mainline, ...atlas.otherLines]) {
    const releases = atlas.line(line).toReversed();
    // A preview has no page there yet, and most of its documents are those of the release before.
    for (const release of releases.toSorted((a, b) => Number(a.preview) - Number(b.preview))) {
      const examples = own(atlas.file(release.id).examples, name);
      if (examples !== undefined && examples.length > 0) return { release, examples };
    }
  }
  return null;
}

/** What `/k/<name>/` tells of the kernel's documents; null where none shows the kfunc. */
export function viewExamples(atlas: Atlas, record: KfuncRecord): ExamplesView | null {
  const found = newestWith(atlas, record.name);
  if (found === null) return null;
  const { release, examples } = found;
  const words = (hash: string | null) =>
    hash === null ? undefined : atlas.dataset.prose?.get(hash);
  const section = ({ file, anchor, title }: Example): Piece => {
    const href = documentHref(release, file, anchor);
    const titles = words(title);
    return titles === undefined ? code(file, href) : say(titles.split('\n').join(': '), href);
  };
  const source = ({ file, line }: Example) => place(atlas, release.id, file, line);
  const ofKind = (kind: Example['kind']) => examples.filter((e) => e.kind === kind);
  return {
    of: [say('As of '), say(release.id, atlas.to.release(release.id)), say('.')],
    listed: ofKind('kernel-doc').map((e) => [
      section(e),
      say(' prints its kernel-doc: '),
      source(e),
    ]),
    calls: ofKind('code').map((e) => {
      const text = words(e.hash);
      return {
        code: text === undefined ? null : highlight(text),
        caption: [section(e), say(' calls it: '), source(e)],
      };
    }),
    lacksProse: examples.some((e) =>
      [e.title, e.hash].some((hash) => hash !== null && words(hash) === undefined),
    ),
  };
}
