import { atom, type Feed } from '../feeds/atom.ts';
import { feedsOf } from '../feeds/feeds.ts';
import { atlas } from './_atlas.ts';

/** The feeds of the dataset, made once a build. */
export const feeds = feedsOf(atlas);

/** A feed as a file. */
export function atomFile(feed: Feed): Response {
  return new Response(atom(feed));
}
