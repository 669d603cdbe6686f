import type { ReleaseFile, TreeEvent } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';
import type { View } from './view.ts';
import { listed, repeated, sameItems, sameList } from './words.ts';

/** What a release knows, by the kinds of events that tell of it. */
function known(file: ReleaseFile): Record<'flag' | 'suffix' | 'jit', Set<string>> {
  return {
    flag: new Set(file.flags.map((flag) => flag.name)),
    suffix: new Set(file.suffixes.map((suffix) => suffix.literal)),
    jit: new Set(file.jit.map((jit) => jit.arch)),
  };
}

/** Flags that kfuncs of a release have: one that only gets a name is not added. */
function usedFlags(view: View, release: string): Set<string> {
  const states = view.dataset.kfuncs.map((record) => view.stateAt(record, release));
  return new Set(
    states.flatMap((s) => (s ? [...s.flags, ...s.sets.flatMap((set) => set.flags)] : [])),
  );
}

/** Kind and subject of the events by which two releases differ in flags, suffixes and architectures. */
function expectedOf(view: View, was: ReleaseFile, now: ReleaseFile): string[] {
  const [before, after] = [known(was), known(now)];
  return (['flag', 'suffix', 'jit'] as const).flatMap((what) => {
    const added = [...after[what]].filter((name) => !before[what].has(name));
    const removed = [...before[what]].filter((name) => !after[what].has(name));
    const used = (release: string) => (what === 'flag' ? usedFlags(view, release) : new Set());
    return [
      ...added.filter((name) => !used(was.id).has(name)).map((name) => `${what}-added ${name}`),
      ...removed
        .filter((name) => !used(now.id).has(name))
        .map((name) =>
          name === 'KF_TRUSTED_ARGS' ? `trusted-by-default ${name}` : `${what}-removed ${name}`,
        ),
    ];
  });
}

/** A hook that only got another name is no change, and 5.17 had none to change. */
function* hooksDiffer(
  events: readonly TreeEvent[],
  was: ReleaseFile,
  now: ReleaseFile,
): Generator<{ hook: string; message: string }> {
  const typesOf = ({ hooks }: ReleaseFile, hook: string) =>
    hooks.find((h) => h.hook === hook)?.programTypes ?? [];
  for (const event of events) {
    const hook = event.subject;
    if (sameItems(event.was, event.now)) yield { hook, message: 'is told to change, and does not' };
    if (!sameList(event.now, typesOf(now, hook))) {
      yield { hook, message: `is told to be ${listed(event.now)} in ${now.id}` };
    }
    if (event.was.length > 0 && !was.hooks.some((h) => sameList(h.programTypes, event.was))) {
      yield { hook, message: `is told to have been ${listed(event.was)} in ${was.id}` };
    }
  }
  for (const { hook, programTypes } of now.hooks) {
    const before = typesOf(was, hook);
    if (before.length === 0 || sameItems(before, programTypes)) continue;
    if (events.some((event) => event.subject === hook)) continue;
    yield { hook, message: 'has other program types, and no event tells it' };
  }
}

function* one(view: View, file: ReleaseFile): Generator<Finding> {
  for (const id of repeated(file.events.map((event) => event.id))) {
    yield { subject: id, release: file.id, message: 'is told twice' };
  }
  const before = view.before(file.id);
  const was = before === null ? undefined : view.file(before);
  if (was === undefined) {
    const line = view.entry(file.id)?.line ?? '';
    // Of a line that every record has as its base has it, the base is not known here.
    if (view.idsOf(line)[0] === file.id && line !== 'mainline') return;
    for (const { id } of file.events) {
      yield { subject: id, release: file.id, message: 'is told, but nothing came before' };
    }
    return;
  }
  const expected = expectedOf(view, was, file);
  const others = file.events.filter((event) => event.kind !== 'hook-changed');
  const told = others.map(({ kind, subject }) => `${kind} ${subject}`);
  for (const text of told.filter((t) => !expected.includes(t))) {
    yield { subject: text, release: file.id, message: `is told, but ${was.id} does not differ so` };
  }
  for (const text of expected.filter((t) => !told.includes(t))) {
    yield { subject: text, release: file.id, message: 'happened, and no event tells it' };
  }
  const hooks = file.events.filter((event) => event.kind === 'hook-changed');
  for (const { hook, message } of hooksDiffer(hooks, was, file)) {
    yield { subject: hook, release: file.id, message };
  }
}

export const eventsMatchReleases: DatasetCheck = {
  name: 'events-match-releases',
  description:
    'The events of a release tell how its flags, suffixes, hooks and architectures differ from the release before, and nothing else.',
  *check(view) {
    for (const file of view.dataset.releaseFiles) yield* one(view, file);
  },
};
