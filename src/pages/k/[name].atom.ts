import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { atlas } from '../_atlas.ts';
import { atomFile, feeds } from '../_feeds.ts';

export function getStaticPaths() {
  return atlas.dataset.kfuncs.map((record) => ({
    params: { name: record.name },
    props: { record },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  atomFile(feeds.kfunc(props.record));
