import type {
  Deprecation,
  KfuncFacts,
  KfuncSet,
  Param,
  Prototype,
  ReleaseFile,
  Role,
} from '../data/schema/index.ts';
import { sketch } from '../kfunc/sketch.ts';
import type { KfuncReading, ReleaseReading } from '../kfunc/types.ts';

/** What a test says of an invented kfunc; the rest is made up. */
export interface Invented {
  flags?: string[];
  roles?: Role[];
  returns?: string;
  /** `struct kettle *k, u32 n__sz`; those after a `|` are supplied by the verifier. */
  params?: string;
  /** Suffixes by parameter. */
  suffixes?: Record<string, string>;
  types?: string[];
  filter?: string | null;
  /** Instead of the one set that `flags` and `types` make. */
  sets?: KfuncSet[];
  /** After fan-out; `types` when left out. */
  programTypes?: string[];
  file?: string;
  otherFiles?: string[];
  config?: string | null;
  arch?: string[] | null;
  doc?: string | null;
  deprecation?: Deprecation[];
  /** Tokens with blanks between; null for a kfunc without definition. */
  body?: string | null;
  wraps?: string | null;
  subsystem?: string | null;
}

const HOME = 'kernel/bpf/kitchen.c';

function hash(text: string): string {
  let value = 7;
  for (const char of text) value = (Math.imul(value, 31) + char.codePointAt(0)!) >>> 0;
  return value.toString(16).padStart(8, '0');
}

function paramsOf(text: string, suffixes: Record<string, string>): Param[] {
  return text.split('|').flatMap((part, i) =>
    part
      .split(',')
      .map((p) => p.trim())
      .filter((p) => p !== '')
      .map((p) => {
        const name = /\w+$/.exec(p)![0];
        const type = p.slice(0, -name.length).trim();
        return { name, type, suffix: suffixes[name] ?? null, implicit: i === 1 };
      }),
  );
}

function prototypeOf(name: string, returns: string, params: Param[]): Prototype {
  const join = (type: string, word: string): string =>
    type.endsWith('*') ? type + word : `${type} ${word}`;
  const spell = (list: Param[]): string => {
    const inner = list.map((p) => join(p.type, p.name)).join(', ');
    return `${join(returns, name)}(${inner === '' ? 'void' : inner})`;
  };
  return { kernel: spell(params), bpf: spell(params.filter((p) => !p.implicit)), returns, params };
}

export function kfuncSet(options: Partial<KfuncSet> & { types?: string[] } = {}): KfuncSet {
  const { types = ['BPF_PROG_TYPE_TRACING'], ...rest } = options;
  const registrations = types.map((programType) => ({
    programType,
    filter: null,
    condition: null,
  }));
  return { name: 'kitchen_set', file: HOME, role: 'kfunc', flags: [], registrations, ...rest };
}

/** A kfunc as an invented release has it. */
export function kfunc(name: string, invented: Invented = {}): KfuncReading {
  const {
    flags = [],
    roles = ['kfunc'],
    types = ['BPF_PROG_TYPE_TRACING'],
    filter = null,
    file = HOME,
    otherFiles = [],
    deprecation = [],
    doc = null,
    config = null,
    body = `{ ${name.split('_').join(' ')} ( ${hash(name)} ) ; }`,
  } = invented;
  const sets = invented.sets ?? [
    {
      ...kfuncSet({ flags, role: roles[0]! }),
      registrations: types.map((programType) => ({ programType, filter, condition: null })),
    },
  ];
  const files = body === null ? [] : [file, ...otherFiles];
  const prototype =
    body === null
      ? null
      : prototypeOf(
          name,
          invented.returns ?? 'int',
          paramsOf(invented.params ?? 'struct kettle *k', invented.suffixes ?? {}),
        );
  const facts: KfuncFacts = {
    roles,
    flags,
    prototype,
    sets,
    programTypes: invented.programTypes ?? [...types].sort(),
    config: { expr: config, parts: [] },
    arch: invented.arch ?? null,
    definitions: files.map((f) => ({ file: f, guard: null })),
    doc: doc === null ? { kind: 'none', hash: null } : { kind: 'kernel-doc', hash: hash(doc) },
    deprecation,
  };
  const words = (body ?? '').split(' ').map((word) => (word === name ? '\u0001' : word));
  return {
    name,
    facts,
    subsystem: invented.subsystem ?? null,
    definitions: files.map((f, i) => ({ file: f, line: 10 + i })),
    entries: sets.map((set, i) => ({ set: set.name, file: set.file, line: 90 + i })),
    deprecations: deprecation.map((d) => ({ file: d.file, line: 5 })),
    fingerprint: {
      body: body === null ? null : hash(words.join(' ')),
      bodySketch: body === null ? [] : sketch(words),
      prototype: prototype && hash(prototype.kernel.replace(name, '')),
      docSketch: sketch((doc ?? '').split(' ').filter((word) => word !== '')),
      wraps: invented.wraps ?? null,
    },
  };
}

export interface InventedRelease {
  line?: string;
  tag?: string;
  date?: string;
  preview?: boolean;
  flags?: string[];
  suffixes?: string[];
  hooks?: ReleaseFile['hooks'];
  jit?: { arch: string; condition: string | null }[];
  prose?: Record<string, string>;
}

/** A release that holds `kfuncs`; its line is mainline unless said otherwise. */
export function release(
  id: string,
  kfuncs: KfuncReading[],
  invented: InventedRelease = {},
): ReleaseReading {
  const { flags = [], suffixes = [], hooks = [], jit = [], prose = {} } = invented;
  const { line = 'mainline', tag = id, date = '2024-01-01', preview = false } = invented;
  return {
    release: { id, line, tag, exact: tag === id, preview, date, commit: hash(id) },
    kfuncs,
    flags: flags.map((name, bit) => ({ name, bit, meaning: null, file: 'btf.h', line: bit + 1 })),
    suffixes: suffixes.map((literal, i) => ({
      literal,
      kind: 'parameter',
      file: 'verifier.c',
      line: i + 1,
    })),
    implicitArgs: [],
    hooks,
    jit: jit.map((j) => ({ ...j, file: `arch/${j.arch}/net/jit.c`, line: 1 })),
    filters: {},
    examples: {},
    users: {},
    prose,
    diagnostics: [],
  };
}

/** Evidence of deprecation; a comment unless said otherwise. */
export function words(options: Partial<Deprecation> = {}): Deprecation {
  return { kind: 'comment', hash: 'c0', file: HOME, promised: null, instead: null, ...options };
}
