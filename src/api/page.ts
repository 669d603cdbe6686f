import type { Atlas } from '../views/atlas.ts';
import { type Example, examplesOf } from './examples.ts';
import { templateAddress } from './index-document.ts';
import { type KindName, kinds } from './kinds.ts';

/** What `/api/` prints. */
export interface ApiPage {
  title: string;
  description: string;
  path: string;
  /** Whether addresses are whole; else they are paths. */
  isWhole: boolean;
  index: string;
  rows: { name: KindName; address: string; about: string; schema: string }[];
  examples: Example[];
}

/** The page that tells people what data there is. */
export function apiPage(atlas: Atlas): ApiPage {
  return {
    title: 'Data',
    description:
      'The facts of these pages as JSON, with schemas: kfuncs, releases, differences, support tables.',
    path: atlas.to.api,
    isWhole: atlas.site !== undefined,
    index: atlas.to.data('index'),
    rows: kinds.map(({ name, path, about }) => ({
      name,
      about,
      address: templateAddress(atlas, path),
      schema: atlas.to.data(`schema/${name}`),
    })),
    examples: examplesOf(atlas),
  };
}
