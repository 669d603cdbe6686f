import { describe, expect, it } from 'vitest';
import type { KfuncSet, ReleaseFile, State } from '../../data/schema/index.ts';
import {
  archItems,
  conditionItems,
  configItems,
  filterId,
  filterPlace,
  programItems,
  programPieces,
} from './availability.ts';
import { entry, state } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { type Piece, plain } from '../text.ts';

const release = 'v7.3';
const at = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree';

function atlas(more: Partial<ReleaseFile> = {}) {
  return atlasOf([entry(release)], [], null, more);
}

function registered(types: string[], filter: string | null = null): KfuncSet {
  return {
    name: 'lamp_ids',
    file: 'kernel/lamp.c',
    role: 'kfunc',
    flags: [],
    registrations: types.map((type) => ({
      programType: `BPF_PROG_TYPE_${type}`,
      filter,
      condition: null,
    })),
  };
}

function callable(types: string[], sets: KfuncSet[], more: Partial<State> = {}): State {
  const programTypes = types.map((type) => (type === '*' ? type : `BPF_PROG_TYPE_${type}`));
  return state(release, null, { programTypes, sets, ...more });
}

const texts = (items: Piece[][]) => items.map(plain);
const links = (items: Piece[][]) => items.flat().flatMap((piece) => piece.href ?? []);

describe('who may call a kfunc', () => {
  it('is every program type for the common hook', () => {
    const common = callable(['*'], [registered(['UNSPEC'])]);
    expect(texts(programItems(atlas(), release, common))).toEqual(['every program type']);
    expect(plain(programPieces(atlas(), common))).toBe('every program type');
  });

  it('tells what is registered from what a shared hook adds', () => {
    const lsm = callable(['LSM', 'TRACEPOINT', 'TRACING'], [registered(['LSM'])]);
    expect(texts(programItems(atlas(), release, lsm))).toEqual([
      'LSM, which it is registered for; Tracepoint, Tracing, which share a hook with it',
    ]);
    const two = callable(['LSM', 'TRACING', 'XDP'], [registered(['LSM', 'XDP'])]);
    expect(texts(programItems(atlas(), release, two))).toEqual([
      'LSM, XDP, which it is registered for; Tracing, which shares a hook with one of them',
    ]);
  });

  it('is told plainly where the hook adds nothing', () => {
    const both = callable(['SYSCALL', 'XDP'], [registered(['XDP']), registered(['SYSCALL'])]);
    expect(texts(programItems(atlas(), release, both))).toEqual(['Syscall, XDP']);
  });

  it('names each filter with its line in the release, and what is written about it', () => {
    const filters = { lamp_filter: { file: 'kernel/lamp.c', line: 9 } };
    const lsm = callable(['LSM'], [registered(['LSM'], 'lamp_filter')]);
    const items = programItems(atlas({ filters }), release, lsm);
    expect(texts(items).slice(1)).toEqual([
      'filtered by lamp_filter() in kernel/lamp.c:9, which can refuse some: what it lets through',
    ]);
    expect(links(items.slice(1))).toEqual([`${at}/kernel/lamp.c?h=v7.3#n9`, '#filter-lamp_filter']);
  });

  it('makes an address of any name that a filter may have', () => {
    expect(filterId('lamp_filter')).toBe('filter-lamp_filter');
    expect(filterId(`"'>\u{1f4a1} x`)).toBe('filter-.22.27.3e.1f4a1.20x');
  });

  it('keeps the name of a filter whose line is not known', () => {
    expect(plain(filterPlace(atlas(), release, 'lamp_filter'))).toBe('lamp_filter()');
  });

  it('does not take a kfunc that nothing registers for one that nothing calls', () => {
    expect(texts(programItems(atlas(), release, callable([], [registered([])])))).toEqual([
      'no program type: no registration that names one was found',
    ]);
    const destructor = callable([], [], { roles: ['destructor'] });
    expect(texts(programItems(atlas(), release, destructor))).toEqual(['nothing calls it by name']);
  });
});

