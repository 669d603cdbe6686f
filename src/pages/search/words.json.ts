import type { APIRoute } from 'astro';
import { wordsOf } from '../../views/search.ts';
import { atlas } from '../_atlas.ts';
import { entries } from './_entries.ts';

/** The words that entries are found by, for the search alone. */
export const GET: APIRoute = () => Response.json(wordsOf(atlas, entries));
