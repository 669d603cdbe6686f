import type { Dataset } from './dataset.ts';
import { kfuncPath, releasePath } from './files.ts';
import { pathText } from './problems.ts';
import type { KfuncLine, KfuncRecord } from './schema/index.ts';

/** What one part of the dataset says of another that does not hold it. */
export interface ReferenceProblem {
  file: string;
  message: string;
}

/**
 * Checks what no schema of one file can see: each release has its entry and its file, once; each
 * release, line, event and kfunc that is named is there. Prose may be in part or absent.
 */
export function checkReferences(dataset: Omit<Dataset, 'prose'>): ReferenceProblem[] {
  const problems: ReferenceProblem[] = [];
  const ids = new Set<string>();
  for (const { id } of dataset.releases) {
    if (ids.has(id)) {
      problems.push({ file: 'releases.json', message: `has the release ${id} twice` });
    }
    ids.add(id);
  }
  const events = new Map<string, Set<string>>();
  for (const file of dataset.releaseFiles) {
    const name = releasePath(file.id);
    if (events.has(file.id)) problems.push({ file: name, message: 'is there twice' });
    if (!ids.has(file.id)) {
      problems.push({ file: name, message: `is of a release that releases.json does not list` });
    }
    events.set(file.id, new Set(file.events.map((e) => e.id)));
  }
  for (const id of ids) {
    if (!events.has(id)) {
      problems.push({ file: releasePath(id), message: 'is missing, but releases.json lists it' });
    }
  }
  const names = new Set<string>();
  for (const { name } of dataset.kfuncs) {
    if (names.has(name)) problems.push({ file: kfuncPath(name), message: 'is there twice' });
    names.add(name);
  }
  const lines = new Set(dataset.releases.map((r) => r.line));
  for (const record of dataset.kfuncs) {
    for (const message of recordProblems(record, { ids, lines, names, events })) {
      problems.push({ file: kfuncPath(record.name), message });
    }
  }
  return problems;
}

interface Known {
  ids: ReadonlySet<string>;
  lines: ReadonlySet<string>;
  names: ReadonlySet<string>;
  events: ReadonlyMap<string, ReadonlySet<string>>;
}

function* recordProblems(record: KfuncRecord, known: Known): Generator<string> {
  for (const [path, release] of releasesOf(record)) {
    if (release !== null && !known.ids.has(release)) {
      yield `${pathText(path)}: names the release ${release}, which releases.json does not list`;
    }
  }
  for (const [i, line] of record.lines.entries()) {
    if (!known.lines.has(line.id)) {
      yield `${pathText(['lines', i, 'id'])}: is the line ${line.id}, of which releases.json lists no release`;
    }
    for (const [j, change] of line.changes.entries()) {
      if (change.event !== null && known.events.get(change.release)?.has(change.event) === false) {
        yield `${pathText(['lines', i, 'changes', j, 'event'])}: names the event ${change.event}, which ${releasePath(change.release)} does not tell`;
      }
    }
  }
  for (const side of ['replaces', 'replacedBy'] as const) {
    for (const [i, other] of record[side].entries()) {
      if (!known.names.has(other.name)) {
        yield `${pathText([side, i, 'name'])}: names the kfunc ${other.name}, which the dataset does not hold`;
      }
    }
  }
}

function* releasesOf(
  record: KfuncRecord,
): Generator<[path: PropertyKey[], release: string | null]> {
  for (const [i, line] of record.lines.entries()) yield* releasesOfLine(line, ['lines', i]);
  for (const side of ['replaces', 'replacedBy'] as const) {
    for (const [i, other] of record[side].entries()) yield [[side, i, 'release'], other.release];
  }
}

function* releasesOfLine(
  line: KfuncLine,
  path: PropertyKey[],
): Generator<[path: PropertyKey[], release: string | null]> {
  yield [[...path, 'base'], line.base];
  for (const [i, span] of line.spans.entries()) {
    for (const key of ['first', 'after', 'last', 'goneIn'] as const) {
      yield [[...path, 'spans', i, key], span[key]];
    }
  }
  for (const [i, state] of line.states.entries()) {
    yield [[...path, 'states', i, 'from'], state.from];
    yield [[...path, 'states', i, 'to'], state.to];
  }
  for (const [i, change] of line.changes.entries()) {
    yield [[...path, 'changes', i, 'release'], change.release];
    yield [[...path, 'changes', i, 'after'], change.after];
  }
}
