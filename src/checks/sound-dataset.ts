import type { Dataset } from '../data/dataset.ts';
import type {
  Change,
  Deprecation,
  KfuncLine,
  KfuncRecord,
  KfuncSet,
  Param,
  Prototype,
  State,
} from '../data/schema/index.ts';
import { release, releaseFile } from './sound-releases.ts';
import { View } from './view.ts';

/** A dataset of three invented releases and a tree, in which every check finds nothing. */
export function soundDataset(): Dataset {
  const kfuncs = [iterator(), dim(), dimImpl(), get(), old(), put()];
  const releases = [release('v6.12'), release('v6.13'), release('v7.0')];
  const garden = { ...release('v6.13'), id: 'garden', line: 'garden', tag: 'v6.13.5' };
  const dataset: Dataset = {
    releases: [...releases, garden],
    releaseFiles: ['v6.12', 'v6.13', 'v7.0', 'garden'].map(releaseFile),
    kfuncs,
    prose: null,
  };
  const view = new View(dataset);
  for (const { record, file, state } of view.moments()) {
    const place = 10 * kfuncs.indexOf(record) + 100;
    const at = (line: number) => (item: { file: string }, i: number) => ({
      file: item.file,
      line: line + i,
    });
    file.definitions[record.name] = state.definitions.map(at(place));
    file.entries[record.name] = state.sets.map((set, i) => ({
      set: set.name,
      ...at(place + 500)(set, i),
    }));
    const words = state.deprecation.map(at(place + 5));
    if (words.length > 0) file.deprecations[record.name] = words;
  }
  return dataset;
}

/** The file of all its kfuncs. */
export const FILE = 'kernel/lamp.c';

/** `int f(struct lamp *lamp, u32 by__k)`; what is after a `|` is supplied by the verifier. */
function prototype(name: string, returns: string, params: string): Prototype {
  const all = params.split(/[,|]/).map((text, i): Param => {
    const [, type, word] = /^\s*(.*?[ *])(\w+)\s*$/.exec(text)!;
    const suffix = /__[a-z]+$/.exec(word!)?.[0] ?? null;
    const implicit = params.slice(0, params.indexOf('|')).split(',').length <= i;
    return { name: word!, type: type!.trim(), suffix, implicit: implicit && params.includes('|') };
  });
  const join = (type: string, word: string) =>
    type.endsWith('*') ? type + word : `${type} ${word}`;
  const spell = (list: Param[]) =>
    `${join(returns, name)}(${list.map((p) => join(p.type, p.name)).join(', ')})`;
  return { kernel: spell(all), bpf: spell(all.filter((p) => !p.implicit)), returns, params: all };
}

function set(flags: string[], programType: string, more: Partial<KfuncSet> = {}): KfuncSet {
  const registrations = [{ programType, filter: null, condition: null }];
  return { name: 'lamp_ids', file: FILE, role: 'kfunc', flags, registrations, ...more };
}

function state(from: string, to: string | null, proto: Prototype, more: Partial<State>): State {
  const sets = more.sets ?? [set([], 'BPF_PROG_TYPE_XDP')];
  const config = {
    expr: 'CONFIG_LAMP',
    parts: [{ origin: 'makefile' as const, expr: 'CONFIG_LAMP', file: 'kernel/Makefile' }],
  };
  return {
    from,
    to,
    roles: ['kfunc'],
    flags: sets[0]!.flags,
    prototype: proto,
    sets,
    programTypes: ['BPF_PROG_TYPE_XDP'],
    config,
    arch: null,
    definitions: [{ file: FILE, guard: null }],
    doc: { kind: 'kernel-doc', hash: '0123456789abcdef0123' },
    deprecation: [],
    ...more,
  };
}

function change(
  release: string,
  after: string | null,
  kind: Change['kind'],
  more: Partial<Change>,
): Change {
  return { release, after, kind, was: [], now: [], event: null, commit: null, ...more };
}

function record(
  name: string,
  line: Partial<KfuncLine>,
  more: Partial<KfuncRecord> = {},
): KfuncRecord {
  const states = line.states ?? [];
  const added = change('v6.12', null, 'added', { now: [states[0]!.prototype!.bpf] });
  const spans = [{ first: 'v6.12', after: null, last: null, goneIn: null }];
  const { changes = [], ...rest } = line;
  const begin = rest.spans ? [] : [added];
  const whole = {
    id: 'mainline',
    base: null,
    spans,
    states,
    ...rest,
    changes: [...begin, ...changes],
  };
  const base = { name, status: 'active' as const, subsystem: 'LAMPS', lines: [whole] };
  return { ...base, replaces: [], replacedBy: [], ...more };
}

function iterator(): KfuncRecord {
  const proto = prototype(
    'bpf_iter_lamp_new',
    'int',
    'struct bpf_iter_lamp *it, void *buf, u32 buf__sz',
  );
  const sets = [set(['KF_ITER_NEW'], 'BPF_PROG_TYPE_XDP')];
  return record('bpf_iter_lamp_new', { states: [state('v6.12', null, proto, { sets })] });
}

const RENAMED = { was: ['bpf_lamp_dim_impl'], now: ['bpf_lamp_dim'] };
const EVIDENCE = { release: 'v7.0', evidence: ['same-body', 'name-pair'] };

