import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';
import { holdsWord } from './words.ts';

/** A macro that stands for entries: `XDP_METADATA_KFUNC_xxx` of net/core/xdp.c. */
function isMacro(line: string): boolean {
  return /^\s*(?!BTF_)[A-Z][A-Z0-9]*_\w+\b[^;]*;?\s*$/.test(line);
}

function* claims(view: View): Generator<Claim> {
  for (const { id, entries } of view.dataset.releaseFiles) {
    for (const [name, positions] of Object.entries(entries)) {
      for (const position of positions) {
        const holds = (line: string) => holdsWord(line, name) || isMacro(line);
        yield { subject: name, release: id, position, expected: 'its name or a macro', holds };
      }
    }
  }
}

export const entryLines: SourceCheck = {
  name: 'entry-lines',
  description:
    'The line of every entry of a set holds the name of the kfunc, or a macro that gives it.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
