import type { Dataset } from '../src/data/dataset.ts';
import { proseHash } from '../src/data/prose.ts';
import type { KfuncFacts, KfuncRecord, ReleaseFile } from '../src/data/schema/index.ts';
import { factsOf } from './sample/facts.ts';
import { fold } from './sample/fold.ts';
import { planOf, renamed, shapeAt, type Plan } from './sample/plan.ts';
import { random } from './sample/random.ts';
import {
  releaseIndex,
  sampleReleaseEntry,
  sampleReleaseFile,
  sampleReleaseIds,
} from './sample/releases.ts';

export interface SampleOptions {
  /** Mainline releases from v5.12 on, which is empty; 45 reaches v7.16. At least 2. */
  releases?: number;
  /** How many, removed ones and both names of renamed ones included. */
  kfuncs?: number;
  /** Adds the line `debian-13`, of one release that has all that the last but one mainline has. */
  tree?: boolean;
  /** Makes the newest release a preview (`-rc3`). */
  preview?: boolean;
  /** Another seed makes another dataset. */
  seed?: number;
}

function plansOf(count: number, releases: number, seed: number): Plan[] {
  const plans: Plan[] = [];
  for (let n = 0; plans.length < count; n++) {
    const plan = planOf(n, releases, random(seed * 100_003 + n));
    const newName = plan.present[0]![0] + 1 + (n % 4);
    plans.push(...(n % 20 === 1 && newName < releases ? renamed(plan, newName) : [plan]));
  }
  return plans.slice(0, count);
}

/**
 * An invented dataset that keeps the schema: the same options give the same dataset. It holds
 * kfuncs that stay, go, come back, are renamed and deprecated; several roles, sets, states and
 * configs; kfuncs without doc, config, subsystem or prototype; tree-wide events; and prose.
 */
export function sampleDataset(options: SampleOptions = {}): Dataset {
  const { releases: count = 45, kfuncs: most = 700, tree = false, preview = false } = options;
  const ids = sampleReleaseIds(count);
  const prose = new Map<string, string>();
  const keep = (text: string) => {
    const hash = proseHash(text);
    prose.set(hash, text);
    return hash;
  };
  const releases = ids.map((id) => sampleReleaseEntry(id));
  const files = ids.map((id, index) => sampleReleaseFile(id, index, keep));
  if (preview && ids.length > 1) {
    const id = `${ids.at(-1)!}-rc3`;
    Object.assign(releases.at(-1)!, { id, tag: id, exact: true, preview: true });
    files.at(-1)!.id = id;
    ids[ids.length - 1] = id;
  }

  const kfuncs: KfuncRecord[] = [];
  const treeId = 'debian-13';
  const treeFile = sampleReleaseFile(treeId, Math.max(0, count - 2), keep);
  for (const plan of plansOf(most, count, options.seed ?? 1)) {
    const facts = ids.map((_, index) => {
      const shape = shapeAt(plan, index);
      return shape === null ? null : factsOf(plan, shape, index, keep);
    });
    facts.forEach((f, index) => {
      if (f === null) return;
      addPositions(files[index]!, plan.name, f, index);
      if (index >= releaseIndex('v6.3')) addExamples(files[index]!, plan.name, index, keep);
    });
    const record = recordOf(plan, ids, facts);
    const inTree = tree ? facts.at(-2) : null;
    if (inTree) {
      addPositions(treeFile, plan.name, inTree, count);
      record.lines.push(fold(treeId, [treeId], [inTree], () => null));
    }
    kfuncs.push(record);
  }
  kfuncs.sort((a, b) => (a.name < b.name ? -1 : 1));
  linkRenames(kfuncs, ids);
  addEvents(files, kfuncs);
  if (tree) {
    releases.push(sampleReleaseEntry(treeId, treeId));
    files.push(treeFile);
  }
  return { releases, releaseFiles: files, kfuncs, prose };
}

function recordOf(plan: Plan, ids: string[], facts: (KfuncFacts | null)[]): KfuncRecord {
  const last = facts.at(-1) ?? null;
  const end = releaseIndex('v7.0');
  const line = fold('mainline', ids, facts, (release, kind) =>
    kind === 'flags' && releaseIndex(release) === end ? 'flag-removed:KF_TRUSTED_ARGS' : null,
  );
  const status = last === null ? 'removed' : last.deprecation.length > 0 ? 'deprecated' : 'active';
  return {
    name: plan.name,
    status,
    subsystem: plan.subsystem,
    lines: [line],
    replaces:
      plan.predecessor === null
        ? []
        : [{ name: plan.predecessor, release: line.spans[0]!.first, evidence: ['same-body'] }],
    replacedBy: [],
  };
}

