/** What speaks for or against building on a kfunc: counts with links, after the kernel's own rules. */
import type { Change, KfuncRecord, ReleaseEntry, State } from '../../data/schema/index.ts';
import { releasesBetween } from '../../data/versions.ts';
import { gravest } from '../../diff/difference.ts';
import { meaningsOf } from '../../diff/meanings.ts';
import type { Meaning, Severity } from '../../diff/types.ts';
import { anchor } from '../address.ts';
import { type Atlas, mainline, newestState, releasesOf } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { documentHref } from './examples.ts';
import { own, place } from '../place.ts';
import { type Piece, count, list, say } from '../text.ts';

/** What a change of a kfunc means, the gravest first, by the rules of src/diff/severity.ts. */
export function meaningsIn(atlas: Atlas, record: KfuncRecord, change: Change): Meaning[] {
  if (change.after === null) return [];
  const from = change.kind === 'renamed' ? (change.was[0] ?? record.name) : record.name;
  const older = atlas.kfunc(from) ?? record;
  return meaningsOf(change, {
    was: atlas.stateAt(older, change.after) ?? null,
    now: atlas.stateAt(record, change.release) ?? null,
    older: atlas.file(change.after),
    newer: atlas.file(change.release),
  });
}

/** The gravest of what a change means. */
export function breaksOf(atlas: Atlas, record: KfuncRecord, change: Change): Severity {
  return gravest(meaningsIn(atlas, record, change).map((m) => m.severity));
}

/** A program of the kernel's tree that calls the kfunc. */
export interface UserGroup {
  /** `Selftests`, `sched_ext schedulers`, … */
  title: string;
  files: Piece[];
}

export interface Evidence {
  facts: { label: string; items: Piece[][] }[];
  users: {
    /** `14 programs of v7.3’s tree call it: 3 sched_ext, 11 selftests.` */
    lead: Piece[];
    groups: UserGroup[];
  };
}

/**
 * What Documentation/bpf/kfuncs.rst ("kfunc lifecycle expectations") weighs when a kfunc is to change: how
 * widely it is used, how long it has been there, whether there is an alternative. As of the newest
 * release that has it; null for one that no release defines.
 */
export function evidenceOf(
  atlas: Atlas,
  record: KfuncRecord,
  alternatives: readonly string[],
): Evidence | null {
  const newest = newestState(record);
  if (newest === undefined) return null;
  const release = releasesOf(atlas, newest.line, newest.state).at(-1);
  if (release === undefined) return null;
  const users = usersOf(atlas, record, release);
  return {
    facts: [
      { label: 'Age', items: ageItems(atlas, record, release) },
      { label: 'Last break', items: breakItems(atlas, record) },
      { label: 'In-tree users', items: [users.lead] },
      { label: 'Alternatives', items: alternativeItems(atlas, alternatives) },
      { label: 'Documented', items: documentedItems(atlas, record, newest.state, release) },
    ].filter((fact) => fact.items.length > 0),
    users,
  };
}

function ageItems(atlas: Atlas, record: KfuncRecord, last: ReleaseEntry): Piece[][] {
  const spans = record.lines.find((l) => l.id === mainline)?.spans ?? [];
  const first = spans[0];
  if (first === undefined) return [];
  const has = atlas
    .line(mainline)
    .filter(({ id }) => atlas.stateAt(record, id) !== undefined).length;
  const read = count(atlas.line(mainline).length, 'release');
  const numbers = releasesBetween(first.first, last.id);
  const isExact = first.after !== null && (releasesBetween(first.after, first.first) ?? 0) === 0;
  const oldest = atlas.release(first.first);
  const years =
    oldest.exact && last.exact
      ? (Date.parse(last.date) - Date.parse(oldest.date)) / (365.25 * 24 * 3600 * 1000)
      : null;
  const least = isExact ? '' : 'at least ';
  const told =
    first.first === last.id || numbers === null || spans.length > 1
      ? []
      : [
          say(
            `${least}${count(numbers + 2, 'release')}${years === null || years < 0.1 ? '' : `, ${years.toFixed(1)} years`}, `,
          ),
          say(first.first, `#${anchor(first.first)}`),
          say(' to '),
          say(last.id, `#${anchor(last.id)}`),
          say('; '),
        ];
  return [[...told, say(`in ${has} of the ${read} read`)]];
}

