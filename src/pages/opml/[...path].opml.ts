import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { allOutlines } from '../../feeds/follow.ts';
import { opml } from '../../feeds/opml.ts';
import { atlas } from '../_atlas.ts';

export function getStaticPaths() {
  return allOutlines(atlas).map((outline) => ({
    params: { path: outline.path },
    props: { outline },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  new Response(opml(atlas, props.outline.title, props.outline.kfuncs));