describe('the conditions of a call', () => {
  const knows = (...names: string[]) =>
    atlas({
      flags: names.map((name) => ({
        name,
        bit: 1,
        meaning: null,
        file: 'include/linux/btf.h',
        line: 1,
      })),
    }).file(release);
  const withFlags = (...flags: string[]) =>
    callable(['XDP'], [{ ...registered(['XDP']), flags }], { flags });

  it('are none without a flag that asks for one', () => {
    expect(conditionItems(knows(), withFlags('KF_ACQUIRE'))).toEqual([]);
  });

  it('are the capability, the sleep and the section that the flags ask for', () => {
    const flags = ['KF_SLEEPABLE', 'KF_DESTRUCTIVE', 'KF_RCU_PROTECTED', 'KF_PERFMON'];
    const items = texts(conditionItems(knows(), withFlags(...flags)));
    expect(items.map((text) => text.split(/[,;:]/)[0])).toEqual([
      'sleepable programs only',
      'CAP_SYS_BOOT when the program is loaded',
      'CAP_PERFMON or CAP_SYS_ADMIN when the program is loaded',
      'an RCU read-side section',
    ]);
  });

  it('say that a lock is in the way only where the release has a flag against that', () => {
    expect(texts(conditionItems(knows('KF_SPINLOCK_SAFE'), withFlags()))).toEqual([
      'not while the program holds a bpf_spin_lock',
    ]);
    expect(texts(conditionItems(knows('KF_SPINLOCK_SAFE'), withFlags('KF_SPINLOCK_SAFE')))).toEqual(
      ['also while the program holds a bpf_spin_lock'],
    );
  });

  it('say of whom they are asked where sets differ', () => {
    const sets = [{ ...registered(['XDP']), flags: ['KF_DESTRUCTIVE'] }, registered(['SYSCALL'])];
    expect(texts(conditionItems(knows(), callable(['SYSCALL', 'XDP'], sets)))).toEqual([
      'CAP_SYS_BOOT when the program is loaded; a BPF token does not do, when called from XDP',
    ]);
  });

  it('are none for what no program calls', () => {
    expect(conditionItems(knows('KF_SPINLOCK_SAFE'), callable([], []))).toEqual([]);
  });
});

describe('the configuration', () => {
  const part = (origin: 'entry' | 'definition' | 'makefile', expr: string, file: string) => ({
    origin,
    expr,
    file,
  });
  const items = (expr: string | null, ...parts: ReturnType<typeof part>[]) =>
    texts(configItems(atlas(), release, state(release, null, { config: { expr, parts } })));

  it('is told whole, then by what asks for each part', () => {
    expect(
      items(
        'CONFIG_LAMP && CONFIG_SUN',
        part('entry', 'CONFIG_LAMP', 'kernel/lamp.c'),
        part('makefile', 'CONFIG_SUN', 'kernel/Makefile'),
        part('makefile', 'CONFIG_LAMP', 'kernel/Makefile'),
        part('makefile', 'CONFIG_LAMP', 'Makefile'),
      ),
    ).toEqual([
      'CONFIG_LAMP && CONFIG_SUN, simplified from:',
      'CONFIG_LAMP: around the entry, kernel/lamp.c; the build, kernel/Makefile, Makefile',
      'CONFIG_SUN: the build, kernel/Makefile',
    ]);
  });

  it('is told once where one place asks for all of it', () => {
    expect(items('CONFIG_LAMP', part('makefile', 'CONFIG_LAMP', 'kernel/Makefile'))).toEqual([
      'CONFIG_LAMP',
      'the build, kernel/Makefile',
    ]);
  });

  it('says so when nothing is asked for', () => {
    expect(items(null)).toEqual(['nothing beyond BPF itself']);
  });

  it('shows parts that cancel out', () => {
    expect(items(null, part('definition', '!CONFIG_LAMP', 'kernel/lamp.h'))).toEqual([
      'nothing beyond BPF itself, simplified from:',
      '!CONFIG_LAMP: around the definition, kernel/lamp.h',
    ]);
  });
});

describe('the architectures', () => {
  const jit = [
    { arch: 'arm64', condition: null, file: 'arch/arm64/net/jit.c', line: 4 },
    { arch: 'powerpc', condition: 'CONFIG_PPC64', file: 'arch/powerpc/net/jit.c', line: 5 },
  ];
  const items = (arch: string[] | null) =>
    archItems(atlas({ jit }), release, state(release, null, { arch }));

  it('are those whose JIT calls kfuncs, each with its condition and its line', () => {
    expect(texts(items(null))).toEqual(['arm64, powerpc if CONFIG_PPC64']);
    expect(links(items(null))).toEqual([
      `${at}/arch/arm64/net/jit.c?h=v7.3#n4`,
      `${at}/arch/powerpc/net/jit.c?h=v7.3#n5`,
    ]);
  });

  it('are fewer for a kfunc that only some have', () => {
    expect(texts(items(['powerpc']))).toEqual(['powerpc if CONFIG_PPC64 alone']);
    expect(texts(items(['sparc']))).toEqual(['sparc has it, but its JIT cannot call kfuncs']);
  });

  it('are not told of a release whose JITs were not found', () => {
    expect(archItems(atlas(), release, state(release, null))).toEqual([]);
  });
});
