import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';
import { holdsWord } from './words.ts';

function* claims(view: View): Generator<Claim> {
  for (const { id, definitions } of view.dataset.releaseFiles) {
    for (const [name, positions] of Object.entries(definitions)) {
      for (const position of positions) {
        const holds = (line: string) => holdsWord(line, name);
        yield { subject: name, release: id, position, expected: 'its name', holds };
      }
    }
  }
}

export const definitionLines: SourceCheck = {
  name: 'definition-lines',
  description: 'The line of every definition holds the name of the kfunc.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
