import type { Indexed } from './engine.ts';
import { indexWords, loadWords } from './engine.ts';
import type { Entries, KfuncEntry, TopicEntry } from './entry.ts';
import { type Answer, makeSearch } from './rank.ts';
import { nameWords, proseWords, typeWords } from './words.ts';

/** A kfunc that is there, of an invented subsystem. */
export function kfuncEntry(name: string, more: Partial<KfuncEntry> = {}): KfuncEntry {
  return {
    kind: 'kfunc',
    name,
    summary: `Does ${name}.`,
    isCode: false,
    since: 'v6.1',
    first: 'v6.1',
    status: 'there',
    life: 'still there',
    role: 'kfunc',
    subsystem: 'LAMPS [OIL]',
    flags: [],
    programs: ['XDP'],
    suffixes: [],
    files: ['kernel/lamp.c'],
    old: [],
    now: [],
    ...more,
  };
}

export function topicEntry(kind: TopicEntry['kind'], name: string): TopicEntry {
  return { kind, name, path: `${kind}/${name}/`, words: `About ${name}.` };
}

/** What can be found in a test: four releases, some lamps. */
export const entries: Entries = {
  releases: ['v6.1', 'v6.6', 'v6.8', 'v6.12'],
  kfuncs: [
    kfuncEntry('bpf_lamp_acquire', { flags: ['KF_ACQUIRE', 'KF_RET_NULL'] }),
    kfuncEntry('bpf_lamp_acquire_any', { since: 'v6.8', flags: ['KF_ACQUIRE', 'KF_RCU'] }),
    kfuncEntry('bpf_lamp_release', { flags: ['KF_RELEASE'], programs: ['SCHED_CLS'] }),
    kfuncEntry('bpf_oil_pour', { status: 'removed', life: 'gone in v6.8', now: ['bpf_oil_fill'] }),
    kfuncEntry('bpf_oil_fill', { since: 'v6.8', old: ['bpf_oil_pour'], suffixes: ['__sz'] }),
    kfuncEntry('lamp_test', { role: 'test', programs: ['all'], files: ['tools/lamp_test.c'] }),
    kfuncEntry('bpf_wick_trim', { status: 'deprecated', subsystem: 'WICKS', since: 'v6.6' }),
  ],
  topics: [
    topicEntry('flag', 'KF_ACQUIRE'),
    topicEntry('flag', 'KF_RCU'),
    topicEntry('program type', 'XDP'),
    topicEntry('release', 'v6.8'),
    topicEntry('guide', 'What a lamp is'),
  ],
};

/** Searches `what` as the site does; each kfunc takes a `struct lamp *`, and tells of brightness. */
export function searchIn(what: Entries = entries): (text: string) => Answer {
  const none = { old: [], flags: [], types: [], about: [], doc: [] };
  const words = indexWords([
    ...what.kfuncs.map((k, id): Indexed => ({
      id,
      name: nameWords(k.name),
      old: k.old.flatMap(nameWords),
      flags: k.flags.flatMap(nameWords),
      types: typeWords('struct lamp *'),
      about: proseWords(`${k.programs.join(' ')} ${k.files.join(' ')}`),
      doc: ['brightness'],
    })),
    ...what.topics.map((t, i): Indexed => ({
      ...none,
      id: what.kfuncs.length + i,
      name: [...nameWords(t.name), ...proseWords(t.name.replace(/^v/, ''))],
    })),
  ]);
  return makeSearch(what, loadWords(JSON.parse(JSON.stringify(words)) as typeof words));
}
