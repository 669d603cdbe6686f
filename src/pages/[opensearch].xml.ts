import type { APIRoute } from 'astro';
import { openSearch } from '../feeds/opensearch.ts';
import { atlas } from './_atlas.ts';

/** Browsers want whole addresses: there is no such file where the site does not know its own. */
export function getStaticPaths() {
  return atlas.site === undefined ? [] : [{ params: { opensearch: 'opensearch' } }];
}

export const GET: APIRoute = () => new Response(openSearch(atlas));
