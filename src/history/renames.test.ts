import { expect, test } from 'vitest';
import type { KfuncReading } from '../kfunc/types.ts';
import { foldHistory } from './fold.ts';
import { kfunc, release, type Invented } from './testing.ts';

/** A body of some length that only `seed` tells from others. */
const bodyOf = (seed: string, length = 40) =>
  `{ ${Array.from({ length }, (_, i) => `${seed}${(i * 7) % length} =`).join(' ')} ; }`;
const docOf = (seed: string) =>
  Array.from({ length: 24 }, (_, i) => `${seed}${(i * 5) % 24}`).join(' ');

/** Others that stay, so that words of names have their weight. */
const rest = ['bpf_kettle_get', 'bpf_kettle_put', 'bpf_anvil_strike', 'tongs_release'].map((n) =>
  kfunc(n),
);

function foldOf(was: KfuncReading[], now: KfuncReading[]) {
  return foldHistory([release('v6.4', [...rest, ...was]), release('v6.5', [...rest, ...now])]);
}
function renamesOf(was: KfuncReading[], now: KfuncReading[]) {
  return foldOf(was, now).kfuncs.flatMap((k) =>
    k.replaces.map((r) => `${r.name} -> ${k.name}: ${r.evidence.join(' ')}`),
  );
}
const told = (was: [string, Invented][], now: [string, Invented][]) =>
  renamesOf(
    was.map(([n, i]) => kfunc(n, i)),
    now.map(([n, i]) => kfunc(n, i)),
  );

test('finds a kfunc under a new name by its body', () => {
  const same = { body: bodyOf('a'), params: 'struct kettle *k, u64 n' };
  expect(told([['bpf_kettle_boil', same]], [['bpf_heat_water', same]])).toEqual([
    'bpf_kettle_boil -> bpf_heat_water: same-body same-prototype',
  ]);
});

test('tells a rename on both names, beside the removal and the addition', () => {
  const same = { body: bodyOf('a') };
  const { kfuncs } = foldOf([kfunc('bpf_kettle_boil', same)], [kfunc('bpf_kettle_heat', same)]);
  const at = (name: string) => {
    const record = kfuncs.find((k) => k.name === name)!;
    return record.lines[0]!.changes.filter((c) => c.release === 'v6.5').map(
      (c) => `${c.kind} ${c.was.join()} > ${c.now.join()}`,
    );
  };
  expect(at('bpf_kettle_boil')).toEqual([
    'removed int bpf_kettle_boil(struct kettle *k) > ',
    'renamed bpf_kettle_boil > bpf_kettle_heat',
  ]);
  expect(at('bpf_kettle_heat')).toEqual([
    'added  > int bpf_kettle_heat(struct kettle *k)',
    'renamed bpf_kettle_boil > bpf_kettle_heat',
  ]);
  expect(kfuncs.find((k) => k.name === 'bpf_kettle_boil')).toMatchObject({
    status: 'removed',
    replaces: [],
    replacedBy: [
      { name: 'bpf_kettle_heat', release: 'v6.5', evidence: ['same-body', 'same-prototype'] },
    ],
  });
});

test('tells two short members of a family apart by what their names and docs share', () => {
  const call = (callee: string) => `{ return ${callee} ( ( const struct mask * ) mask ) ; }`;
  const params = 'const struct mask *mask';
  const was: [string, Invented][] = [
    ['bpf_mask_any', { params, body: call('mask_any'), doc: docOf('any') }],
    ['bpf_mask_any_and', { params, body: call('mask_any_and'), doc: docOf('and') }],
  ];
  const now: [string, Invented][] = [
    ['bpf_mask_any_spread', { params, body: call('mask_any_spread'), doc: docOf('any') }],
    ['bpf_mask_any_and_spread', { params, body: call('mask_any_and_spread'), doc: docOf('and') }],
    ['bpf_mask_first_and', { params, body: call('mask_first_and'), doc: docOf('first') }],
  ];
  const found = told(was, now).map((text) => text.split(':')[0]);
  expect(found).toEqual([
    'bpf_mask_any_and -> bpf_mask_any_and_spread',
    'bpf_mask_any -> bpf_mask_any_spread',
  ]);
});

