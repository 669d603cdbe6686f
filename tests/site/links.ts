import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Html } from 'parse5';

/** A link within the site that leads nowhere. */
export interface BrokenLink {
  /** The page that has it, below the site's folder. */
  page: string;
  href: string;
  why: string;
}

export interface SiteReport {
  pages: number;
  links: number;
  broken: BrokenLink[];
  /** Ids that stand twice on a page. */
  doubled: { page: string; id: string }[];
}

/** What one page has to do with others. */
interface PageFacts {
  ids: Set<string>;
  doubled: string[];
  links: string[];
}

/** Every element below `node`, itself included. */
export function* elements(node: Html.Node): Generator<Html.Element> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child);
}

/** Value of an attribute; undefined without it. */
export function attribute(element: Html.Element, name: string): string | undefined {
  return element.attrs.find((a) => a.name === name)?.value;
}

/** Files below `dir`, with `/` between folders, sorted. */
export function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

function readPage(text: string): PageFacts {
  const facts: PageFacts = { ids: new Set(), doubled: [], links: [] };
  for (const element of elements(parse(text))) {
    const id = attribute(element, 'id');
    if (id !== undefined && facts.ids.has(id)) facts.doubled.push(id);
    if (id !== undefined) facts.ids.add(id);
    for (const name of ['href', 'src', 'action']) {
      const link = attribute(element, name);
      if (link !== undefined) facts.links.push(link);
    }
  }
  return facts;
}

/**
 * Follows every link between the pages of a built site. `base` is the path it will live under, with a
 * slash at both ends. Links to other hosts are not followed.
 */
export function checkSite(dir: string, base = '/'): SiteReport {
  const files = filesIn(dir);
  const has = new Set(files);
  const pages = new Map(
    files
      .filter((f) => f.endsWith('.html'))
      .map((f) => [f, readPage(readFileSync(join(dir, f), 'utf8'))]),
  );
  const report: SiteReport = { pages: pages.size, links: 0, broken: [], doubled: [] };
  const origin = 'http://site.invalid';
  for (const [page, { links, doubled }] of pages) {
    report.doubled.push(...doubled.map((id) => ({ page, id })));
    const here = `${origin}${base}${page.replace(/(^|\/)index\.html$/, '$1')}`;
    for (const href of links) {
      report.links++;
      if (!URL.canParse(href, here)) {
        report.broken.push({ page, href, why: 'no address' });
        continue;
      }
      const url = new URL(href, here);
      if (url.origin !== origin) continue;
      const why = follow(url, base, has, pages);
      if (why !== null) report.broken.push({ page, href, why });
    }
  }
  return report;
}

/** null when something is there. */
function follow(
  url: URL,
  base: string,
  files: ReadonlySet<string>,
  pages: ReadonlyMap<string, PageFacts>,
): string | null {
  if (!url.pathname.startsWith(base)) return `outside of ${base}`;
  const path = decodeURIComponent(url.pathname.slice(base.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!files.has(file)) return `no file ${file}`;
  const id = decodeURIComponent(url.hash.slice(1));
  if (id === '') return null;
  return pages.get(file)?.ids.has(id) === true ? null : `no #${id} in ${file}`;
}

/** `node tests/site/links.ts DIR [BASE]` checks a site by hand or in CI. */
if (import.meta.main) {
  const [dir = 'dist', base = '/'] = process.argv.slice(2);
  const { pages, links, broken, doubled } = checkSite(dir, base);
  for (const { page, href, why } of broken) console.error(`${page}: ${href}: ${why}`);
  for (const { page, id } of doubled) console.error(`${page}: id ${id} stands twice`);
  console.log(`${pages} pages, ${links} links, ${broken.length + doubled.length} problems.`);
  process.exitCode = broken.length + doubled.length === 0 && pages > 0 ? 0 : 1;
}

/** The words of a page's first heading. */
export function headingOf(html: string): string {
  for (const element of elements(parse(html))) {
    if (element.tagName === 'h1') return textOf(element);
  }
  return '';
}

function textOf(node: Html.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
