import { type KfuncRecord, MAINLINE } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';
import type { View } from './view.ts';

/** The release that decides: the newest of mainline that is no preview, when mainline ever had it. */
function decides(view: View, record: KfuncRecord): string | undefined {
  const mainline = view.idsOf(MAINLINE);
  const released = mainline.filter((id) => view.entry(id)?.preview === false);
  if (released.some((id) => view.stateAt(record, id))) return released.at(-1);
  const newest = view.lines.map((line) => view.idsOf(line).at(-1)!);
  return newest.find((id) => view.stateAt(record, id)) ?? released.at(-1) ?? mainline.at(-1);
}

export const statusIsOfNewest: DatasetCheck = {
  name: 'status-is-of-newest',
  description:
    'The status is that of the newest mainline release: removed where it is not there, deprecated where words or the flag say so.',
  *check(view) {
    for (const record of view.dataset.kfuncs) {
      const release = decides(view, record);
      if (release === undefined) continue;
      const state = view.stateAt(record, release);
      const speaks = state?.deprecation.some((d) => d.kind !== 'wrapper') === true;
      const expected = !state ? 'removed' : speaks ? 'deprecated' : 'active';
      if (record.status === expected) continue;
      yield {
        subject: record.name,
        release,
        message: `is ${expected}, its status ${record.status}`,
      };
    }
  },
};
