import { type Atlas, mainline } from '../views/atlas.ts';
import { diffHref, predecessor } from '../views/releases/pairs.ts';

/** What can be done with the data, as code that runs as it stands. */
export interface Example {
  title: string;
  language: 'sh' | 'js';
  code: string;
}

/** Known to many, so that it is the one in examples wherever there is one of that name. */
const famous = 'bpf_task_acquire';

/**
 * Examples of the dataset at hand, for the address that it will have. Where the site does not know it,
 * `https://SITE` stands in its place. Without a mainline release that has a kfunc there is nothing to show.
 */
export function examplesOf(atlas: Atlas): Example[] {
  const { newest } = atlas;
  const here = atlas.dataset.kfuncs.filter(
    (record) => newest !== undefined && atlas.stateAt(record, newest.id) !== undefined,
  );
  const { name } = here.find((record) => record.name === famous) ?? here[0] ?? {};
  if (newest === undefined || name === undefined) return [];
  const at = (path: string) => `${atlas.site ?? 'https://SITE'}${atlas.to.data(path)}`;
  const older = predecessor(atlas, newest);
  const isPair = older !== null && diffHref(atlas, older, newest) !== null;
  return [
    {
      title: `Which releases have ${name}?`,
      language: 'sh',
      code: `curl -s ${at(`kfuncs/${name}`)} |
    jq -c '.status, (.lines[] | select(.id == "${mainline}").spans[])'`,
    },
    {
      title: `What may an XDP program call on ${newest.id}?`,
      language: 'sh',
      code: `curl -s ${at(`state/${newest.id}`)} |
    jq -r '.kfuncs[] | select(.programTypes | any(. == "*" or . == "BPF_PROG_TYPE_XDP")).name'`,
    },
    ...(isPair
      ? [
          {
            title: `Which programs does ${newest.id} break that load on ${older.id}?`,
            language: 'sh' as const,
            code: `curl -s ${at(`diff/${older.id}..${newest.id}`)} |
    jq -r '.kfuncs[] | select(.severity == "breaks-load") | "\\(.name) is \\(.fate)"'`,
          },
        ]
      : []),
    {
      title: 'Since when, for a table like those of MDN?',
      language: 'sh',
      code: `curl -s ${at(`support/${name}`)} |
    jq -c '.kfuncs.${name}.__compat.support.linux'`,
    },
    {
      title: 'Is all that a program calls there, and what are its flags?',
      language: 'js',
      code: `const answer = await fetch('${at(`state/${newest.id}`)}');
const { kfuncs } = await answer.json();
const known = new Map(kfuncs.map((kfunc) => [kfunc.name, kfunc]));
for (const name of ['${name}', 'bpf_no_such_kfunc']) {
  const kfunc = known.get(name);
  console.log(name, kfunc === undefined ? 'is not there' : kfunc.flags.join(' | '));
}`,
    },
  ];
}