test('finds a rename that changed the type of the parameter too', () => {
  const found = told(
    [['cup_stat_flush', { params: 'struct cup *cup', doc: docOf('flush') }]],
    [['saucer_stat_flush', { params: 'struct saucer *saucer', doc: docOf('flush') }]],
  );
  expect(found).toEqual(['cup_stat_flush -> saucer_stat_flush: similar-doc']);
});

test('finds one that follows the pattern of another rename in the same file', () => {
  const was: [string, Invented][] = [
    ['cup_stat_flush', { params: 'struct cup *cup', doc: docOf('flush') }],
    ['cup_stat_updated', { params: 'struct cup *cup, int cpu', body: bodyOf('old') }],
  ];
  const now: [string, Invented][] = [
    ['saucer_stat_flush', { params: 'struct saucer *saucer', doc: docOf('flush') }],
    ['saucer_stat_updated', { params: 'struct saucer *saucer, int cpu', body: bodyOf('new') }],
  ];
  expect(told(was, now)).toContain('cup_stat_updated -> saucer_stat_updated: same-renaming');
  // Without the other one, names alone are not enough.
  expect(told(was.slice(1), now.slice(1))).toEqual([]);
});

test('does not take a kfunc of another file for one that follows a pattern', () => {
  const was: [string, Invented][] = [
    ['cup_stat_flush', { doc: docOf('flush') }],
    ['cup_stat_updated', {}],
  ];
  const now: [string, Invented][] = [
    ['saucer_stat_flush', { doc: docOf('flush') }],
    ['saucer_stat_updated', { file: 'drivers/saucer.c', params: 'u32 n' }],
  ];
  expect(told(was, now)).toHaveLength(1);
});

test('follows a file that moved, by the kfuncs that kept their names', () => {
  const stays = (file: string): [string, Invented] => ['stove_light', { file }];
  const [before, after] = ['kernel/stove.c', 'kernel/stove/stove.c'];
  const was: [string, Invented][] = [
    stays(before),
    ['stove_dispatch', { file: before, body: bodyOf('a') }],
    ['stove_dispatch_late', { file: before, params: 'u64 late' }],
  ];
  const now: [string, Invented][] = [
    stays(after),
    ['stove_insert', { file: after, body: bodyOf('a') }],
    ['stove_insert_late', { file: after, params: 'u64 late' }],
  ];
  expect(told(was, now)).toContain(
    'stove_dispatch_late -> stove_insert_late: same-prototype same-renaming',
  );
});

test('claims nothing for kfuncs that leave while others come', () => {
  const was: [string, Invented][] = [
    ['bpf_cup_kptr_get', { params: 'struct cup **p', body: bodyOf('x') }],
    ['bpf_cup_acquire_not_zero', { params: 'struct cup *p', body: bodyOf('y') }],
  ];
  const now: [string, Invented][] = [
    ['bpf_iter_spoon_new', { params: 'struct iter *it, int from', body: bodyOf('u') }],
    ['bpf_spoon_acquire', { params: 'struct cup *p', body: bodyOf('v') }],
  ];
  expect(told(was, now)).toEqual([]);
});

test('does not take one trivial body for another', () => {
  const trivial = { body: '{ return 0 ; }', params: 'u32 flags' };
  const elsewhere = { ...trivial, file: 'net/spoon.c', params: 'u64 cookie' };
  expect(told([['bpf_cup_ping', trivial]], [['bpf_spoon_warm', elsewhere]])).toEqual([]);
});

