import type { Dataset } from './dataset.ts';
import type {
  Change,
  KfuncLine,
  KfuncRecord,
  ReleaseEntry,
  ReleaseFile,
  Span,
  State,
} from './schema/index.ts';

/** A release; `v6.12=v6.12.107` is one that a stable tag stands for, `v7.4-rc1` a preview. */
export function entry(text: string, line = 'mainline'): ReleaseEntry {
  const [id = '', tag = id] = text.split('=');
  return {
    id,
    line,
    tag,
    exact: tag === id,
    preview: id.includes('-rc'),
    date: '2024-11-17',
    commit: '0123456789abcdef0123456789abcdef01234567',
  };
}

export function state(from: string, to: string | null, more: Partial<State> = {}): State {
  const prototype = 'struct lamp *bpf_lamp_get(u32 nr)';
  return {
    from,
    to,
    roles: ['kfunc'],
    flags: ['KF_ACQUIRE'],
    prototype: {
      kernel: prototype,
      bpf: prototype,
      returns: 'struct lamp *',
      params: [{ name: 'nr', type: 'u32', suffix: null, implicit: false }],
    },
    sets: [
      {
        name: 'lamp_ids',
        file: 'kernel/lamp.c',
        role: 'kfunc',
        flags: ['KF_ACQUIRE'],
        registrations: [{ programType: 'BPF_PROG_TYPE_XDP', filter: null, condition: null }],
      },
    ],
    programTypes: ['BPF_PROG_TYPE_XDP'],
    config: { expr: null, parts: [] },
    arch: null,
    definitions: [{ file: 'kernel/lamp.c', guard: null }],
    doc: { kind: 'none', hash: null },
    deprecation: [],
    ...more,
  };
}

export function span(
  first: string,
  after: string | null,
  last: string | null = null,
  goneIn: string | null = null,
): Span {
  return { first, after, last, goneIn };
}

export function change(release: string, kind: Change['kind'], more: Partial<Change> = {}): Change {
  return { release, after: null, kind, was: [], now: [], event: null, commit: null, ...more };
}

export function kfunc(line: Partial<KfuncLine>, more: Partial<KfuncRecord> = {}): KfuncRecord {
  return {
    name: 'bpf_lamp_get',
    status: 'active',
    subsystem: 'LAMPS',
    lines: [{ id: 'mainline', base: null, spans: [], states: [], changes: [], ...line }],
    replaces: [],
    replacedBy: [],
    ...more,
  };
}

/**
 * A dataset of those releases and kfuncs; every kfunc is defined in kernel/lamp.c:7 throughout. `more` is
 * true of all the releases.
 */
export function datasetOf(
  releases: readonly ReleaseEntry[],
  kfuncs: readonly KfuncRecord[],
  prose: Dataset['prose'] = null,
  more: Partial<ReleaseFile> = {},
): Dataset {
  const positions = Object.fromEntries(
    kfuncs.map((k) => [k.name, [{ file: 'kernel/lamp.c', line: 7 }]]),
  );
  const releaseFiles = releases.map(({ id }) => ({
    id,
    flags: [],
    suffixes: [],
    implicitArgs: [],
    hooks: [],
    jit: [],
    events: [],
    definitions: positions,
    entries: {},
    filters: {},
    deprecations: positions,
    examples: {},
    users: {},
    ...more,
  }));
  return { releases: [...releases], releaseFiles, kfuncs: [...kfuncs], prose };
}
