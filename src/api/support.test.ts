import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, span, state } from '../data/test-dataset.ts';
import type { KfuncRecord } from '../data/schema/index.ts';
import { atlasOf } from '../views/test-atlas.ts';
import { supportDocument, supportDocumentSchema } from './support.ts';

const releases = [
  entry('v6.0'),
  entry('v6.1'),
  entry('v6.2'),
  entry('v6.6=v6.6.80'),
  entry('v6.12=v6.12.107'),
  entry('v6.13'),
  entry('v6.14-rc2'),
  entry('debian-13', 'debian-13'),
];

/** The `__compat` of the last of some records; the rest are what it may be named after. */
function compatOf(...records: KfuncRecord[]) {
  const atlas = atlasOf(releases, records);
  const { kfuncs } = supportDocument(atlas, records.slice(-1));
  return kfuncs[records.at(-1)!.name]!.__compat;
}

const supportOf = (...records: KfuncRecord[]) => compatOf(...records).support.linux;

describe('a support table', () => {
  it('names a release by its number when the one before it was read', () => {
    expect(supportOf(kfunc({ spans: [span('v6.2', 'v6.1')] }))).toEqual({ version_added: '6.2' });
  });

  it('gives a range when releases before were not read, and says what was read instead', () => {
    expect(supportOf(kfunc({ spans: [span('v6.12', 'v6.6')] }))).toEqual({
      version_added: '≤6.12',
      notes: 'v6.12 was read from v6.12.107.',
    });
    expect(supportOf(kfunc({ spans: [span('v6.0', null)] }))).toEqual({ version_added: '≤6.0' });
  });

  it('tells the release that removed it, and the last one that had it', () => {
    expect(supportOf(kfunc({ spans: [span('v6.1', 'v6.0', 'v6.1', 'v6.2')] }))).toEqual({
      version_added: '6.1',
      version_removed: '6.2',
      version_last: '6.1',
    });
  });

  it('gives a range for a removal too, with a note on either side', () => {
    expect(supportOf(kfunc({ spans: [span('v6.6', 'v6.2', 'v6.6', 'v6.12')] }))).toEqual({
      version_added: '≤6.6',
      version_removed: '≤6.12',
      version_last: '6.6',
      notes: ['v6.6 was read from v6.6.80.', 'v6.12 was read from v6.12.107.'],
    });
  });

  it('is a list, the newest first, of one that came back', () => {
    const spans = [span('v6.0', null, 'v6.1', 'v6.2'), span('v6.13', 'v6.12')];
    expect(supportOf(kfunc({ spans }))).toEqual([
      { version_added: '6.13' },
      { version_added: '≤6.0', version_removed: '6.2', version_last: '6.1' },
    ]);
  });

  it('calls the newest -rc a preview, whether it brings or takes', () => {
    expect(supportOf(kfunc({ spans: [span('v6.14-rc2', 'v6.13')] }))).toEqual({
      version_added: 'preview',
    });
    expect(supportOf(kfunc({ spans: [span('v6.2', 'v6.1', 'v6.13', 'v6.14-rc2')] }))).toEqual({
      version_added: '6.2',
      version_removed: 'preview',
      version_last: '6.13',
    });
  });

  it('is false where no mainline release has it', () => {
    const elsewhere = kfunc({ id: 'debian-13', spans: [span('debian-13', null)] });
    expect(supportOf(elsewhere)).toEqual({ version_added: false });
  });

  it('tells what it was called before, and before that', () => {
    const renamed = (release: string, was: string, now: string) =>
      change(release, 'renamed', { was: [was], now: [now] });
    const oldest = kfunc(
      { spans: [span('v6.0', null, 'v6.0', 'v6.1')], changes: [renamed('v6.1', 'bpf_a', 'bpf_b')] },
      { name: 'bpf_a' },
    );
    const older = kfunc(
      {
        spans: [span('v6.1', 'v6.0', 'v6.1', 'v6.2')],
        changes: [renamed('v6.1', 'bpf_a', 'bpf_b'), renamed('v6.2', 'bpf_b', 'bpf_c')],
      },
      { name: 'bpf_b' },
    );
    const now = kfunc(
      { spans: [span('v6.2', 'v6.1')], changes: [renamed('v6.2', 'bpf_b', 'bpf_c')] },
      { name: 'bpf_c' },
    );
    expect(supportOf(oldest, older, now)).toEqual([
      { version_added: '6.2' },
      {
        version_added: '6.1',
        version_removed: '6.2',
        version_last: '6.1',
        alternative_name: 'bpf_b',
      },
      {
        version_added: '≤6.0',
        version_removed: '6.1',
        version_last: '6.0',
        alternative_name: 'bpf_a',
      },
    ]);
  });

  it('does not go round when two were renamed to each other', () => {
    const changes = [
      change('v6.1', 'renamed', { was: ['bpf_a'], now: ['bpf_b'] }),
      change('v6.2', 'renamed', { was: ['bpf_b'], now: ['bpf_a'] }),
    ];
    const a = { spans: [span('v6.0', null, 'v6.0', 'v6.1'), span('v6.2', 'v6.1')], changes };
    const b = { spans: [span('v6.1', 'v6.0', 'v6.1', 'v6.2')], changes };
    const names = supportOf(kfunc(b, { name: 'bpf_b' }), kfunc(a, { name: 'bpf_a' }));
    expect([names].flat().map((s) => [s.version_added, s.alternative_name])).toEqual([
      ['6.2', undefined],
      ['≤6.0', undefined],
      ['6.1', 'bpf_b'],
    ]);
  });

  it('does not take an end of a name for a rename where the old name stayed', () => {
    const changes = [change('v6.2', 'renamed', { was: ['bpf_a'], now: ['bpf_b'] })];
    const old = kfunc({ spans: [span('v6.0', null)] }, { name: 'bpf_a' });
    const now = kfunc({ spans: [span('v6.2', 'v6.1')], changes }, { name: 'bpf_b' });
    expect(supportOf(old, now)).toEqual({ version_added: '6.2' });
  });

  it('says of what no program calls that it is not for calls', () => {
    const states = [state('v6.2', null, { roles: ['attach-point', 'destructor'] })];
    expect(supportOf(kfunc({ spans: [span('v6.2', 'v6.1')], states }))).toEqual({
      version_added: '6.2',
      notes: 'Not for programs to call: it is in the kernel as attach-point, destructor.',
    });
  });

  it('advises against what is deprecated or gone, and against nothing else', () => {
    const status = (of: KfuncRecord['status']) =>
      compatOf(kfunc({ spans: [span('v6.2', 'v6.1')] }, { status: of })).status;
    const settled = { experimental: false, standard_track: false };
    expect(status('active')).toEqual({ ...settled, deprecated: false });
    expect(status('deprecated')).toEqual({ ...settled, deprecated: true });
    expect(status('removed')).toEqual({ ...settled, deprecated: true });
  });

  it('names any release, and any kfunc, in a form that its schema allows', () => {
    const odd = [entry('v6.0'), entry('vfoo+1'), entry('v6.1-odd')];
    const names = ['constructor', '__compat', '__proto__'];
    const records = names.map((name) => kfunc({ spans: [span('vfoo+1', 'v6.0')] }, { name }));
    const document = supportDocument(atlasOf(odd, records), records);
    expect(Object.keys(document.kfuncs)).toEqual(names);
    expect(document.kfuncs.__compat!.__compat.support.linux).toEqual({ version_added: 'vfoo+1' });
    const { $schema, ...told } = supportDocumentSchema.parse({ $schema: 'x', ...document });
    expect([$schema, Object.keys(told.kfuncs).length]).toEqual(['x', 2]);
  });
});
