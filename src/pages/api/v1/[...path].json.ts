import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { apiFiles } from '../../../api/documents.ts';
import { atlas } from '../../_atlas.ts';

export function getStaticPaths() {
  return apiFiles(atlas).map((file) => ({ params: { path: file.path }, props: { file } }));
}

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) =>
  new Response(props.file.text());
