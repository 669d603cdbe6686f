import { hash } from 'node:crypto';
import type { Cache } from '../data/cache/cache.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { KfuncReading, ReleaseReading } from '../kfunc/types.ts';

/** What is large in the reading of a kfunc, and mostly the same from release to release. */
const SHARED = ['facts', 'fingerprint'] as const;

type Shared = Pick<KfuncReading, (typeof SHARED)[number]>;

/** A kfunc's reading with hashes in place of what is shared. */
type Outline = Omit<KfuncReading, keyof Shared> & Record<keyof Shared, string>;

interface Kept {
  /** Hashes of the packs that hold what is shared; a pack has values by their hashes. */
  packs: string[];
  reading: Omit<ReleaseReading, 'kfuncs'> & { kfuncs: Outline[] };
}

type Readings = Pick<Cache, 'hasReading' | 'reading' | 'putReading' | 'stamp' | 'putStamp'>;

/**
 * Readings of releases from run to run. What releases share is kept once, and is one object in all
 * readings that this gives: less than half of what would be decoded otherwise, and told equal at a glance.
 */
export class KeptReadings {
  private readonly cache: Readings;
  /** Values and the packs that hold them, by hash. */
  private readonly shared = new Map<string, { value: unknown; pack: string }>();
  private readonly opened = new Set<string>();

  constructor(cache: Readings) {
    this.cache = cache;
  }

  /** Whether a commit was read; `recall` may still find that damaged. */
  has(commit: string): boolean {
    return this.cache.hasReading(commit);
  }

  /** What an earlier run has read of the release's commit, under whatever name; undefined for nothing. */
  recall(release: ReleaseEntry): ReleaseReading | undefined {
    const kept = this.cache.reading(release.commit) as Kept | undefined;
    if (kept === undefined) return undefined;
    for (const pack of kept.packs) this.open(pack);
    const { reading } = kept;
    if (!reading.kfuncs.every((k) => SHARED.every((part) => this.shared.has(k[part]))))
      return undefined;
    const diagnostics = reading.diagnostics.map((d) => ({ ...d, release: release.id }));
    const kfuncs = reading.kfuncs.map((kfunc) => ({ ...kfunc, ...this.sharedOf(kfunc) }));
    return { ...reading, release, diagnostics, kfuncs };
  }

  /** Keeps a reading for later runs. Gives it as `recall` would. */
  keep(reading: ReleaseReading): ReleaseReading {
    const fresh = new Map<string, unknown>();
    const share = (value: unknown): string => {
      const id = hash('sha256', JSON.stringify(value)).slice(0, 32);
      if (!this.shared.has(id)) fresh.set(id, value);
      return id;
    };
    const outlines = reading.kfuncs.map((kfunc): Outline => ({
      ...kfunc,
      facts: share(kfunc.facts),
      fingerprint: share(kfunc.fingerprint),
    }));
    if (fresh.size > 0) this.put(fresh);
    const ids = outlines.flatMap((kfunc) => SHARED.map((part) => kfunc[part]));
    const packs = new Set(ids.map((id) => this.shared.get(id)!.pack));
    const kept: Kept = { packs: [...packs], reading: { ...reading, kfuncs: outlines } };
    this.cache.putReading(reading.release.commit, kept);
    const kfuncs = outlines.map((kfunc) => ({ ...kfunc, ...this.sharedOf(kfunc) }));
    return { ...reading, kfuncs };
  }

  private sharedOf(kfunc: Outline): Shared {
    const of = (id: string) => this.shared.get(id)!.value;
    return { facts: of(kfunc.facts), fingerprint: of(kfunc.fingerprint) } as Shared;
  }

  /** A pack is named by what it has, so that another run never puts something else in its place. */
  private put(values: ReadonlyMap<string, unknown>): void {
    const pack = hash('sha256', [...values.keys()].join(' ')).slice(0, 32);
    this.cache.putStamp(stampOf(pack), Object.fromEntries(values));
    this.opened.add(pack);
    for (const [id, value] of values) this.shared.set(id, { value, pack });
  }

  private open(pack: string): void {
    if (this.opened.has(pack)) return;
    this.opened.add(pack);
    const values = (this.cache.stamp(stampOf(pack)) ?? {}) as Record<string, unknown>;
    for (const [id, value] of Object.entries(values)) {
      if (!this.shared.has(id)) this.shared.set(id, { value, pack });
    }
  }
}

function stampOf(pack: string): string {
  return `shared by readings: ${pack}`;
}