/** Every change that kept programs of before from loading, newest first. */
function breakItems(atlas: Atlas, record: KfuncRecord): Piece[][] {
  const line = record.lines.find((l) => l.id === mainline);
  if (line === undefined) return [];
  const breaks = line.changes
    .flatMap((change) => {
      // The end of an old name is the beginning of this one.
      if (change.kind === 'renamed' && change.now.includes(record.name)) return [];
      const told = meaningsIn(atlas, record, change).filter((m) => m.severity === 'breaks-load');
      return told.length === 0 ? [] : [{ release: change.release, told }];
    })
    .sort((a, b) => atlas.order(b.release) - atlas.order(a.release));
  if (breaks.length === 0) {
    const { newest } = atlas;
    return [[say(`none${newest === undefined ? '' : ` up to ${newest.id}`}`)]];
  }
  const [last] = breaks;
  const since = atlas.newest === undefined ? null : releasesBetween(last!.release, atlas.newest.id);
  const ago =
    since === null || atlas.newest!.id === last!.release
      ? ''
      : `, ${count(since + 1, 'release')} ago`;
  const releases = new Set(breaks.map((one) => one.release)).size;
  return [
    [
      say(last!.release, `#${anchor(last!.release)}`),
      say(`${ago}: ${last!.told.map((m) => m.text).join('; ')}`),
    ],
    ...(releases > 1 ? [[say(`${releases} releases broke programs in all`)]] : []),
  ];
}

const userKinds: [title: string, one: string, test: RegExp][] = [
  ['sched_ext schedulers', 'in tools/sched_ext', /^tools\/sched_ext\//],
  ['HID-BPF programs', 'HID-BPF', /^drivers\/hid\/bpf\//],
  ['Samples', 'in samples', /^samples\//],
  ['Selftests', 'selftests', /^tools\/testing\/selftests\//],
  ['Others', 'elsewhere', /^/],
];

function usersOf(atlas: Atlas, record: KfuncRecord, release: ReleaseEntry): Evidence['users'] {
  const files = own(atlas.file(release.id).users, record.name) ?? [];
  if (files.length === 0) {
    return { lead: [say(`none was found in the tree of ${release.id}`)], groups: [] };
  }
  const kindOf = (file: string) => userKinds.find(([, , test]) => test.test(file))!;
  const groups = userKinds.flatMap((kind) => {
    const those = files.filter((file) => kindOf(file) === kind);
    return those.length === 0 ? [] : [{ kind, those }];
  });
  return {
    lead: [
      say(`${count(files.length, 'file')} of BPF code in ${release.id}`, '#users'),
      say(`: ${groups.map(({ kind, those }) => `${those.length} ${kind[1]}`).join(', ')}`),
    ],
    groups: groups.map(({ kind: [title], those }) => ({
      title,
      files: those.map((file) => place(atlas, release.id, file, null)),
    })),
  };
}

function alternativeItems(atlas: Atlas, names: readonly string[]): Piece[][] {
  if (names.length === 0) return [[say('none is known')]];
  return [list(names.map((name) => [kfuncName(atlas, name)]))];
}

function documentedItems(
  atlas: Atlas,
  record: KfuncRecord,
  state: State,
  release: ReleaseEntry,
): Piece[][] {
  const kinds = {
    'kernel-doc': 'kernel-doc above its definition',
    comment: 'a comment above its definition, no kernel-doc',
    none: 'no words above its definition',
  };
  const examples = own(atlas.file(release.id).examples, record.name) ?? [];
  const files = [...new Set(examples.map((e) => e.file))];
  const pages = files.map((file) => [
    say(file.replace(/^Documentation\//, ''), documentHref(release, file, null)),
  ]);
  return [
    [
      say(kinds[state.doc.kind]),
      ...(pages.length === 0 ? [] : [say('; shown in '), ...list(pages)]),
    ],
  ];
}
