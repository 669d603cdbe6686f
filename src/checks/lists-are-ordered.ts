import type { DatasetCheck } from './check.ts';
import { outOfOrder, repeated } from './words.ts';

export const listsAreOrdered: DatasetCheck = {
  name: 'lists-are-ordered',
  description:
    'Kfuncs, program types and architectures stand in the order of their names, sets by file, flags by bit; so do the keys of a release’s file.',
  *check(view) {
    const unordered = outOfOrder(view.dataset.kfuncs.map((k) => k.name));
    if (unordered !== null) {
      yield { subject: unordered, release: null, message: 'stands twice or out of order' };
    }
    for (const file of view.dataset.releaseFiles) {
      for (const what of ['definitions', 'entries', 'filters', 'deprecations'] as const) {
        const key = outOfOrder(Object.keys(file[what]));
        if (key === null) continue;
        yield { subject: key, release: file.id, message: `stands out of order in ${what}` };
      }
    }
    for (const { record, file, release, state } of view.moments()) {
      const at = { subject: record.name, release: release.id };
      const rank = new Map(file.flags.map((flag, i) => [flag.name, i]));
      for (const list of [state.flags, ...state.sets.map((set) => set.flags)]) {
        const ranks = list.map((flag) => rank.get(flag) ?? rank.size);
        if (repeated(list).length > 0 || ranks.some((r, i) => i > 0 && r < ranks[i - 1]!)) {
          yield { ...at, message: `has its flags in the order ${list.join(', ')}` };
        }
      }
      const files = state.sets.map((set) => set.file);
      if (files.some((name, i) => i > 0 && name < files[i - 1]!)) {
        yield { ...at, message: `has its sets in the order ${files.join(', ')}` };
      }
      for (const list of [state.programTypes, state.arch ?? []]) {
        const wrong = outOfOrder(list);
        if (wrong !== null) yield { ...at, message: `has ${wrong} twice or out of order` };
      }
    }
  },
};
