import type { DatasetCheck } from './check.ts';

export const proseIsThere: DatasetCheck = {
  name: 'prose-is-there',
  description:
    'Documentation is a hash exactly when there is some; where the kernel’s words were kept, all that are referred to are there.',
  *check(view) {
    const { prose } = view.dataset;
    const wrong = (hash: string | null) =>
      hash !== null && (!/^[0-9a-f]{20}$/.test(hash) || (prose !== null && !prose.has(hash)));
    for (const { record, state } of view.states()) {
      const at = { subject: record.name, release: state.from };
      const { kind, hash } = state.doc;
      if ((kind === 'none') !== (hash === null)) {
        yield {
          ...at,
          message: `has documentation of the kind ${kind} ${hash === null ? 'without' : 'with'} words`,
        };
      }
      for (const text of [hash, ...state.deprecation.map((d) => d.hash)]) {
        if (wrong(text))
          yield { ...at, message: `refers to the words ${text!}, which are not there` };
      }
    }
    for (const { id, flags, examples } of view.dataset.releaseFiles) {
      for (const { name, meaning } of flags) {
        if (!wrong(meaning)) continue;
        yield {
          subject: name,
          release: id,
          message: `refers to the words ${meaning!}, which are not there`,
        };
      }
      for (const [name, list] of Object.entries(examples)) {
        for (const text of list.flatMap(({ title, hash }) => [title, hash])) {
          if (!wrong(text)) continue;
          const message = `refers to the words ${text!}, which are not there`;
          yield { subject: name, release: id, message };
        }
      }
    }
  },
};
