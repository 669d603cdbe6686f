import type { ElementContent } from 'xast';
import { x } from 'xastscript';
import { resolve } from '../text/address.ts';
import { flat } from '../text/form.ts';
import { graveSentences } from '../text/cite-release.ts';
import type { Atlas } from '../views/atlas.ts';
import { kfuncName, labels } from '../views/change.ts';
import { type EventView, viewEvents } from '../views/releases/events.ts';
import { badgeOf } from '../views/releases/severity.ts';
import { tallyOf, tallyWords } from '../views/releases/tally.ts';
import { type Piece, list, say } from '../views/text.ts';
import type { Entry } from './entry.ts';
import { idOf } from './ids.ts';
import type { Chapter, EventStory, Story } from './stories.ts';
import { inline } from './xml.ts';

/** All that a release did, as one entry: the feed of everything has one a release. */
export function releaseEntry(atlas: Atlas, chapter: Chapter): Entry {
  const { release, older } = chapter;
  const page = atlas.to.release(release.id);
  const { added, changed, removed } = byFate(chapter.stories);
  const sizes =
    chapter.difference === null ? `${added.length} found` : tallyWords(tallyOf(chapter.difference));
  const grave = chapter.difference === null ? [] : graveSentences(chapter.difference);
  const said = (pieces: readonly Piece[]) => inline(atlas, page, pieces);
  return {
    id: idOf(release.id),
    title: `BPF kfuncs in ${release.id}: ${sizes}`,
    href: resolve(atlas, page, page),
    date: release.date,
    summary: flat([`${sentence(older?.id ?? null)}${sizes}.`, ...grave].join(' ')),
    categories: [release.line],
    content: [
      x('p', said([say(release.id, page), say(`: ${sizes}.`)])),
      ...grave.map((text) => x('p', text)),
      ...chapter.events.flatMap((event) => eventNodes(atlas, event)),
      ...section('Removed', removed, said, (story) => nameOf(atlas, story)),
      ...section('Changed', changed, said, (story) => [
        ...nameOf(atlas, story),
        say(`: ${kindsOf(story)}`),
      ]),
      ...section('Added', added, said, (story) => nameOf(atlas, story)),
    ],
  };
}

function sentence(older: string | null): string {
  return older === null ? 'The oldest release that was read. ' : `Since ${older}: `;
}

function byFate(stories: readonly Story[]): Record<'added' | 'changed' | 'removed', Story[]> {
  const has = ({ changes }: Story, ...kinds: string[]) =>
    changes.some(({ kind }) => kinds.includes(kind));
  const own = stories.filter(({ isTold }) => !isTold);
  const added = own.filter((story) => has(story, 'added', 'returned'));
  const removed = own.filter((story) => story.now === null && !added.includes(story));
  return {
    added,
    removed,
    changed: own.filter((story) => !added.includes(story) && !removed.includes(story)),
  };
}

function nameOf(atlas: Atlas, { record, release }: Story): Piece[] {
  return [kfuncName(atlas, record.name, release.id)];
}

/** `flags, prototype; may break programs`. */
function kindsOf({ changes, difference }: Story): string {
  const own = changes.filter(({ event }) => event === null);
  const kinds = [...new Set(own.map(({ kind }) => labels[kind].toLowerCase()))].join(', ');
  const badge = difference === null ? null : badgeOf(difference.severity);
  return badge === null ? kinds : `${kinds}; ${badge.text} programs`;
}

function section(
  title: string,
  stories: readonly Story[],
  said: (pieces: readonly Piece[]) => ElementContent[],
  row: (story: Story) => Piece[],
): ElementContent[] {
  if (stories.length === 0) return [];
  return [
    x('h3', `${title} (${stories.length})`),
    x(
      'ul',
      stories.map((story) => x('li', said(row(story)))),
    ),
  ];
}

/** A change of the tree as a whole, as an entry of the feeds that it concerns. */
export function eventEntry(atlas: Atlas, story: EventStory): Entry {
  const { release, event, difference } = story;
  const [view] = viewEvents(atlas, release.id, [difference]) as [EventView];
  const warning = view.badge === null ? '' : ` (${view.badge.text} programs)`;
  const href = `${atlas.to.release(release.id)}#events`;
  return {
    id: idOf(`${release.id}#${event.id}`),
    title: flat(`${view.subject.text}: changed across the tree in ${release.id}${warning}`),
    href: resolve(atlas, href, href),
    date: release.date,
    summary: flat(view.words),
    categories: [difference.severity, event.kind],
    content: eventNodes(atlas, story),
  };
}

/** How many kfuncs that an event touches are named; the page of the release has all. */
const NAMED = 12;

function eventNodes(atlas: Atlas, { release, event, difference }: EventStory): ElementContent[] {
  const [view] = viewEvents(atlas, release.id, [difference]) as [EventView];
  const page = atlas.to.release(release.id);
  const said = (pieces: readonly Piece[]) => inline(atlas, page, pieces);
  const touched = (words: string, names: readonly string[]) => {
    if (names.length === 0) return [];
    const shown = names.slice(0, NAMED).map((name) => [kfuncName(atlas, name, release.id)]);
    const more = names.length - shown.length;
    const rest = more === 0 ? [] : [say(', and '), say(`${more} more`, `${page}#events`)];
    return [x('p', said([say(`${words}: `), ...list(shown), ...rest]))];
  };
  return [
    x('p', said([view.subject, say(`: ${view.words}`)])),
    ...touched('Stricter, with no difference in their text', event.stricter),
    ...touched('Changed by it', event.changed),
  ];
}
