import type { DatasetCheck } from './check.ts';
import { compareVersions, versionOf } from '../data/schema/index.ts';

/** The last minor version of each major one so far: 6.19 is followed by 7.0. */
const LAST_MINOR: ReadonlyMap<number, number> = new Map([
  [5, 19],
  [6, 19],
]);

export const deprecationIsTold: DatasetCheck = {
  name: 'deprecation-is-told',
  description:
    'What speaks of a kfunc’s end promises a release that is or will be, points to another kfunc of the release, and quotes words where there are some.',
  *check(view) {
    const byName = new Map(view.dataset.kfuncs.map((k) => [k.name, k]));
    for (const { record, release, state } of view.moments()) {
      const at = { subject: record.name, release: release.id };
      for (const { kind, hash, promised, instead } of state.deprecation) {
        const silent = kind === 'flag' || kind === 'wrapper';
        if (silent !== (hash === null)) {
          yield {
            ...at,
            message: `has evidence of the kind ${kind} ${silent ? 'with' : 'without'} words`,
          };
        }
        if (promised !== null) {
          const version = /^v\d+\.\d+$/.test(promised) ? versionOf(promised) : null;
          const last = LAST_MINOR.get(version?.[0] ?? 0);
          const first = versionOf('v5.13')!;
          if (
            version === null ||
            compareVersions(version, first) < 0 ||
            (last !== undefined && version[1] > last)
          ) {
            yield { ...at, message: `is promised to go in ${promised}, which is no release` };
          }
        }
        if (instead === null) continue;
        const other = byName.get(instead);
        if (other === undefined || other === record || view.stateAt(other, release.id) === null) {
          yield { ...at, message: `points to ${instead}, which is no other kfunc of the release` };
        }
      }
    }
  },
};
