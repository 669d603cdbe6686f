import type { Change, KfuncRecord, State } from '../../data/schema/index.ts';
import {
  isAbout,
  renderDifference,
  renderProse,
  type ProseLinks,
  type ProseText,
} from '../../prose/index.ts';
import type { Atlas } from '../atlas.ts';
import { allFlags } from '../topics/catalogue.ts';
import { kfuncName } from '../change.ts';
import { identifierHref } from '../source-browser.ts';
import { type Piece, code, say } from '../text.ts';

/** What stands above a kfunc in a release. */
export interface DocView {
  /** `kernel-doc`, `from a comment, not kernel-doc`, `none`. */
  kind: string;
  /** Its kind, and what a reader should know of it: `kernel-doc, written for f`. */
  says: Piece[];
  hash: string | null;
  release: string;
  /** The kernel's words, rendered; null where there are none to show. */
  html: string | null;
  /** Whether there are words which the dataset does not hold. */
  isLacking: boolean;
  /** The place on the page that shows the same words. */
  sameAs: Piece | null;
}

const kinds = {
  'kernel-doc': 'kernel-doc',
  comment: 'from a comment, not kernel-doc',
  none: 'none',
};

/**
 * What stands above `name` in a release. The ids of its parameters begin with `idPrefix`. A plain comment
 * that is about something else is not shown.
 */
export function viewDoc(
  atlas: Atlas,
  name: string,
  release: string,
  { kind, hash }: State['doc'],
  idPrefix: string,
): DocView {
  const view = (kind: string, html: string | null = null, more: Piece[] = []): DocView => {
    const says = [say(kind), ...more];
    return { kind, says, hash, release, html, isLacking: false, sameAs: null };
  };
  if (kind === 'none' || hash === null) return view(kinds.none);
  const text = atlas.dataset.prose?.get(hash);
  if (text === undefined) {
    return { ...view(kinds[kind], null, [say(', '), code(hash)]), isLacking: true };
  }
  if (kind === 'comment' && !isAbout(name, text).about) {
    return view(kinds.none, null, [say('; the comment above it is about something else')]);
  }
  const links = linksAt(atlas, release);
  const { html, documents } = renderProse(text, { name, kind, idPrefix, links });
  if (kind === 'kernel-doc' && documents === null) {
    return view('from a comment marked as kernel-doc, which it is not', html);
  }
  const isOther = documents !== null && documents !== name;
  return view(kinds[kind], html, isOther ? [say(', written for '), docName(atlas, documents)] : []);
}

/** The same words as the page has elsewhere. */
export function shownAt(view: DocView, place: Piece): DocView {
  return {
    ...view,
    html: null,
    isLacking: false,
    sameAs: place,
    says: [say(`${view.kind}, the same words as in `), place],
  };
}

/** The name that a kernel-doc comment says it documents. */
function docName(atlas: Atlas, name: string): Piece {
  const { href } = kfuncName(atlas, name);
  return code(name, href);
}

const linksOf = new WeakMap<Atlas, Map<string, ProseLinks>>();

/** Where names lead in words of a release. */
export function linksAt(atlas: Atlas, release: string): ProseLinks {
  const known = linksOf.get(atlas) ?? new Map<string, ProseLinks>();
  linksOf.set(atlas, known);
  const links = known.get(release) ?? makeLinks(atlas, release);
  known.set(release, links);
  return links;
}

const flagsOf = new WeakMap<Atlas, ReadonlySet<string>>();

function makeLinks(atlas: Atlas, release: string): ProseLinks {
  const flags = flagsOf.get(atlas) ?? new Set(allFlags(atlas));
  flagsOf.set(atlas, flags);
  return {
    kfunc: (name) => kfuncName(atlas, name).href ?? null,
    flag: (name) => (flags.has(name) ? atlas.to.flag(name) : null),
    identifier: (name) => identifierHref(atlas.browser, atlas.release(release), name),
  };
}

/**
 * What changed in the words above a kfunc, as HTML, where `changes` (of one release) tell that they did;
 * null where they did not, where they came or went as a whole, and where the dataset does not hold them.
 */
export function docDifference(
  atlas: Atlas,
  record: KfuncRecord,
  changes: readonly Change[],
): string | null {
  const change = changes.find((c) => c.kind === 'doc');
  const was = wordsOf(atlas, record, change?.was[0]);
  const now = wordsOf(atlas, record, change?.now[0]);
  return was === null || now === null ? null : renderDifference(was, now);
}

function wordsOf(atlas: Atlas, record: KfuncRecord, hash: string | undefined): ProseText | null {
  const text = hash === undefined ? undefined : atlas.dataset.prose?.get(hash);
  const doc = record.lines.flatMap((l) => l.states).find((s) => s.doc.hash === hash)?.doc;
  if (text === undefined || doc === undefined || doc.kind === 'none') return null;
  if (doc.kind === 'comment' && !isAbout(record.name, text).about) return null;
  return { text, kind: doc.kind };
}
