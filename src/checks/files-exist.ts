import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';

/** Files that stand without a line: those of the configuration, of sets and definitions. */
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
}

export const filesExist: SourceCheck = {
  name: 'files-exist',
  description:
    'Every file that a configuration, a set or a definition names is in the release’s tree.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
