import type { ElementContent } from 'xast';
import { x } from 'xastscript';
import { releasesBetween } from '../data/versions.ts';
import { codeText, changeWords, prototypeText } from '../text/change.ts';
import { flat } from '../text/form.ts';
import { resolve } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { programPieces } from '../views/kfunc/availability.ts';
import { type ChangeView, kfuncName, labels, viewChange } from '../views/change.ts';
import type { CodeToken } from '../views/code.ts';
import { declaration } from '../views/kfunc/declaration.ts';
import { badgeOf, ownMeanings, sentences } from '../views/releases/severity.ts';
import { type Piece, code, list, plain, say } from '../views/text.ts';
import type { Entry } from './entry.ts';
import { idOf } from './ids.ts';
import type { Story } from './stories.ts';
import { inline } from './xml.ts';

/** What a release did to a kfunc, as an entry of a feed. It is the same in each feed that has it. */
export function kfuncEntry(atlas: Atlas, story: Story): Entry {
  const { record, release, changes, difference } = story;
  const page = atlas.to.kfunc(record.name);
  const views = changes.map((change) => viewChange(atlas, record.name, change));
  const meaning = meaningOf(story);
  const summary = [...(meaning === null ? [] : [meaning]), ...views.map(changeWords)];
  return {
    id: idOf(`k/${record.name}#${release.id}`),
    title: titleOf(story),
    href: resolve(atlas, page, story.now === null ? page : atlas.to.kfunc(record.name, release.id)),
    date: release.date,
    summary: flat(summary.map((text) => `${text}.`).join(' ')),
    categories: [
      ...(difference === null ? [] : [difference.severity]),
      ...new Set(changes.map(({ kind }) => kind)),
    ],
    content: contentOf(atlas, page, story, views, meaning),
  };
}

/** `bpf_x: new in v7.3`, `bpf_x: flags and prototype changed in v7.3 (may break programs)`. */
function titleOf({ record, release, changes, difference }: Story): string {
  const { name } = record;
  const kinds = changes.map(({ kind }) => kind);
  const rename = changes.find(({ kind }) => kind === 'renamed');
  const when = `in ${release.id}`;
  if (rename !== undefined) {
    const isNew = rename.now.includes(name);
    const other = say((isNew ? rename.was : rename.now).join(', ')).text;
    return flat(`${name}: renamed ${isNew ? 'from' : 'to'} ${other} ${when}`);
  }
  if (kinds.includes('added')) return `${name}: new ${when}`;
  if (kinds.includes('returned')) return `${name}: back ${when}`;
  if (kinds.includes('removed')) return `${name}: gone ${when}`;
  const what = [...new Set(kinds)].map((kind) => labels[kind].toLowerCase());
  const badge = difference === null ? null : badgeOf(difference.severity);
  const warning = badge === null ? '' : ` (${badge.text} programs)`;
  return `${name}: ${and(what)} changed ${when}${warning}`;
}

function and(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** `May break programs: newly wants trusted pointers`; null where nothing is to be feared. */
function meaningOf({ difference }: Story): string | null {
  if (difference === null) return null;
  const badge = badgeOf(difference.severity);
  if (badge === null) return null;
  const words = badge.text[0]!.toUpperCase() + badge.text.slice(1);
  const grave = ownMeanings(difference.changes).filter((m) => badgeOf(m.severity) !== null);
  const said = plain(sentences(grave));
  return `${words} programs${said === '' ? '' : `: ${said}`}`;
}

function contentOf(
  atlas: Atlas,
  page: string,
  story: Story,
  views: readonly ChangeView[],
  meaning: string | null,
): ElementContent[] {
  const { record, release } = story;
  const said = (pieces: readonly Piece[]) => inline(atlas, page, pieces);
  const here = [
    kfuncName(atlas, record.name, release.id),
    say(' in '),
    say(release.id, atlas.to.release(release.id)),
    say(compared(story)),
  ];
  const items = views.filter(({ kind }) => kind !== 'added').map((view) => changeItem(view, said));
  return [
    x('p', said(here)),
    ...(meaning === null ? [] : [x('p', [x('strong', meaning)])]),
    ...(items.length === 0 ? [] : [x('ul', items)]),
    ...newcomer(atlas, story, said),
    ...others(atlas, story).map((pieces) => x('p', said(pieces))),
  ];
}

type Said = (pieces: readonly Piece[]) => ElementContent[];

/** `, compared with v6.12 (the releases between were not read)`. */
function compared({ older, release }: Pick<Story, 'release' | 'older'>): string {
  if (older === null) return ', the oldest release that was read';
  const gap = releasesBetween(older.id, release.id) ?? 0;
  return `, compared with ${older.id}${gap === 0 ? '' : ` (${gap} between not read)`}`;
}

function changeItem(view: ChangeView, said: Said): ElementContent {
  const { label, text, event, commit } = view;
  const shown = (mark: string, sides: readonly CodeToken[][]) =>
    sides.flatMap((tokens) => [
      x('p', mark),
      x('pre', [x('code', prototypeText(codeText(tokens), ''))]),
    ]);
  return x('li', [
    x('b', label),
    ...(text.length === 0 ? [] : said([say(': '), ...text])),
    ...(event === null ? [] : said([say(' ('), event, say(')')])),
    ...shown('was', view.was),
    ...shown('now', view.now),
    ...(commit === null
      ? []
      : [x('p', said([say('commit '), code(commit.text), ...commit.links.flatMap(linked)]))]),
  ]);
}

function linked(link: Piece): Piece[] {
  return [say(', '), link];
}

/** What one wants to know of a kfunc that came. */
function newcomer(atlas: Atlas, { changes, now }: Story, said: Said): ElementContent[] {
  const isNew = changes.some(({ kind }) => kind === 'added' || kind === 'returned');
  if (!isNew || now === null) return [];
  const declared = declaration(now);
  const flags = now.flags.map((flag) => [code(flag, atlas.to.flag(flag))]);
  const facts: [string, Piece[]][] = [
    ['Flags', flags.length === 0 ? [say('none')] : list(flags)],
    ['Callable from', programPieces(atlas, now)],
    ['Needs', now.config.expr === null ? [say('nothing beyond BPF')] : [code(now.config.expr)]],
  ];
  return [
    ...(declared === null ? [] : [x('pre', [x('code', prototypeText(declared, ''))])]),
    x(
      'ul',
      facts.map(([label, pieces]) => x('li', [x('b', label), ...said([say(': '), ...pieces])])),
    ),
  ];
}

/** What it replaces, and what replaces it. */
function others(atlas: Atlas, { record, release }: Story): Piece[][] {
  const told = (words: string, those: Story['record']['replaces']) =>
    those
      .filter((other) => other.release === release.id)
      .map(({ name }) => [say(words), kfuncName(atlas, name), say('.')]);
  return [...told('Replaces ', record.replaces), ...told('Replaced by ', record.replacedBy)];
}
