import type { KfuncRecord, State } from '../../data/schema/index.ts';
import type { TopicNote } from '../../data/notes.ts';
import { releasesBetween } from '../../data/versions.ts';
import { type Atlas, mainline, newestState } from '../atlas.ts';
import { hasProgram, hasFlag, hasSuffix } from './catalogue.ts';
import { foundIn } from '../life.ts';
import { place } from '../place.ts';
import { everyProgram, programName } from '../programs.ts';
import { kernelWords } from '../releases/release.ts';
import { type KfuncRow, kfuncRow } from '../rows.ts';
import { type Piece, code, count, list, say } from '../text.ts';
import { type TopicChange, topicChanges } from './topic-changes.ts';
import { flagWords, suffixWords } from '../words.ts';

/** A page about one flag, suffix or program type: what it is, and the kfuncs it concerns. */
export interface TopicPage {
  name: string;
  title: string;
  description: string;
  lead: Piece[];
  facts: { label: string; items: Piece[][] }[];
  groups: { id: string; title: string; rows: KfuncRow[] }[];
  changes: TopicChange[];
}

type Facts = TopicPage['facts'];

/** kfuncs that have it now, and those that had it once, as two tables. */
function groupsOf(
  atlas: Atlas,
  has: (state: State) => boolean,
  now: string,
  once: string,
): TopicPage['groups'] {
  const current = (k: KfuncRecord) => {
    const newest = newestState(k);
    return newest !== undefined && k.status !== 'removed' && has(newest.state);
  };
  const ever = atlas.dataset.kfuncs.filter((k) => k.lines.some((l) => l.states.some(has)));
  const rows = (records: KfuncRecord[]) => records.map((k) => kfuncRow(atlas, k));
  return [
    { id: 'now', title: now, rows: rows(ever.filter(current)) },
    { id: 'once', title: once, rows: rows(ever.filter((k) => !current(k))) },
  ].filter((g) => g.rows.length > 0);
}

/** Runs of mainline releases for which `knows` holds. */
function runsOf(atlas: Atlas, knows: (release: string) => boolean): string[][] {
  const runs: string[][] = [];
  let open: string[] | null = null;
  for (const { id } of atlas.line(mainline)) {
    if (!knows(id)) open = null;
    else if (open === null) runs.push((open = [id]));
    else open.push(id);
  }
  return runs;
}

/**
 * `since v6.0; last in v6.19`, of the releases that were read; and what the note says of releases that
 * were not, where these leave a gap.
 */
function knownIn(atlas: Atlas, knows: (release: string) => boolean, note: TopicNote | null): Facts {
  const runs = runsOf(atlas, knows);
  const newest = atlas.newest?.id;
  const known = runs.map((run): Piece[] => {
    const [first, last] = [run[0]!, run.at(-1)!];
    const since = [say('since '), ...foundIn(atlas, first)];
    if (last === newest) return since;
    return [...since, say('; last in '), say(last, atlas.to.release(last))];
  });
  const ids = atlas.line(mainline).map((r) => r.id);
  const isExact = (older: string | undefined, newer: string | undefined) =>
    older !== undefined && newer !== undefined && releasesBetween(older, newer) === 0;
  const [first, last] = [runs[0]?.[0], runs.at(-1)?.at(-1)];
  const told = (label: string, release: string | null | undefined, exact: boolean): Facts =>
    release == null || exact
      ? []
      : [
          {
            label,
            items: [[say(release, ids.includes(release) ? atlas.to.release(release) : null)]],
          },
        ];
  return [
    { label: 'Known', items: [known.length === 0 ? [say('in no release read')] : list(known)] },
    ...told('First release', note?.since, isExact(ids[ids.indexOf(first!) - 1], first)),
    ...told('Last release', note?.until, isExact(last, ids[ids.indexOf(last!) + 1])),
  ];
}

