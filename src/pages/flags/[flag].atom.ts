import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { allFlags } from '../../views/topics/catalogue.ts';
import { atlas } from '../_atlas.ts';
import { atomFile, feeds } from '../_feeds.ts';

export function getStaticPaths() {
  return allFlags(atlas).map((name) => ({ params: { flag: name }, props: { name } }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  atomFile(feeds.flag(props.name));
