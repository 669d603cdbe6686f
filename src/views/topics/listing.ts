/** Plain pages of kfuncs by subsystem, source file and status. */
import type { KfuncRecord } from '../../data/schema/index.ts';
import { type Atlas, newestState, releasesOf } from '../atlas.ts';
import { splitKfuncs } from '../kfunc-groups.ts';
import { lifeOf } from '../life.ts';
import { place } from '../place.ts';
import { kfuncRow } from '../rows.ts';
import { filesOf, presentNames } from '../search.ts';
import { allSubsystems, subsystemSlug } from './subsystems.ts';
import type { TopicList } from './catalogue.ts';
import type { TopicPage } from './topic.ts';
import { type Piece, code, count, list, say } from '../text.ts';

function pageOf(
  atlas: Atlas,
  name: string,
  title: string,
  records: readonly KfuncRecord[],
  lead: Piece[],
  facts: TopicPage['facts'] = [],
): TopicPage {
  const groups = splitKfuncs(atlas, records).map(({ id, short, records: some }) => ({
    id,
    title: short,
    rows: some.map((record) => ({ ...kfuncRow(atlas, record), note: noteOf(atlas, record) })),
  }));
  const description = `${title}: since when, on what terms, and what became of them.`;
  return { name: say(name).text, title, description, lead, facts, groups, changes: [] };
}

/** `now x`, of one that is gone or on its way. */
function noteOf(atlas: Atlas, record: KfuncRecord): Piece[] {
  if (lifeOf(atlas, record).status === 'there') return [];
  const names = presentNames(atlas, record);
  if (names.length === 0) return [];
  return [
    say('now '),
    ...list(
      names.map((name) => [code(name, atlas.to.kfunc(name))]),
      ' or ',
    ),
  ];
}

/** `12 kfuncs, 3 of them removed` */
function sizeOf(records: readonly KfuncRecord[]): string {
  const gone = records.filter((record) => record.status === 'removed').length;
  return `${count(records.length, 'kfunc')}${gone === 0 ? '' : `, ${gone} of them removed`}`;
}

export function subsystemPage(atlas: Atlas, slug: string, name: string): TopicPage {
  const records = atlas.dataset.kfuncs.filter((k) => subsystemSlug(k.subsystem) === slug);
  const lead = [
    say(`${sizeOf(records)}, in files that this entry of MAINTAINERS claims most narrowly.`),
  ];
  return pageOf(atlas, name, `Kfuncs of ${name}`, records, lead);
}

export function subsystemList(atlas: Atlas): TopicList {
  const of = Map.groupBy(atlas.dataset.kfuncs, (k) => subsystemSlug(k.subsystem));
  return {
    title: 'Subsystems',
    lead: 'Who looks after the files that kfuncs are in, as MAINTAINERS says.',
    wordsAre: 'Files',
    rows: allSubsystems(atlas).map(({ slug, name }) => {
      const records = of.get(slug) ?? [];
      const files = [...new Set(records.flatMap((k) => filesOf(newestState(k)?.state)))].sort();
      return {
        name: say(name, atlas.to.subsystem(slug)),
        words: say(fewOf(files)).text,
        count: present(records),
      };
    }),
  };
}

/** So many files are named. */
const few = 3;

function fewOf(files: readonly string[]): string {
  const shown = files.slice(0, few).join(', ');
  return files.length > few ? `${shown} and ${files.length - few} more` : shown;
}

function present(records: readonly KfuncRecord[]): number {
  return records.filter((record) => record.status !== 'removed').length;
}

/** Files with kfuncs, each a path that can stand in an address. */
export function allFiles(atlas: Atlas): { path: string; records: KfuncRecord[] }[] {
  const of = new Map<string, KfuncRecord[]>();
  for (const record of atlas.dataset.kfuncs) {
    for (const path of filesOf(newestState(record)?.state).filter(isPath)) {
      of.set(path, [...(of.get(path) ?? []), record]);
    }
  }
  return [...of]
    .map(([path, records]) => ({ path, records }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `kernel/bpf/helpers.c`: names alone, none of them hidden or leading up. */
function isPath(path: string): boolean {
  return /^[\w+-][\w.+-]*(?:\/[\w+-][\w.+-]*)*$/.test(path);
}

export function filePage(atlas: Atlas, path: string, records: readonly KfuncRecord[]): TopicPage {
  const releases = records.flatMap((record) => {
    const newest = newestState(record);
    return newest === undefined ? [] : releasesOf(atlas, newest.line, newest.state).slice(-1);
  });
  const latest = releases.sort((a, b) => atlas.order(a.id) - atlas.order(b.id)).at(-1);
  const names = [...new Set(records.map((record) => record.subsystem))].filter((n) => n !== null);
  const facts = [
    ...(latest === undefined
      ? []
      : [{ label: `In ${latest.id}`, items: [[place(atlas, latest.id, path, null)]] }]),
    ...(names.length === 0
      ? []
      : [{ label: 'Subsystem', items: names.map((name) => [subsystemPiece(atlas, name)]) }]),
  ];
  const lead = [say(`${sizeOf(records)}, as of the newest release that has each.`)];
  return pageOf(atlas, path, `Kfuncs in ${path}`, records, lead, facts);
}

export function fileList(atlas: Atlas): TopicList {
  return {
    title: 'Files',
    lead: 'The source files that define kfuncs, as of the newest release that has each kfunc.',
    wordsAre: 'Subsystem',
    rows: allFiles(atlas).map(({ path, records }) => ({
      name: code(path, atlas.to.file(path)),
      words: say([...new Set(records.flatMap((record) => record.subsystem ?? []))].join(', ')).text,
      count: present(records),
    })),
  };
}

/** What is not simply there, and has a page. */
export const statusPages = ['deprecated', 'removed'] as const;
type StatusPage = (typeof statusPages)[number];

const statusLeads: Record<StatusPage, string> = {
  deprecated: 'Still there in the newest release, and on their way out as the kernel says.',
  removed: 'No longer in the newest release. Their pages stay where they are.',
};

export function statusPage(atlas: Atlas, status: StatusPage): TopicPage {
  const records = atlas.dataset.kfuncs.filter((k) => lifeOf(atlas, k).status === status);
  const title = { deprecated: 'Deprecated kfuncs', removed: 'Removed kfuncs' }[status];
  return pageOf(atlas, title, title, records, [say(statusLeads[status])]);
}

/** A subsystem, linked to its page. */
export function subsystemPiece(atlas: Atlas, name: string): Piece {
  const slug = subsystemSlug(name);
  return say(name, slug === null ? null : atlas.to.subsystem(slug));
}
