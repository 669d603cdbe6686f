import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { pairText } from '../../text/release.ts';
import { pairName } from '../../views/address.ts';
import { allPairs } from '../../views/releases/pairs.ts';
import { atlas } from '../_atlas.ts';

export function getStaticPaths() {
  return allPairs(atlas).map((pair) => ({
    params: { pair: pairName(pair.from.id, pair.to.id) },
    props: { pair },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  new Response(pairText(atlas, props.pair));
