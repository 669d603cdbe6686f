import type { DatasetCheck } from './check.ts';

export const renamesAgree: DatasetCheck = {
  name: 'renames-agree',
  description:
    'A change of a name is told by both sides, in the same words, and beside it who replaces whom.',
  *check(view) {
    const byName = new Map(view.dataset.kfuncs.map((k) => [k.name, k]));
    for (const { record, line } of view.kfuncLines()) {
      for (const { release, kind, was, now } of line.changes) {
        if (kind !== 'renamed') continue;
        const at = { subject: record.name, release };
        const isOld = was.includes(record.name);
        const isNew = now.includes(record.name);
        if (isOld === isNew) {
          yield { ...at, message: `is told as renamed from ${was.join()} to ${now.join()}` };
          continue;
        }
        for (const name of isOld ? now : was) {
          const told = (isOld ? record.replacedBy : record.replaces).some(
            (r) => r.name === name && r.release === release,
          );
          const other = byName.get(name)?.lines.find((l) => l.id === line.id);
          const back = other?.changes.some(
            (c) =>
              c.kind === 'renamed' &&
              c.release === release &&
              (isOld ? c.was : c.now).includes(record.name),
          );
          if (!told || back !== true) {
            yield {
              ...at,
              message: `is told as renamed ${isOld ? 'to' : 'from'} ${name}, which ${told ? 'tells no such change' : 'is not told to take its place'}`,
            };
          }
        }
      }
    }
  },
};
