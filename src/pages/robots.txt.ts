import type { APIRoute } from 'astro';
import { robots } from '../views/robots.ts';
import { atlas } from './_atlas.ts';

export const GET: APIRoute = () => new Response(robots(atlas));
