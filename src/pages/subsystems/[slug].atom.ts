import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { allSubsystems } from '../../views/topics/subsystems.ts';
import { atlas } from '../_atlas.ts';
import { atomFile, feeds } from '../_feeds.ts';

export function getStaticPaths() {
  return allSubsystems(atlas).map(({ slug, name }) => ({
    params: { slug },
    props: { slug, name },
  }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  atomFile(feeds.subsystem(props));
