import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commentText } from '../kdoc/index.ts';
import { renderProse } from './render.ts';
import { context } from './testing.ts';

const folder = new URL('./fixtures/', import.meta.url);

/** HTML with a line for each block, for a reader. */
function lines(html: string): string {
  return html
    .replace(/<(?:p|dl|dt|dd|div|pre|ul|ol|li|table|thead|tbody|tr|blockquote|hr)\b/g, '\n$&')
    .replace(/<\/(?:dl|ul|ol|table|thead|tbody|tr|div|blockquote)>/g, '\n$&')
    .replace(/\n+/g, '\n')
    .trim();
}

/** What becomes of each comment of a file. */
function rendered(source: string): string {
  const comments = source.match(/\/\*[^]*?\*\//g) ?? [];
  return comments
    .map((comment) => {
      const kind = comment.startsWith('/**') ? 'kernel-doc' : 'comment';
      return lines(renderProse(commentText(comment), { ...context, kind }).html);
    })
    .join('\n\n')
    .concat('\n');
}

describe('renders each construct as the HTML beside it tells', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.c'));
  test.each(files)('%s', async (name) => {
    const result = rendered(readFileSync(new URL(name, folder), 'utf8'));
    await expect(result).toMatchFileSnapshot(`./fixtures/${name.replace(/c$/, 'html')}`);
  });
});
