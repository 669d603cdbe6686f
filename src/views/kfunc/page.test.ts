import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { kfuncPage } from './page.ts';
import { plain } from '../text.ts';

const releases = ['v6.1', 'v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));
const lasting = { spans: [span('v6.2', 'v6.1')], states: [state('v6.2', null)] };

function texts(facts: { label: string; items: { text: string }[][] }[], label: string): string[] {
  return facts.find((f) => f.label === label)?.items.map(plain) ?? [];
}

describe('the page of a kfunc', () => {
  it('has an anchor for each release, changed in it or not', () => {
    const record = kfunc({
      spans: [span('v6.2', 'v6.1')],
      states: [state('v6.2', 'v6.3'), state('v6.4', null, { flags: [] })],
    });
    const { lines } = kfuncPage(atlasOf(releases, [record]), record);
    expect(lines[0]!.states.map((s) => [s.title, s.releases.map((r) => r.id)])).toEqual([
      ['v6.4', ['v6.4']],
      ['v6.2 to v6.3', ['v6.2', 'v6.3']],
    ]);
  });

  it('has an anchor for a tree in which it is just as in mainline', () => {
    const record = kfunc(lasting);
    const other = kfunc(
      { id: 'mine', base: 'v6.3', spans: [span('mine', 'v6.3')], states: [state('mine', null)] },
      { name: 'bpf_new' },
    );
    const atlas = atlasOf([...releases, entry('mine', 'mine')], [record, other]);
    expect(kfuncPage(atlas, record).alike.map((a) => [a.id, plain(a.as)])).toEqual([
      ['mine', 'In mine it is as in v6.3.'],
    ]);
  });

  it('says from which tags the releases were read that its life and its lifeline name', () => {
    const some = ['v6.1=v6.1.176', 'v6.12=v6.12.107', 'v7.2=v7.2.13', 'v7.3'].map((t) => entry(t));
    const facts = { spans: [span('v6.12', 'v6.1')] };
    const record = kfunc({
      ...facts,
      states: [state('v6.12', 'v7.2'), state('v7.3', null)],
      changes: [change('v6.12', 'added', { after: 'v6.1' })],
    });
    const readFrom = (of: typeof record) => plain(kfuncPage(atlasOf(some, [of]), of).readFrom);
    expect(readFrom(record)).toBe('v6.1 read from v6.1.176, v6.12 from v6.12.107.');
    const changed = kfunc({
      ...facts,
      states: [state('v6.12', 'v6.12'), state('v7.2', null)],
      changes: [
        change('v6.12', 'added', { after: 'v6.1' }),
        change('v7.2', 'flags', { after: 'v6.12', was: [], now: ['KF_RCU'] }),
      ],
    });
    expect(readFrom(changed)).toBe(
      'v6.1 read from v6.1.176, v6.12 from v6.12.107, v7.2 from v7.2.13.',
    );
  });

  it('links each release to the line where the kfunc is defined then', () => {
    const record = kfunc(lasting);
    const [shown] = kfuncPage(atlasOf(releases, [record]), record).lines[0]!.states;
    expect(shown!.releases.map((r) => r.href)).toEqual(
      ['v6.2', 'v6.3', 'v6.4'].map(
        (tag) =>
          `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/kernel/lamp.c?h=${tag}#n7`,
      ),
    );
  });

  it('tells changes newest first, one row a release', () => {
    const record = kfunc({
      ...lasting,
      changes: [
        change('v6.2', 'added', { after: 'v6.1' }),
        change('v6.4', 'flags', { after: 'v6.3', was: ['KF_RCU'], now: ['KF_ACQUIRE'] }),
        change('v6.4', 'config', { after: 'v6.3', was: [], now: ['CONFIG_LAMP'] }),
      ],
    });
    const { history } = kfuncPage(atlasOf(releases, [record]), record);
    expect(
      history.map((r) => [r.release.text, r.changes.map((c) => `${c.label} ${plain(c.text)}`)]),
    ).toEqual([
      [
        'v6.4',
        [
          'Flags gained KF_ACQUIRE; lost KF_RCU',
          'Configuration from nothing needed to CONFIG_LAMP',
        ],
      ],
      ['v6.2', ['Added ']],
    ]);
  });

  it('shows what a BPF program declares first, and the kernel’s own where it has more', () => {
    const prototype = {
      kernel: 'int bpf_lamp_get(u32 nr, struct bpf_prog_aux *aux)',
      bpf: 'int bpf_lamp_get(u32 nr)',
      returns: 'int',
      params: [
        { name: 'nr', type: 'u32', suffix: null, implicit: false },
        { name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true },
      ],
    };
    const record = kfunc({ ...lasting, states: [state('v6.2', null, { prototype })] });
    const page = kfuncPage(atlasOf(releases, [record]), record);
    expect(plain(page.prototype.declaration!)).toBe(
      'extern int bpf_lamp_get(u32 nr) __weak __ksym;',
    );
    expect(plain(page.prototype.kernel!.tokens)).toBe(prototype.kernel);
    expect(texts(page.lines[0]!.states[0]!.facts, 'Parameters')).toEqual([
      'aux: supplied by the verifier',
    ]);
  });

  it('does not say "callable from" without the filter', () => {
    const [set] = state('v6.2', null).sets;
    const registration = {
      programType: 'BPF_PROG_TYPE_LSM',
      filter: 'lamp_filter',
      condition: null,
    };
    const record = kfunc({
      ...lasting,
      states: [
        state('v6.2', null, {
          programTypes: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'],
          sets: [{ ...set!, registrations: [registration] }],
        }),
      ],
    });
    const page = kfuncPage(atlasOf(releases, [record]), record);
    expect(texts(page.glance, 'Callable from')).toEqual([
      'LSM, Tracing; filtered by lamp_filter(), which can refuse some',
    ]);
    expect(texts(page.lines[0]!.states[0]!.facts, 'Sets')).toEqual([
      'lamp_ids in kernel/lamp.c, KF_ACQUIRE; registered for LSM, filtered by lamp_filter()',
    ]);
  });

  it('does not take a flag for gained or lost that only more programs meet', () => {
    const told = (kind: 'flags' | 'programTypes', was: string[], now: string[]) => {
      const record = kfunc({ ...lasting, changes: [change('v6.4', kind, { was, now })] });
      return plain(kfuncPage(atlasOf(releases, [record]), record).history[0]!.changes[0]!.text);
    };
    expect(told('flags', ['KF_SLEEPABLE (BPF_PROG_TYPE_XDP)'], ['KF_SLEEPABLE'])).toBe(
      'KF_SLEEPABLE for all programs, before for XDP',
    );
    expect(
      told('flags', ['KF_RCU', 'KF_ACQUIRE'], ['KF_RCU (BPF_PROG_TYPE_LSM)', 'KF_RELEASE']),
    ).toBe('gained KF_RELEASE; lost KF_ACQUIRE; KF_RCU for LSM, before for all programs');
    expect(
      told(
        'programTypes',
        ['BPF_PROG_TYPE_LSM'],
        ['BPF_PROG_TYPE_LSM (filtered by lamp_filter)', 'BPF_PROG_TYPE_XDP'],
      ),
    ).toBe('gained XDP; LSM filtered by lamp_filter, before not filtered');
  });

  it('tells of each filter once, with its line in the releases that ask it', () => {
    const [set] = state('v6.2', null).sets;
    const registrations = [
      { programType: 'BPF_PROG_TYPE_LSM', filter: 'lamp_filter', condition: null },
      { programType: 'BPF_PROG_TYPE_XDP', filter: 'lamp_filter', condition: 'CONFIG_LAMP' },
    ];
    const sets = [{ ...set!, registrations }];
    const record = kfunc({
      spans: [span('v6.2', 'v6.1')],
      states: [state('v6.2', 'v6.2', { sets }), state('v6.3', null, { sets, flags: [] })],
    });
    const filters = { lamp_filter: { file: 'kernel/lamp.c', line: 9 } };
    const page = kfuncPage(atlasOf(releases, [record], null, { filters }), record);
    expect(page.filters.map((f) => [f.name, f.id, f.sources.map((s) => s.text)])).toEqual([
      ['lamp_filter', 'filter-lamp_filter', ['v6.4', 'v6.3', 'v6.2']],
    ]);
    expect(page.filters[0]!.sources[0]!.href).toMatch(/kernel\/lamp\.c\?h=v6\.4#n9$/);
    expect(texts(page.lines[0]!.states[0]!.facts, 'Sets')).toEqual([
      'lamp_ids in kernel/lamp.c, KF_ACQUIRE; registered for LSM, XDP if CONFIG_LAMP, filtered by lamp_filter()',
    ]);
  });

  describe('when its sets give it different flags', () => {
    const [set] = state('v6.2', null).sets;
    const registered = (name: string, type: string, flags: string[]) => ({
      ...set!,
      name,
      flags,
      registrations: [{ programType: `BPF_PROG_TYPE_${type}`, filter: null, condition: null }],
    });
    const sets = [
      registered('lamp_ids', 'XDP', ['KF_RCU', 'KF_ACQUIRE']),
      registered('aim_ids', 'LSM', []),
    ];
    const programTypes = ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_XDP'];
    const flags = ['KF_RCU', 'KF_ACQUIRE'];
    const record = kfunc({
      ...lasting,
      states: [state('v6.2', null, { sets, programTypes, flags })],
    });
    const shown = (...known: string[]) => {
      const about = { bit: 1, meaning: null, file: 'include/linux/btf.h', line: 1 };
      const more = { flags: known.map((name) => ({ name, ...about })) };
      const page = kfuncPage(atlasOf(releases, [record], null, more), record);
      return texts(page.lines[0]!.states[0]!.facts, 'Flags').slice(2);
    };

    it('says so, and what each program meets', () => {
      expect(shown()).toEqual([
        'Its sets do not agree. These are the flags of lamp_ids. A call is checked by those of its hook:',
        'LSM: no flag',
        'XDP: KF_RCU | KF_ACQUIRE',
      ]);
    });

    it('says which of them the build goes by, from the release on that looks', () => {
      expect(shown('KF_IMPLICIT_ARGS')[0]).toBe(
        'Its sets do not agree. These are the flags of lamp_ids; the build goes by those of aim_ids in v6.4. A call is checked by those of its hook:',
      );
    });
  });

  it('does not say that the verifier supplies what only looks different', () => {
    const prototype = {
      ...state('v6.2', null).prototype!,
      kernel: 'int bpf_lamp_get(int cb(void *ctx))',
      bpf: 'int bpf_lamp_get(int (*cb)(void *ctx))',
    };
    const record = kfunc({ ...lasting, states: [state('v6.2', null, { prototype })] });
    const page = kfuncPage(atlasOf(releases, [record]), record);
    expect(page.prototype.kernel!.caption).toBe('In the kernel');
  });

  it('tells what was promised of a deprecated one, and what became of it', () => {
    const deprecation = [
      {
        kind: 'comment' as const,
        hash: 'h',
        file: 'kernel/lamp.c',
        promised: 'v6.3',
        instead: 'bpf_sun',
      },
    ];
    const record = kfunc(
      { ...lasting, states: [state('v6.2', null, { deprecation })] },
      { status: 'deprecated' },
    );
    const prose = new Map([['h', 'Will be removed in v6.3.']]);
    const [note] = kfuncPage(atlasOf(releases, [record], prose), record).notes;
    expect(plain(note!)).toBe(
      'A comment in kernel/lamp.c:7: “Will be removed in v6.3.” Instead: bpf_sun. Removal was promised for v6.3; still there in v6.4.',
    );
  });

  it('does not call a wrapper deprecated', () => {
    const deprecation = [
      {
        kind: 'wrapper' as const,
        hash: null,
        file: 'kernel/lamp.c',
        promised: null,
        instead: 'bpf_sun',
      },
    ];
    const record = kfunc({ ...lasting, states: [state('v6.2', null, { deprecation })] });
    expect(kfuncPage(atlasOf(releases, [record]), record).notes).toEqual([]);
  });

  it('says with what evidence another took its place, and between which releases', () => {
    const record = kfunc(
      { spans: [span('v6.1', null, 'v6.1', 'v6.12')], states: [state('v6.1', 'v6.1')] },
      {
        status: 'removed',
        replacedBy: [{ name: 'bpf_sun', release: 'v6.12', evidence: ['same-body'] }],
      },
    );
    const atlas = atlasOf([entry('v6.1'), entry('v6.12')], [record]);
    const page = kfuncPage(atlas, record);
    expect(page.notes.map(plain)).toEqual([
      'Replaced by bpf_sun in v6.12 or earlier, after v6.1: the same body.',
    ]);
    expect(page.prototypeOf).toBe('As of v6.1, the last release that has it');
  });

  it('says that an attach point is not called', () => {
    const record = kfunc({
      ...lasting,
      states: [state('v6.2', null, { roles: ['attach-point'] })],
    });
    const [note] = kfuncPage(atlasOf(releases, [record]), record).notes;
    expect(plain(note!)).toBe(
      'Not a kfunc that programs call: attach point for fmod_ret programs.',
    );
  });

  it('shows words that several states share once', () => {
    const doc = { kind: 'comment' as const, hash: 'h' };
    const record = kfunc({
      ...lasting,
      states: [state('v6.2', 'v6.3', { doc }), state('v6.4', null, { doc, flags: [] })],
    });
    const prose = new Map([['h', 'Gets a lamp.']]);
    const page = kfuncPage(atlasOf(releases, [record], prose), record);
    expect(page.doc?.html).toBe('<p>Gets a lamp.</p>');
    for (const { doc } of page.lines[0]!.states) {
      expect([doc.html, doc.sameAs]).toEqual([null, { text: 'v6.4', href: '#doc' }]);
    }
  });

  it('knows when the kernel’s words are not in the dataset', () => {
    const doc = { kind: 'comment' as const, hash: 'h' };
    const record = kfunc({ ...lasting, states: [state('v6.2', null, { doc })] });
    expect(kfuncPage(atlasOf(releases, [record]), record).lacksProse).toBe(true);
    expect(kfuncPage(atlasOf(releases, [record], new Map([['h', 'x']])), record).lacksProse).toBe(
      false,
    );
  });

  it('keeps to a commit’s links that can be followed', () => {
    const commit = {
      hash: '0123456789abcdef',
      subject: 'bpf: Add lamps',
      date: '2024-01-01',
      author: 'A',
      links: ['javascript:alert(1)', 'https://lore.example/1'],
    };
    const record = kfunc({ ...lasting, changes: [change('v6.2', 'added', { commit })] });
    const [row] = kfuncPage(atlasOf(releases, [record]), record).history;
    expect(row!.changes[0]!.commit).toEqual({
      text: '0123456789ab ("bpf: Add lamps")',
      links: [{ text: 'lore.example', href: 'https://lore.example/1' }],
    });
  });
});
