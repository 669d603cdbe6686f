import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';

/** Files that stand without a line: those of the configuration, of sets, definitions and programs. */
function* claims(view: View): Generator<Claim> {
  for (const { record, release, state } of view.moments()) {
    const files = [state.config.parts, state.sets, state.definitions].flat().map((f) => f.file);
    for (const file of new Set(files)) {
      yield {
        subject: record.name,
        release: release.id,
        position: { file, line: 1 },
        expected: 'the file',
        holds: () => true,
      };
    }
  }
  for (const { id, users } of view.dataset.releaseFiles) {
    for (const [subject, files] of Object.entries(users)) {
      for (const file of files) {
        const expected = 'a program';
        yield { subject, release: id, position: { file, line: 1 }, expected, holds: () => true };
      }
    }
  }
}

export const filesExist: SourceCheck = {
  name: 'files-exist',
  description:
    'Every file that a configuration, a set or a definition names, or that calls a kfunc, is in the release’s tree.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
