import { compareVersions, MAINLINE, type ReleaseEntry, versionOf } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';

function* one(release: ReleaseEntry): Generator<Finding> {
  const { id, line, tag, exact, date, commit } = release;
  const at = { subject: 'releases.json', release: id };
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    yield { ...at, message: `has the commit ${commit}` };
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) {
    yield { ...at, message: `has the date ${date}` };
  }
  if (line !== MAINLINE) return;
  if (versionOf(id) === null) yield { ...at, message: 'is of mainline, and no version' };
  if (exact !== (tag === id)) yield { ...at, message: `is ${exact ? '' : 'not '}exactly ${tag}` };
  const [own, standing] = [versionOf(id), versionOf(tag)];
  if (own && standing && (own[0] !== standing[0] || own[1] !== standing[1])) {
    yield { ...at, message: `is stood for by ${tag}, of another series` };
  }
}

export const releasesAreWellFormed: DatasetCheck = {
  name: 'releases-are-well-formed',
  description:
    'Releases have a commit, a date and a tag of their series; mainline comes first, in the order of versions and (of exact ones) dates, a preview last.',
  *check(view) {
    const { releases } = view.dataset;
    for (const release of releases) yield* one(release);
    const lines = releases.map((r) => r.line);
    for (const [i, { line, id }] of releases.entries()) {
      const apart = lines.indexOf(line) !== i && lines[i - 1] !== line;
      const late = line === MAINLINE && lines[0] !== MAINLINE;
      if (!apart && !late) continue;
      yield {
        subject: 'releases.json',
        release: id,
        message: `stands apart from its line, ${line}`,
      };
    }
    const mainline = releases.filter((r) => r.line === MAINLINE);
    for (const [i, { id, preview }] of mainline.entries()) {
      const at = { subject: 'releases.json', release: id };
      if (preview && i < mainline.length - 1)
        yield { ...at, message: 'is a preview, and not last' };
      const before = mainline[i - 1];
      const [own, older] = [versionOf(id), versionOf(before?.id ?? '')];
      if (own && older && compareVersions(older, own) >= 0) {
        yield { ...at, message: `stands after ${before!.id}` };
      }
    }
    const exact = mainline.filter((r) => r.exact);
    for (const [i, { id, date }] of exact.entries()) {
      const before = exact[i - 1];
      if (!before || before.date <= date) continue;
      yield {
        subject: 'releases.json',
        release: id,
        message: `is of ${date}, and ${before.id} before it of ${before.date}`,
      };
    }
  },
};
