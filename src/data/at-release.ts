import type { Dataset } from './dataset.ts';
import type { KfuncRecord, State } from './schema/index.ts';

/** Looks up what is true of a kfunc in a release; undefined where it is absent. */
export type StateAt = (record: KfuncRecord, releaseId: string) => State | undefined;

/**
 * A look-up of states by release. A kfunc that says nothing of a line with a base is there what it is at
 * the base.
 *
 * @throws Error for a release that the dataset does not have: the reader checks that all exist
 */
export function statesOf({ releases, kfuncs }: Pick<Dataset, 'releases' | 'kfuncs'>): StateAt {
  const lines = Map.groupBy(releases, ({ line }) => line);
  const places = new Map(
    [...lines.values()].flatMap((line) =>
      line.map(({ id, line }, order) => [id, { line, order }] as const),
    ),
  );
  const placeOf = (id: string) => {
    const place = places.get(id);
    if (place === undefined) throw new Error(`The dataset has no release ${id}.`);
    return place;
  };
  const bases = basesOf(kfuncs);
  return function stateAt(record, releaseId): State | undefined {
    const { line: lineId, order } = placeOf(releaseId);
    const line = record.lines.find(({ id }) => id === lineId);
    if (line === undefined) {
      const base = bases.get(lineId);
      return base === undefined ? undefined : stateAt(record, base);
    }
    return line.states.find(
      ({ from, to }) => placeOf(from).order <= order && (to === null || placeOf(to).order >= order),
    );
  };
}

/** Lines that some kfunc tells as differences, with the release that they differ from. */
export function basesOf(kfuncs: readonly KfuncRecord[]): Map<string, string> {
  const lines = kfuncs.flatMap((kfunc) => kfunc.lines);
  return new Map(lines.flatMap(({ id, base }) => (base === null ? [] : [[id, base]])));
}