/** Tells both sides of a rename, where the dataset reaches far enough to hold both. */
function linkRenames(kfuncs: KfuncRecord[], ids: string[]): void {
  const byName = new Map(kfuncs.map((k) => [k.name, k]));
  for (const record of kfuncs) {
    record.replaces = record.replaces.filter((r) => byName.has(r.name));
    for (const { name, release, evidence } of record.replaces) {
      const old = byName.get(name)!;
      old.replacedBy.push({ name: record.name, release, evidence });
      const after = ids[ids.indexOf(release) - 1] ?? null;
      const change = { release, after, kind: 'renamed' as const, event: null, commit: null };
      old.lines[0]!.changes.push({ ...change, was: [name], now: [record.name] });
      record.lines[0]!.changes.push({ ...change, was: [name], now: [record.name] });
    }
  }
  for (const { deprecation } of kfuncs.flatMap((k) => k.lines).flatMap((l) => l.states)) {
    for (const d of deprecation) if (d.instead !== null && !byName.has(d.instead)) d.instead = null;
  }
}

function addPositions(file: ReleaseFile, name: string, facts: KfuncFacts, index: number): void {
  const seed = Array.from(name).reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 4000, 7);
  const line = 100 + seed + 3 * index;
  file.definitions[name] = facts.definitions.map((d, i) => ({
    file: d.file,
    line: line + 400 * i,
  }));
  file.entries[name] = facts.sets.map((s, i) => ({
    set: s.name,
    file: s.file,
    line: line + 2000 + i,
  }));
  if (facts.deprecation.length > 0) {
    file.deprecations[name] = facts.deprecation.map((d) => ({ file: d.file, line: line - 4 }));
  }
  for (const { filter } of facts.sets.flatMap((s) => s.registrations)) {
    if (filter !== null) file.filters[filter] = { file: facts.sets[0]!.file, line: 5000 + index };
  }
}

/** Every fourth kfunc is shown by a document, in two ways. */
function addExamples(
  file: ReleaseFile,
  name: string,
  index: number,
  keep: (text: string) => string,
): void {
  const seed = Array.from(name).reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 4000, 7);
  if (seed % 4 !== 0) return;
  const place = {
    file: 'Documentation/bpf/kfuncs.rst',
    anchor: `lamps-of-hall-${seed}`,
    title: keep(`BPF lamps\n4.${seed} Lamps of hall ${seed}`),
  };
  const code = `struct lamp *lamp;\n\n/* Any lamp will do. */\nlamp = ${name}(${seed});\nif (!lamp)\n        return -ENOENT;`;
  const line = seed + 2 * index;
  file.examples[name] = [
    { ...place, line, kind: 'kernel-doc', hash: null },
    { ...place, line: line + 20, kind: 'code', hash: keep(code) },
  ];
}

/** The end of KF_TRUSTED_ARGS in v7.0, and each architecture and suffix that comes. */
function addEvents(files: ReleaseFile[], kfuncs: KfuncRecord[]): void {
  files.forEach((file, i) => {
    const before = files[i - 1];
    if (before === undefined) return;
    const event = { was: [], now: [], changed: [], stricter: [] };
    for (const { arch } of file.jit.filter((j) => !before.jit.some((b) => b.arch === j.arch))) {
      file.events.push({ ...event, id: `jit-added:${arch}`, kind: 'jit-added', subject: arch });
    }
    const gone = before.flags.filter((f) => !file.flags.some((g) => g.name === f.name));
    for (const { name } of gone) {
      const changedHere = kfuncs.filter((k) =>
        k.lines[0]!.changes.some((c) => c.release === file.id && c.kind === 'flags'),
      );
      const changed = changedHere.map((k) => k.name);
      const stricter = Object.keys(file.definitions).filter((n) => !changed.includes(n));
      const id = `flag-removed:${name}`;
      file.events.push({ ...event, id, kind: 'flag-removed', subject: name, changed, stricter });
    }
  });
}
