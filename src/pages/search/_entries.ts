import { type AllNoted, entriesOf } from '../../views/search.ts';
import { atlas } from '../_atlas.ts';
import { written } from '../_topics.ts';

const noted = (kind: keyof AllNoted) =>
  [...written[kind].values()].map(({ note: { name, title, description } }) => ({
    name,
    title: title ?? null,
    description,
  }));

/** All that can be found, made once a build. */
export const entries = entriesOf(atlas, {
  flag: noted('flag'),
  suffix: noted('suffix'),
  program: noted('program'),
  guide: noted('guide'),
});
