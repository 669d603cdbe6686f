import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { kfuncText } from '../../text/kfunc.ts';
import { atlas } from '../_atlas.ts';
import { filterWords } from '../_notes.ts';

export function getStaticPaths() {
  return atlas.dataset.kfuncs.map((record) => ({
    params: { name: record.name },
    props: { record },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  new Response(kfuncText(atlas, props.record, (filter) => filterWords.get(filter)));
