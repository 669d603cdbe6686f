import type { Example } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';

/** What is wrong with an example that follows `before`; null when nothing is. */
function wrongWith(example: Example, before: Example | undefined): string | null {
  const { file, line, kind, anchor, title, hash } = example;
  if (!/^Documentation\/.+\.rst$/.test(file)) return `is shown in ${file}, which is no document`;
  const at = `is shown at ${file}:${line}`;
  if ((kind === 'code') !== (hash !== null)) {
    return `${at} as ${kind} ${hash === null ? 'without' : 'with'} code`;
  }
  if (anchor !== null && !/^[a-z](?:-?[a-z0-9]+)*$/.test(anchor)) {
    return `${at} in the section ${JSON.stringify(anchor)}, which is no id`;
  }
  if ((anchor === null) !== (title === null)) {
    return `${at} in a section that has ${anchor === null ? 'a title without an id' : 'an id without a title'}`;
  }
  const isLater =
    before === undefined || before.file < file || (before.file === file && before.line <= line);
  return isLater ? null : `${at} after ${before.file}:${before.line}`;
}

export const examplesArePlaced: DatasetCheck = {
  name: 'examples-are-placed',
  description:
    'Each place that shows a kfunc is in a document, in a section with an id or before the first; code has its hash; places come by file and line.',
  *check(view) {
    for (const { id, examples } of view.dataset.releaseFiles) {
      for (const [name, list] of Object.entries(examples)) {
        for (const [i, example] of list.entries()) {
          const message = wrongWith(example, list[i - 1]);
          if (message !== null) yield { subject: name, release: id, message };
        }
      }
    }
  },
};
