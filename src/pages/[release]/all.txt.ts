import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { allText } from '../../text/release.ts';
import { isVersion } from '../../views/address.ts';
import { atlas } from '../_atlas.ts';

export function getStaticPaths() {
  return atlas.dataset.releases
    .filter(({ id }) => isVersion(id))
    .map((release) => ({ params: { release: release.id }, props: { release } }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  new Response(allText(atlas, props.release.id));
