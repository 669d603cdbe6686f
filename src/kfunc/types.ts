import type {
  Example,
  KfuncFacts,
  Position,
  ReleaseEntry,
  ReleaseFlag,
  ReleaseFile,
  ReleaseSuffix,
} from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';

/**
 * Fingerprints of a definition, by which a kfunc that leaves and one that comes in the same release
 * are recognised as one that was renamed. Its own name is masked in all of them.
 */
export interface Fingerprint {
  /** Hash of the body's tokens; null without a body. */
  body: string | null;
  /** Bottom-k sketch of the body's token 3-grams (see sketch.ts). */
  bodySketch: number[];
  /** Hash of return type and parameters (types and names). */
  prototype: string | null;
  /** Bottom-k sketch of the words of the doc comment. */
  docSketch: number[];
  /** The one function that the body calls and returns, when that is all it does; null otherwise. */
  wraps: string | null;
}

/** One kfunc as one release has it. */
export interface KfuncReading {
  name: string;
  facts: KfuncFacts;
  /** Most specific MAINTAINERS entry of the file of its preferred definition. */
  subsystem: string | null;
  /** One for one with `facts.definitions`. */
  definitions: Position[];
  /** One for one with `facts.sets`. */
  entries: { set: string; file: string; line: number }[];
  /** One for one with `facts.deprecation`. */
  deprecations: Position[];
  fingerprint: Fingerprint;
}

/** All that was read of one release. */
export interface ReleaseReading {
  release: ReleaseEntry;
  /** Sorted by name. */
  kfuncs: KfuncReading[];
  flags: ReleaseFlag[];
  suffixes: ReleaseSuffix[];
  implicitArgs: string[];
  hooks: ReleaseFile['hooks'];
  jit: ReleaseFile['jit'];
  filters: Record<string, Position>;
  /** kfunc -> where the release's documents show it, by file and line. */
  examples: Record<string, Example[]>;
  /** kfunc -> the BPF programs of the release's tree that call it, sorted. */
  users: Record<string, string[]>;
  /** The kernel's own words, by hash. */
  prose: Record<string, string>;
  diagnostics: Diagnostic[];
}
