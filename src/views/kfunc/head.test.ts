import { describe, expect, it } from 'vitest';
import type { State } from '../../data/schema/index.ts';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { kfuncPage } from './page.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const releases = ['v6.1', 'v6.2'].map((id) => entry(id));
const params = [
  { name: 'nr', type: 'u32', suffix: null, implicit: false },
  { name: 'at__nullable', type: 'void *', suffix: '__nullable', implicit: false },
  { name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true },
];
const prototype = {
  kernel: 'int bpf_lamp_get(u32 nr, void *at__nullable, struct bpf_prog_aux *aux)',
  bpf: 'int bpf_lamp_get(u32 nr, void *at__nullable)',
  returns: 'int',
  params,
};
const words =
  'bpf_lamp_get() - Get a lamp.\n@nr: its number.\n@at__nullable: where.\n\nReturn: zero.';

function head(more: Partial<State>, prose: string | null = null, about = {}) {
  const doc = { kind: 'kernel-doc' as const, hash: 'h' };
  const states = [state('v6.1', null, { prototype, ...(prose === null ? {} : { doc }), ...more })];
  const record = kfunc({ spans: [span('v6.1', null)], states }, about);
  const sun = kfunc({ spans: [span('v6.1', null)], states }, { name: 'bpf_sun' });
  const known = prose === null ? null : new Map([['h', prose]]);
  return kfuncPage(atlasOf(releases, [record, sun], known), record);
}

function summary(more: Partial<State>): string {
  const { summary: said } = head(more);
  return said !== null && 'pieces' in said ? plain(said.pieces) : '';
}

describe('the first screen of a kfunc', () => {
  it('says what it does, and what each parameter is, in the kernel’s words', () => {
    const page = head({}, words);
    expect(page.summary).toEqual({ html: 'Get a lamp.' });
    expect(page.params.map((p) => [p.name, p.words?.html, p.notes.map(plain)])).toEqual([
      ['nr', 'its number.', []],
      ['at__nullable', 'where.', ['__nullable: may be NULL']],
    ]);
    expect(page.returns?.html).toBe('zero.');
  });

  it('shows characters of a parameter that cannot be seen', () => {
    const odd = { ...prototype, params: [{ ...params[0]!, name: 'a\u202eb', type: 'u\u202e' }] };
    const [row] = head({ prototype: odd }).params;
    expect([row!.name, row!.type]).toEqual(['a‹U+202E›b', 'u‹U+202E›']);
  });

  it('links what an ending asks, and leads to the whole of what was cut', () => {
    const long = words.replace('where.', `where. ${'It is long. '.repeat(30)}`);
    const [, at] = head({}, long).params;
    expect(at!.notes[0]![0]!.href).toBe('/suffixes/__nullable/');
    expect(at!.more).toBe('#param-at__nullable');
    expect(head({}, words).params[0]!.more).toBeNull();
  });

  it.each([
    [{ flags: [] }, 'Takes 2 arguments; returns int. It belongs to LAMPS.'],
    [{ roles: ['attach-point'] }, 'An attach point for fmod_ret programs'],
    [{ roles: ['destructor'] }, 'A destructor: the kernel runs it for a kptr'],
    [{ roles: ['test'] }, 'A function of the kernel’s own selftests.'],
    [{ flags: ['KF_ITER_NEXT'] }, 'Gives the next element of an iteration.'],
    [{ prototype: null, flags: [] }, 'A kfunc whose definition was not found.'],
  ] as [Partial<State>, string][])('says in a sentence what facts say: %o', (more, said) => {
    expect(summary(more)).toContain(said);
  });

  it('does not take a promise of removal for what it does', () => {
    const gone = 'Will be removed in v6.9\nalong with the rest.';
    const deprecation = [
      { kind: 'comment' as const, hash: 'h', file: 'a.c', promised: 'v6.9', instead: null },
    ];
    const doc = { kind: 'comment' as const, hash: 'h' };
    expect(head({ doc, deprecation }, gone).summary).toHaveProperty('pieces');
  });

  it('says what kind of reference comes or goes', () => {
    const returns = { ...prototype, returns: 'struct lamp *' };
    expect(summary({ prototype: returns, flags: ['KF_ACQUIRE', 'KF_RET_NULL'] })).toContain(
      'Returns a reference to a struct lamp, or NULL.',
    );
    const takes = { ...prototype, params: [{ ...params[0]!, type: 'struct lamp *' }] };
    expect(summary({ prototype: takes, flags: ['KF_RELEASE'] })).toContain(
      'Releases a reference to a struct lamp.',
    );
    expect(summary({ prototype: takes, flags: [] })).toContain(
      'Takes a struct lamp *; returns int.',
    );
  });

  it('says what to use in place of one that is on its way out', () => {
    const deprecation = [
      { kind: 'comment' as const, hash: null, file: 'a.c', promised: null, instead: 'bpf_sun' },
    ];
    expect(plain(head({ deprecation }, null, { status: 'deprecated' }).instead)).toBe(
      'Use bpf_sun.',
    );
    expect(head({}).instead).toEqual([]);
  });

  it('tells of conditions beside the prototype, and of the source above it', () => {
    const page = head({});
    expect(page.conditions.map((c) => c.label)).toEqual(['Callable from', 'Flags', 'Needs']);
    expect(page.source?.text).toBe('kernel/lamp.c');
    expect(page.glance.map((c) => c.label).slice(-2)).toEqual(['Source', 'Subsystem']);
  });
});

describe('anchors of a kfunc’s page', () => {
  it('stand in the history where a release changed it, and else in the states', () => {
    const states = [state('v6.1', null)];
    const change = { after: null, was: [], now: [], event: null, commit: null };
    const record = kfunc({
      spans: [span('v6.1', null)],
      states,
      changes: [{ ...change, release: 'v6.1', kind: 'added' }],
    });
    const page = kfuncPage(atlasOf(releases, [record]), record);
    expect(page.history.map((row) => row.id)).toEqual(['v6.1']);
    expect(page.lines[0]!.states[0]!.releases.map((r) => [r.id, r.isAnchor])).toEqual([
      ['v6.1', false],
      ['v6.2', true],
    ]);
  });
});
