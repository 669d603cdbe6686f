import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';
import { holdsWord } from './words.ts';

/** Whether a line calls `name`; the parenthesis may stand on the next one. */
function holdsCall(line: string, name: string): boolean {
  return [...line.matchAll(/\w+/g)].some(
    ({ 0: word, index }) =>
      word === name && /^\s*(?:\(|\\?\s*$)/.test(line.slice(index + name.length)),
  );
}

function* claims(view: View): Generator<Claim> {
  for (const { id, examples } of view.dataset.releaseFiles) {
    for (const [name, list] of Object.entries(examples)) {
      for (const { file, line, kind } of list) {
        yield {
          subject: name,
          release: id,
          position: { file, line },
          expected: kind === 'code' ? 'a call' : 'its name',
          holds: (text) => (kind === 'code' ? holdsCall : holdsWord)(text, name),
        };
      }
    }
  }
}

export const exampleLines: SourceCheck = {
  name: 'example-lines',
  description:
    'The line of a document that shows a kfunc calls it, or names it where a directive asks for its kernel-doc.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
