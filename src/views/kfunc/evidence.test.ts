import { describe, expect, it } from 'vitest';
import type { KfuncRecord } from '../../data/schema/index.ts';
import { change, entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { evidenceOf } from './evidence.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const every = ['v6.1', 'v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));

function told(
  label: string,
  record: KfuncRecord,
  releases = every,
  more: Parameters<typeof atlasOf>[3] = {},
  alternatives: string[] = [],
): string[] {
  const evidence = evidenceOf(atlasOf(releases, [record], null, more), record, alternatives)!;
  return evidence.facts.find((fact) => fact.label === label)!.items.map(plain);
}

const lasting = kfunc({ spans: [span('v6.2', 'v6.1')], states: [state('v6.2', null)] });

describe('evidence of stability', () => {
  it('counts the releases that have it, and the years between', () => {
    const releases = every.map((r, i) => ({ ...r, date: `202${i}-01-01` }));
    expect(told('Age', lasting, releases)).toEqual([
      '3 releases, 2.0 years, v6.2 to v6.4; in 3 of the 4 releases read',
    ]);
  });

  it('counts at least those that are sure, and no years from a stand-in', () => {
    const record = kfunc({ spans: [span('v6.12', 'v6.1')], states: [state('v6.12', null)] });
    const releases = ['v6.1', 'v6.12=v6.12.107', 'v7.3'].map((text) => entry(text));
    expect(told('Age', record, releases)).toEqual([
      'at least 12 releases, v6.12 to v7.3; in 2 of the 3 releases read',
    ]);
  });

  it('names the last change that kept programs from loading, and how many did', () => {
    const [a, b] = ['BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_LSM'];
    const record = kfunc({
      spans: [span('v6.1', null)],
      states: [
        state('v6.1', 'v6.1'),
        state('v6.2', 'v6.2', { programTypes: [b] }),
        state('v6.3', null, { programTypes: [a] }),
      ],
      changes: [
        change('v6.2', 'programTypes', { after: 'v6.1', was: [a], now: [b] }),
        change('v6.3', 'programTypes', { after: 'v6.2', was: [b], now: [a] }),
      ],
    });
    expect(told('Last break', record)).toEqual([
      'v6.3, 1 release ago: can no longer be called from LSM',
      '2 releases broke programs in all',
    ]);
  });

  it('does not take the end of its old name for a break', () => {
    const renamed = { after: 'v6.1', was: ['bpf_lamp_old'], now: ['bpf_lamp_get'] };
    const record = kfunc({
      spans: [span('v6.2', 'v6.1')],
      states: [state('v6.2', null)],
      changes: [change('v6.2', 'renamed', renamed)],
    });
    expect(told('Last break', record)).toEqual(['none up to v6.4']);
  });

  it('does not take other changes for breaks', () => {
    const record = kfunc({
      spans: [span('v6.1', null)],
      states: [state('v6.1', 'v6.1'), state('v6.2', null, { flags: [] })],
      changes: [change('v6.2', 'doc', { after: 'v6.1' })],
    });
    expect(told('Last break', record)).toEqual(['none up to v6.4']);
  });

  it('counts the tree’s own BPF code that calls it by kind, with a link to each file', () => {
    const files = [
      'drivers/hid/bpf/progs/Lamp__Dimmer.bpf.c',
      'tools/sched_ext/scx_lamp.bpf.c',
      'tools/testing/selftests/bpf/progs/lamp.c',
      'tools/testing/selftests/bpf/progs/lamps.c',
    ];
    const more = { users: { bpf_lamp_get: files } };
    expect(told('In-tree users', lasting, every, more)).toEqual([
      '4 files of BPF code in v6.4: 1 in tools/sched_ext, 1 HID-BPF, 2 selftests',
    ]);
    const { users } = evidenceOf(atlasOf(every, [lasting], null, more), lasting, [])!;
    expect(users.groups.map((group) => [group.title, group.files.length])).toEqual([
      ['sched_ext schedulers', 1],
      ['HID-BPF programs', 1],
      ['Selftests', 2],
    ]);
    expect(users.groups[0]!.files[0]!.href).toContain('tools/sched_ext/scx_lamp.bpf.c?h=v6.4');
  });

  it('says that no user was found, no alternative is known, and nothing is written', () => {
    expect(told('In-tree users', lasting)).toEqual(['none was found in the tree of v6.4']);
    expect(told('Alternatives', lasting)).toEqual(['none is known']);
    expect(told('Documented', lasting)).toEqual(['no words above its definition']);
  });

  it('does not look up users of a name that every object has', () => {
    const record = { ...lasting, name: 'constructor' };
    expect(told('In-tree users', record)).toEqual(['none was found in the tree of v6.4']);
  });

  it('names alternatives and the documents that show it', () => {
    const example = { line: 3, kind: 'code' as const, anchor: null, title: null, hash: null };
    const more = {
      examples: { bpf_lamp_get: [{ ...example, file: 'Documentation/bpf/lamps.rst' }] },
    };
    expect(told('Alternatives', lasting, every, more, ['bpf_sun'])).toEqual(['bpf_sun']);
    expect(told('Documented', lasting, every, more)).toEqual([
      'no words above its definition; shown in bpf/lamps.rst',
    ]);
  });
});
