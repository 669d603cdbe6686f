import type { APIRoute } from 'astro';
import { pack } from '../../search/entry.ts';
import { entries } from './_entries.ts';

/** What can be found, for the search and for the table of kfuncs. */
export const GET: APIRoute = () => Response.json(pack(entries));