function dim(): KfuncRecord {
  const proto = prototype(
    'bpf_lamp_dim',
    'int',
    'struct lamp *lamp, u32 by__k | struct bpf_prog_aux *aux',
  );
  const sets = [set(['KF_IMPLICIT_ARGS'], 'BPF_PROG_TYPE_XDP')];
  const line = {
    spans: [{ first: 'v7.0', after: 'v6.13', last: null, goneIn: null }],
    states: [state('v7.0', null, proto, { sets })],
    changes: [
      change('v7.0', 'v6.13', 'added', { now: [proto.bpf] }),
      change('v7.0', 'v6.13', 'renamed', RENAMED),
    ],
  };
  const replaces = [
    { name: 'bpf_lamp_dim_impl', ...EVIDENCE },
    { name: 'bpf_lamp_old', release: 'v7.0', evidence: ['comment', 'wrapper'] },
  ];
  return record('bpf_lamp_dim', line, { replaces });
}

function dimImpl(): KfuncRecord {
  const proto = prototype(
    'bpf_lamp_dim_impl',
    'int',
    'struct lamp *lamp, u32 by__k, void *aux__ign',
  );
  const line = {
    spans: [{ first: 'v6.12', after: null, last: 'v6.13', goneIn: 'v7.0' }],
    states: [state('v6.12', 'v6.13', proto, {})],
    changes: [
      change('v6.12', null, 'added', { now: [proto.bpf] }),
      change('v7.0', 'v6.13', 'removed', { was: [proto.bpf] }),
      change('v7.0', 'v6.13', 'renamed', RENAMED),
    ],
  };
  const replacedBy = [{ name: 'bpf_lamp_dim', ...EVIDENCE }];
  return record('bpf_lamp_dim_impl', line, { status: 'removed', replacedBy });
}

/** It differs in the tree `garden`, which is compared with v6.13. */
function get(): KfuncRecord {
  const proto = prototype('bpf_lamp_get', 'struct lamp *', 'struct lamp_box *box, u32 nr');
  const plain = ['KF_ACQUIRE', 'KF_RET_NULL'];
  const trusted = [...plain, 'KF_TRUSTED_ARGS'];
  const having = (flags: string[]) => ({ sets: [set(flags, 'BPF_PROG_TYPE_XDP')] });
  const flags = { was: trusted, now: plain };
  const found = record('bpf_lamp_get', {
    states: [
      state('v6.12', 'v6.13', proto, having(trusted)),
      state('v7.0', null, proto, having(plain)),
    ],
    changes: [change('v7.0', 'v6.13', 'flags', { ...flags, event: 'trusted-by-default' })],
  });
  found.lines.push({
    id: 'garden',
    base: 'v6.13',
    spans: [{ first: 'garden', after: null, last: null, goneIn: null }],
    states: [state('garden', null, proto, having(plain))],
    changes: [change('garden', 'v6.13', 'flags', flags)],
  });
  return found;
}

function old(): KfuncRecord {
  const proto = prototype('bpf_lamp_old', 'int', 'struct lamp *lamp');
  const common = { sets: [set([], 'BPF_PROG_TYPE_UNSPEC')], programTypes: ['*'] };
  const words = { file: FILE, promised: null, instead: 'bpf_lamp_dim' };
  const deprecation: Deprecation[] = [
    { ...words, kind: 'comment', hash: 'abcdef0123456789abcd', promised: 'v7.2' },
    { ...words, kind: 'wrapper', hash: null },
  ];
  const line = {
    states: [
      state('v6.12', 'v6.13', proto, common),
      state('v7.0', null, proto, { ...common, deprecation }),
    ],
    changes: [
      change('v7.0', 'v6.13', 'deprecated', {
        now: ['comment, removal promised for v7.2, use bpf_lamp_dim'],
      }),
    ],
  };
  const replacedBy = [{ name: 'bpf_lamp_dim', release: 'v7.0', evidence: ['comment', 'wrapper'] }];
  return record('bpf_lamp_old', line, { status: 'deprecated', replacedBy });
}

/** A destructor too, filtered, and of a hook that gets another program type in v6.13. */
function put(): KfuncRecord {
  const proto = prototype('bpf_lamp_put', 'void', 'struct lamp *lamp');
  const filtered = [
    { programType: 'BPF_PROG_TYPE_TRACING', filter: 'lamp_filter', condition: 'CONFIG_LAMP' },
  ];
  const sets = [
    set(['KF_RELEASE'], '', { registrations: filtered }),
    set([], '', { name: 'lamp_dtors', role: 'destructor', registrations: [] }),
  ];
  const types = { was: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'] };
  const now = ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_PERF_EVENT', 'BPF_PROG_TYPE_TRACING'];
  const with_ = (programTypes: string[]): Partial<State> => ({
    roles: ['kfunc', 'destructor'],
    sets,
    programTypes,
  });
  const told = (texts: string[]) => texts.map((text) => `${text} (filtered by lamp_filter)`);
  return record('bpf_lamp_put', {
    states: [
      state('v6.12', 'v6.12', proto, with_(types.was)),
      state('v6.13', null, proto, with_(now)),
    ],
    changes: [
      change('v6.13', 'v6.12', 'programTypes', {
        was: told(types.was),
        now: told(now),
        event: 'hook-changed:BTF_KFUNC_HOOK_TRACING',
      }),
    ],
  });
}
