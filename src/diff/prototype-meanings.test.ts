import { describe, expect, test } from 'vitest';
import { state } from '../data/test-dataset.ts';
import { declared, prototypes } from './testing.ts';

describe('prototypes', () => {
  test('one more or fewer argument is refused by libbpf', () => {
    expect(prototypes('u32 nr', 'u32 nr, u64 flags')).toEqual([
      'parameter-added: takes one more argument, flags',
    ]);
    expect(prototypes('u32 nr, u64 a, u64 b', 'u32 nr')).toEqual([
      'parameter-removed: takes 2 fewer arguments, a and b',
    ]);
    expect(prototypes('u32 nr, u64 a', 'u32 x, u32 y, u32 z')).toEqual([
      'parameter-added: takes 3 arguments instead of 2',
    ]);
  });
  test('what the verifier supplies is no argument', () => {
    const now = declared('u32 nr');
    const params = [
      ...now.prototype!.params,
      { name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true },
    ];
    const prototype = { ...now.prototype!, kernel: 'int bpf_lamp(u32 nr, …)', params };
    expect(prototypes('u32 nr', { ...now, prototype })).toEqual([
      'kernel-prototype-changed: has another prototype in the kernel; programs see the same',
    ]);
  });
  test('nothing is said where a definition was not found', () => {
    expect(prototypes('u32 nr', state('v6.12', null, { prototype: null }))).toEqual([]);
  });
  test.each([
    ['u32 nr', 'struct lamp *nr', 'incompatible-type'],
    ['void *p', 'struct lamp *p', 'incompatible-type'],
    ['struct lamp *p', 'union lamp *p', 'incompatible-type'],
    ['int *p', 'struct lamp *p', 'incompatible-type'],
    ['u32 kind', 'enum lamp kind', 'incompatible-type'],
    ['struct lamp *p', 'struct lamp **p', 'incompatible-type'],
    ['struct lamp *p', 'struct torch *p', 'struct-changed'],
    ['u32 nr', 'u64 nr', 'integer-changed'],
    ['u32 *p', 'u64 *p', 'integer-changed'],
    ['u32 nr', 's32 nr', 'integer-respelled'],
    ['unsigned long nr', 'size_t nr', 'integer-respelled'],
    ['enum lamp kind', 'enum torch kind', 'integer-respelled'],
    ['struct lamp *p', 'const struct lamp *p', 'const-changed'],
    ['const struct lamp *p', 'struct lamp *p', 'const-changed'],
    ['void *p', 'void __user *p', 'const-changed'],
    ['lamp_t nr', 'u32 nr', 'type-changed'],
    ['struct lamp **p', 'struct torch **p', 'type-changed'],
    ['int nr', 'int number', 'parameter-renamed'],
  ])('%s that becomes %s is %s', (was, now, rule) => {
    expect(prototypes(was, now).map((text) => text.split(':', 1)[0])).toEqual([rule]);
  });
  test('what is returned is held against the same rules, but for another struct', () => {
    const returns = (was: string, now: string) =>
      prototypes(declared('u32 nr', was), declared('u32 nr', now)).join();
    expect(returns('void', 'int')).toBe('incompatible-type: returns int, not void');
    expect(returns('struct lamp *', 'struct torch *')).toBe(
      'returned-struct-changed: returns struct torch *, not struct lamp *',
    );
    expect(returns('u32', 'u64')).toBe('integer-changed: returns u64, not u32');
  });
  test('types are told with the whole name of the parameter, the gravest first', () => {
    expect(prototypes('u32 a__k, struct lamp *b', 'u64 a__k, void *b')).toEqual([
      'incompatible-type: takes void * as b, not struct lamp *',
      'integer-changed: takes u64 as a__k, not u32',
    ]);
  });
  test('parameters are matched by name where their number differs', () => {
    expect(prototypes('s32 *map, u32 map__sz', 'struct lamp *l, s64 *map, u32 map__sz')).toEqual([
      'parameter-added: takes one more argument, l',
      'integer-changed: takes s64 * as map, not s32 *',
    ]);
  });
});

describe('suffixes', () => {
  test.each([
    ['u32 nr', 'u32 nr__k', 'suffix-stricter: nr__k must be a constant'],
    ['u32 nr__k', 'u32 nr', 'suffix-looser: nr need not be a constant'],
    ['void *p', 'void *p__nullable', 'suffix-looser: p__nullable may be NULL'],
    ['void *p__nullable', 'void *p', 'suffix-stricter: p must not be NULL'],
    ['void *p__ign', 'void *p', 'suffix-stricter: p is looked at'],
    [
      'u32 n__sz',
      'u32 n__szk',
      'suffix-stricter: n__szk is the size of the memory before it, and must be a constant',
    ],
    ['u32 n__szk', 'u32 n__sz', 'suffix-looser: n__sz has __sz in place of __szk'],
    [
      'void *b__opt',
      'void *b__nullable',
      'suffix-looser: b__nullable has __nullable in place of __opt',
    ],
    ['void *x__ign', 'void *x__prog', 'suffix-looser: x__prog has __prog in place of __ign'],
    [
      'void *x',
      'void *x__new',
      'suffix-stricter: x__new ends in __new, of which nothing is known here',
    ],
  ])('%s that becomes %s is %s', (was, now, expected) => {
    expect(prototypes(was, now)).toEqual([expected]);
  });
  test('what the verifier learned to read in a name that stays is left to the event', () => {
    const was = declared('u32 nr__k, u32 b');
    const params = was.prototype!.params.map((param) => ({ ...param, suffix: null }));
    expect(
      prototypes({ ...was, prototype: { ...was.prototype!, params } }, 'u32 nr__k, u32 c'),
    ).toEqual(['parameter-renamed: calls b c']);
  });
});
