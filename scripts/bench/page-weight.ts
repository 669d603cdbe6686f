import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageWeight {
  name: string;
  /** Bytes of the page and of the CSS it links, each through gzip -9. */
  page: number;
  /** Bytes of the scripts it links, through gzip -9, and of those in the page, as they are. */
  script: number;
}

const sizes = new Map<string, number>();

function compressedSize(path: string): number {
  let size = sizes.get(path);
  if (size === undefined) {
    size = gzipSync(readFileSync(path), { level: 9 }).length;
    sizes.set(path, size);
  }
  return size;
}

/** Weighs every kfunc page of a site that was built for `/`; lightest first. */
export function weighKfuncPages(site: string): PageWeight[] {
  const folder = join(site, 'k');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const pages = names.filter((name) => existsSync(join(folder, name, 'index.html')));
  return pages
    .map((name) => weigh(site, name, readFileSync(join(folder, name, 'index.html'), 'utf8')))
    .sort((a, b) => a.page - b.page);
}

function weigh(site: string, name: string, html: string): PageWeight {
  const tags = [...html.matchAll(/<(?:link|script)\b[^>]*>/g)].map(([tag]) => tag);
  const linked = (pattern: RegExp, attribute: string) =>
    tags
      .filter((tag) => pattern.test(tag))
      .flatMap((tag) => new RegExp(`\\b${attribute}="(/[^"?#]+)`).exec(tag)?.[1] ?? [])
      .filter((path, i, all) => all.indexOf(path) === i)
      .reduce((sum, path) => sum + compressedSize(join(site, path)), 0);
  const inline = [...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)];
  return {
    name,
    page: gzipSync(html, { level: 9 }).length + linked(/\brel="?stylesheet\b/, 'href'),
    script:
      linked(/^<script\b[^>]*\bsrc=/, 'src') +
      inline.reduce((sum, [, text]) => sum + Buffer.byteLength(text!), 0),
  };
}