test('claims nothing where two fit about as well, and says so', () => {
  const same = { body: bodyOf('a') };
  const was = [kfunc('bpf_cup_fill', same)];
  const now = [kfunc('bpf_cup_pour', same), kfunc('bpf_cup_dump', same)];
  expect(renamesOf(was, now)).toEqual([]);
  expect(foldOf(was, now).diagnostics).toMatchObject([
    {
      code: 'ambiguous-rename',
      severity: 'info',
      release: 'v6.5',
      message: 'bpf_cup_fill may have become bpf_cup_dump or bpf_cup_pour: no rename is told.',
    },
  ]);
});

test('does not let an attach point become a kfunc by another name', () => {
  const same = { body: bodyOf('a') };
  const found = told(
    [['cup_event', { ...same, roles: ['attach-point'] }]],
    [['cup_event_new', same]],
  );
  expect(found).toEqual([]);
});

test('pairs a name and its _impl when the verifier took over an argument', () => {
  const found = told(
    [
      [
        'bpf_timer_arm_impl',
        { params: 'struct timer *t, u32 n, void *aux__prog', body: '{ return arm ( t , n ) ; }' },
      ],
    ],
    [
      [
        'bpf_timer_arm',
        {
          params: 'struct timer *t, u32 n | struct bpf_prog_aux *aux',
          body: '{ return arm_with ( t , aux ) ; }',
        },
      ],
    ],
  );
  expect(found).toEqual(['bpf_timer_arm_impl -> bpf_timer_arm: same-prototype name-pair']);
});

test('does not pair a name and its _impl by the names alone', () => {
  const found = told(
    [['bpf_timer_arm_impl', { params: 'u64 cookie', returns: 'void', file: 'a.c' }]],
    [['bpf_timer_arm', { params: 'struct kettle *k, u32 n', file: 'b.c' }]],
  );
  expect(found).toEqual([]);
});

test('pairs a name and its _impl when that takes more', () => {
  const found = told(
    [['bpf_shelf_add', { params: 'struct shelf *s, struct cup *c', returns: 'void' }]],
    [['bpf_shelf_add_impl', { params: 'struct shelf *s, struct cup *c, void *meta, u64 off' }]],
  );
  expect(found).toEqual(['bpf_shelf_add -> bpf_shelf_add_impl: similar-prototype name-pair']);
});

test('follows a name that leaves for its _impl and comes back with another prototype', () => {
  const body = { body: bodyOf('stream') };
  const name = 'bpf_stream_print';
  const { kfuncs } = foldHistory([
    release('v6.17', [...rest, kfunc(name, body)]),
    release('v6.18', [...rest, kfunc(`${name}_impl`, body)]),
    release('v7.0', [...rest, kfunc(name, { ...body, params: 'int id, void *args' })]),
  ]);
  const record = kfuncs.find((k) => k.name === name)!;
  expect(record.replacedBy).toMatchObject([{ name: `${name}_impl`, release: 'v6.18' }]);
  expect(record.replaces).toMatchObject([{ name: `${name}_impl`, release: 'v7.0' }]);
  expect(record.lines[0]!.spans).toEqual([
    { first: 'v6.17', after: null, last: 'v6.17', goneIn: 'v6.18' },
    { first: 'v7.0', after: 'v6.18', last: null, goneIn: null },
  ]);
  expect(record.lines[0]!.changes.map((c) => `${c.release} ${c.kind}`)).toEqual([
    'v6.17 added',
    'v6.18 removed',
    'v6.18 renamed',
    'v7.0 returned',
    'v7.0 renamed',
    'v7.0 prototype',
  ]);
});

test('does not look for renames among more kfuncs than a release can have', () => {
  const many = (prefix: string) =>
    Array.from({ length: 230 }, (_, i) => kfunc(`${prefix}_${i}`, { body: bodyOf('a', 12) }));
  const history = foldHistory([release('v6.1', many('cup')), release('v6.2', many('spoon'))]);
  expect(history.diagnostics.map((d) => d.code)).toEqual(['too-many-renames']);
  expect(history.kfuncs.every((k) => k.replaces.length === 0)).toBe(true);
});
