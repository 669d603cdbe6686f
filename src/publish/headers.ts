import { policyInHeader } from '../views/policy.ts';

/** Sent with every answer. `deploy/nginx/` says the same; a test holds it to that. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policyInHeader,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/** Names of files below it have a hash of the content in them. */
const hashedFolder = '_astro/';

export const forEver = 'public, max-age=31536000, immutable';
export const askAgain = 'no-cache';

/** `path` is below the site's base. */
export function cacheControl(path: string): string {
  return path.startsWith(hashedFolder) ? forEver : askAgain;
}

/** Type of each kind of file that a site is made of, by the ending of its name. All text is in UTF-8. */
export const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  txt: 'text/plain',
  css: 'text/css',
  js: 'text/javascript',
  xml: 'text/xml',
  json: 'application/json',
  atom: 'application/atom+xml',
  opml: 'text/x-opml',
  svg: 'image/svg+xml',
};

/** The value of Content-Type for a file; undefined for an ending that the table has not. */
export function contentType(path: string): string | undefined {
  const type = types[/\.([a-z0-9]+)$/.exec(path)?.[1] ?? ''];
  return type === undefined ? undefined : `${type}; charset=utf-8`;
}

/** Endings of what programs elsewhere read, from pages of other sites too. */
const openTo = /\.(json|txt|atom|opml)$/;

/** All headers of a file, `path` being below the site's base, but those that depend on its content. */
export function headersOf(path: string): Record<string, string> {
  const type = contentType(path);
  return {
    ...securityHeaders,
    'Cache-Control': cacheControl(path),
    ...(type === undefined ? {} : { 'Content-Type': type }),
    ...(openTo.test(path) ? { 'Access-Control-Allow-Origin': '*' } : {}),
  };
}
