import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { allPrograms } from '../../views/topics/catalogue.ts';
import { programSlug } from '../../views/programs.ts';
import { atlas } from '../_atlas.ts';
import { atomFile, feeds } from '../_feeds.ts';

export function getStaticPaths() {
  return allPrograms(atlas).map((name) => ({
    params: { program: programSlug(name) },
    props: { name },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  atomFile(feeds.program(props.name));
