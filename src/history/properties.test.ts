import { describe, expect, test } from 'vitest';
import { random, type Random } from '../../tests/sample/random.ts';
import { kfuncRecordSchema, releaseFileSchema } from '../data/schema/index.ts';
import type { KfuncRecord } from '../data/schema/index.ts';
import type { KfuncReading, ReleaseReading } from '../kfunc/types.ts';
import { foldHistory } from './fold.ts';
import { KINDS } from './changes.ts';
import { sameFacts } from './states.ts';
import { kfunc, release, words, type Invented } from './testing.ts';

const names = ['cup_get', 'cup_put', 'cup_fill', 'mug_get', 'mug_put', 'mug_fill', 'bpf_cup_new'];
const all = [...names, ...names.map((name) => `${name}_impl`), ...names.map((n) => `${n}___v2`)];
const ids = ['v5.18', 'v5.19', 'v6.0', 'v6.1', 'v6.2', 'v6.18', 'v6.19', 'v7.0', 'v7.1'];

function inventedBy(rnd: Random): Invented {
  const other = rnd.pick(all);
  return {
    flags: rnd.pick([[], ['KF_RCU'], ['KF_TRUSTED_ARGS'], ['KF_ACQUIRE', 'KF_TRUSTED_ARGS']]),
    params: rnd.pick(['struct cup *c', 'u32 n', 'struct cup *c | struct bpf_prog_aux *aux']),
    types: rnd.pick([['BPF_PROG_TYPE_XDP'], ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING']]),
    roles: rnd.pick([['kfunc'], ['kfunc'], ['attach-point'], ['kfunc', 'destructor']]),
    file: rnd.pick(['kernel/cup.c', 'kernel/mug.c']),
    doc: rnd.pick([null, 'fills a cup with tea', 'fills a mug']),
    deprecation: rnd.pick([[], [], [words({ instead: other })]]),
    body: rnd.pick([undefined, '{ return 0 ; }', null]),
    wraps: rnd.pick([null, null, other]),
  };
}

/** Releases in which kfuncs come, stay as they are for a while, change and go. */
function readingsBy(seed: number): ReleaseReading[] {
  const rnd = random(seed);
  const current = new Map<string, KfuncReading>();
  return ids.map((id) => {
    for (const name of all) {
      if (rnd.chance(0.35)) current.set(name, kfunc(name, inventedBy(rnd)));
      else if (rnd.chance(0.2)) current.delete(name);
    }
    const flags = ['KF_ACQUIRE', 'KF_RCU', ...(id < 'v7' ? ['KF_TRUSTED_ARGS'] : [])];
    return release(id, [...current.values()], { flags });
  });
}

const lineOf = (record: KfuncRecord) => record.lines[0]!;
const at = (id: string) => ids.indexOf(id);
const find = (reading: ReleaseReading, name: string) => reading.kfuncs.find((k) => k.name === name);

describe.each(Array.from({ length: 25 }, (_, i) => i + 1))(
  'with the readings of seed %i',
  (seed) => {
    const readings = readingsBy(seed);
    const history = foldHistory(readings);

    test('keeps the schema', () => {
      for (const record of history.kfuncs) kfuncRecordSchema.parse(record);
      for (const file of history.releaseFiles) releaseFileSchema.parse(file);
    });

    test('has spans that do not overlap and hold just the releases with the kfunc', () => {
      for (const record of history.kfuncs) {
        const { spans } = lineOf(record);
        const within = ids.map(
          (id) =>
            spans.filter((s) => at(s.first) <= at(id) && (s.last === null || at(id) <= at(s.last)))
              .length,
        );
        expect(within).toEqual(readings.map((r) => (find(r, record.name) ? 1 : 0)));
      }
    });

    test('has states that cover just the spans, with the facts of each release', () => {
      for (const record of history.kfuncs) {
        readings.forEach((reading, i) => {
          const facts = find(reading, record.name)?.facts;
          const states = lineOf(record).states.filter(
            (s) => at(s.from) <= i && (s.to === null || i <= at(s.to)),
          );
          expect(states).toHaveLength(facts ? 1 : 0);
          const [state] = states;
          if (!state || !facts) return;
          const { from, to, ...told } = state;
          expect(sameFacts(told, facts), `${record.name} ${from} ${to}`).toBe(true);
        });
      }
    });

    test('tells changes in order, one a kind and release, each of which is one', () => {
      for (const { lines } of history.kfuncs) {
        const places = lines[0]!.changes.map((c) => at(c.release) * 100 + KINDS.indexOf(c.kind));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const change of lines[0]!.changes) expect(change.was).not.toEqual(change.now);
      }
    });

    test('names events that the release tells, and both sides of each replacement', () => {
      const events = new Map(history.releaseFiles.map((f) => [f.id, f.events.map((e) => e.id)]));
      for (const record of history.kfuncs) {
        for (const { release: id, event } of lineOf(record).changes) {
          if (event !== null) expect(events.get(id)).toContain(event);
        }
        for (const { name, ...rest } of record.replaces) {
          const other = history.kfuncs.find((k) => k.name === name)!;
          expect(other.replacedBy).toContainEqual({ name: record.name, ...rest });
        }
      }
    });

    test('does not depend on the order of what it is given', () => {
      const turned = readings.toReversed().map((r) => ({ ...r, kfuncs: r.kfuncs.toReversed() }));
      const again = foldHistory(turned);
      expect(JSON.stringify(again.kfuncs)).toBe(JSON.stringify(history.kfuncs));
      expect(JSON.stringify(again.releaseFiles)).toBe(JSON.stringify(history.releaseFiles));
    });

    test('changes no record by a further release in which nothing changed', () => {
      const last = readings.at(-1)!;
      const more = release('v7.2', last.kfuncs, { flags: last.flags.map((f) => f.name) });
      expect(foldHistory([...readings, more]).kfuncs).toEqual(history.kfuncs);
    });

    test('changes only the records of kfuncs that change in a further release', () => {
      const last = readings.at(-1)!;
      const changed = kfunc('bpf_cup_new', { config: 'CONFIG_NEW', body: '{ brand ( new ) ; }' });
      const kfuncs = [...last.kfuncs.filter((k) => k.name !== changed.name), changed];
      const more = release('v7.2', kfuncs, { flags: last.flags.map((f) => f.name) });
      const involved = new Set([changed.name, 'bpf_cup_new_impl', 'bpf_cup_new___v2']);
      // Its words stand in other kfuncs, which may point to it once it is there.
      for (const k of last.kfuncs) {
        if (k.facts.deprecation.some((d) => d.instead === changed.name)) involved.add(k.name);
      }
      const before = history.kfuncs.filter((k) => !involved.has(k.name));
      const after = foldHistory([...readings, more]).kfuncs.filter((k) => !involved.has(k.name));
      expect(after).toEqual(before);
    });

    test('only widens the bounds of spans when a release in the middle is left out', () => {
      for (let left = 1; left < ids.length - 1; left++) {
        const fewer = foldHistory(readings.filter((_, i) => i !== left));
        for (const { name, lines } of history.kfuncs) {
          const spans = fewer.kfuncs.find((k) => k.name === name)?.lines[0]!.spans ?? [];
          // A run that was in that release alone is lost, and two around it become one.
          if (spans.length !== lines[0]!.spans.length) continue;
          spans.forEach((span, i) => {
            const full = lines[0]!.spans[i]!;
            expect(at(span.first)).toBeGreaterThanOrEqual(at(full.first));
            expect(at(span.after ?? '')).toBeLessThanOrEqual(at(full.after ?? ''));
            expect(at(span.goneIn ?? '')).toBeGreaterThanOrEqual(at(full.goneIn ?? ''));
            expect(span.goneIn === null).toBe(full.goneIn === null);
          });
        }
      }
    });
  },
);
