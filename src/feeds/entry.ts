import type { ElementContent } from 'xast';

/** An entry of a feed (RFC 4287, 4.1.2). */
export interface Entry {
  /** For ever. */
  id: string;
  /** Plain text, as all but the content. */
  title: string;
  /** Whole where the site knows its address, else a path. */
  href: string;
  /** A day of a release (`2026-11-10`): never that of the build. */
  date: string;
  summary: string;
  /** Words to filter by: `breaks-load`, `flags`. */
  categories: string[];
  /** XHTML. */
  content: ElementContent[];
}