function sentence(words: string | null): string {
  return words === null ? '' : `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

export function flagPage(atlas: Atlas, name: string, note: TopicNote | null = null): TopicPage {
  const at = (id: string) => atlas.file(id).flags.find((f) => f.name === name);
  const latest = atlas.line(mainline).findLast((r) => at(r.id) !== undefined);
  const definition = latest && at(latest.id);
  const kernels = definition === undefined ? '' : kernelWords(atlas, definition.meaning);
  const title = `${name}: kfunc flag`;
  return {
    name,
    title,
    description: note?.description ?? title,
    lead: [say(sentence(flagWords(name)))],
    facts: [
      ...knownIn(atlas, (id) => at(id) !== undefined, note),
      ...(latest === undefined || definition === undefined
        ? []
        : [
            {
              label: `Defined in ${latest.id}`,
              items: [
                [
                  place(atlas, latest.id, definition.file, definition.line),
                  ...(definition.bit === null ? [] : [say(`, bit ${definition.bit}`)]),
                ],
              ],
            },
          ]),
      ...(kernels === '' ? [] : [{ label: 'The kernel’s words', items: [[say(kernels)]] }]),
    ],
    groups: groupsOf(atlas, hasFlag(name), 'kfuncs that have it', 'kfuncs that had it'),
    changes: topicChanges(atlas, hasFlag(name)),
  };
}

export function suffixPage(
  atlas: Atlas,
  literal: string,
  note: TopicNote | null = null,
): TopicPage {
  const at = (id: string) => atlas.file(id).suffixes.find((s) => s.literal === literal);
  const latest = atlas.line(mainline).findLast((r) => at(r.id) !== undefined);
  const check = latest && at(latest.id);
  const isType = check?.kind === 'type';
  const has = hasSuffix(atlas, literal);
  const title = `${literal}: ${isType ? 'type' : 'parameter'} suffix`;
  return {
    name: literal,
    title,
    description: note?.description ?? title,
    lead: [say(sentence(suffixWords(literal)))],
    facts: [
      ...knownIn(atlas, (id) => at(id) !== undefined, note),
      ...(latest === undefined || check === undefined
        ? []
        : [
            {
              label: `Checked in ${latest.id}`,
              items: [[place(atlas, latest.id, check.file, check.line)]],
            },
          ]),
    ],
    groups: groupsOf(
      atlas,
      has,
      isType ? 'kfuncs with such a type' : 'kfuncs with such a parameter',
      'kfuncs that had one',
    ),
    changes: topicChanges(atlas, has),
  };
}

export function programPage(atlas: Atlas, type: string, note: TopicNote | null = null): TopicPage {
  const isAll = type === everyProgram;
  const forAll = atlas.dataset.kfuncs.filter(
    (k) => k.status !== 'removed' && newestState(k)?.state.programTypes.includes(everyProgram),
  );
  const lead = isAll
    ? [say('kfuncs that programs of every type may call.')]
    : [
        say('kfuncs registered for '),
        code(type),
        say('. Programs of this type may also call '),
        say(
          `the ${count(forAll.length, 'kfunc')} for all program types`,
          atlas.to.program(everyProgram),
        ),
        say('. A filter can refuse some: the page of a kfunc says so.'),
      ];
  const name = isAll ? 'All program types' : programName(type);
  const title = `${name}: kfuncs by program type`;
  const has = hasProgram(type);
  return {
    name,
    title,
    description: note?.description ?? title,
    lead,
    facts: isAll ? [] : hookFacts(atlas, type),
    groups: groupsOf(atlas, has, 'Callable now', 'Callable once'),
    changes: topicChanges(atlas, has),
  };
}

/** The hook of the type, and which types share it, in each run of releases that agrees. */
function hookFacts(atlas: Atlas, type: string): Facts {
  const runs: { text: string; hook: string; others: string[]; first: string; last: string }[] = [];
  for (const { id } of atlas.line(mainline)) {
    const hook = atlas.file(id).hooks.find((h) => h.programTypes.includes(type));
    if (hook === undefined) continue;
    const others = hook.programTypes.filter((t) => t !== type);
    const text = `${hook.hook} ${others.join(' ')}`;
    if (runs.at(-1)?.text === text) runs.at(-1)!.last = id;
    else runs.push({ text, hook: hook.hook, others, first: id, last: id });
  }
  const items = runs
    .toReversed()
    .map(({ hook, others, first, last }): Piece[] => [
      say(first === last ? `${first}: ` : `${first} to ${last}: `),
      code(hook.replace(/^BTF_KFUNC_HOOK_/, '')),
      ...(others.length === 0 ? [say(', of this type alone')] : [say(', with ')]),
      ...list(others.map((t) => [say(programName(t), atlas.to.program(t))])),
    ]);
  return items.length === 0 ? [] : [{ label: 'Hook', items }];
}
