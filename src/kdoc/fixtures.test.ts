import { readdirSync, readFileSync } from 'node:fs';
import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../diagnostic.ts';
import { parseComment, parseKernelDoc } from './index.ts';

const folder = new URL('./fixtures/', import.meta.url);

/** A tree for a reader: a node a line, where it begins in the file, what it is, the words. */
function treeLines(node: Nodes, line: number, depth: number): string[] {
  const { type, position, data, ...rest } = node;
  const { children, ...fields } = { children: [] as Nodes[], ...rest };
  const said = Object.entries({ ...fields, ...data })
    .filter(([key, value]) => value != null && !(key === 'align' || key === 'spread'))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const from = position && `${position.start.line + line - 1}:${position.start.column}`;
  const to = position && `${position.end.line + line - 1}:${position.end.column}`;
  const place = `${from}-${to}`.padEnd(12);
  return [
    `${place} ${'  '.repeat(depth)}${[type, ...said].join(' ')}`,
    ...children.flatMap((child) => treeLines(child, line, depth + 1)),
  ];
}

/** What becomes of each comment of a file. */
function read(source: string, path: string): string {
  const comments = source.matchAll(/\/\*[^]*?\*\/|^\/\/.*(?:\n\/\/.*)*/gm);
  return [...comments]
    .map((found) => {
      const line = source.slice(0, found.index).split('\n').length;
      const parse =
        found[0].startsWith('/**') && path !== 'plain.c' ? parseKernelDoc : parseComment;
      const { value, diagnostics } = parse(found[0], { line, path });
      const nodes = value.children.flatMap((node) => treeLines(node, line, 0));
      return [...nodes, ...diagnostics.map(formatDiagnostic)].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

describe('reads each construct as the tree beside it tells', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.c'));
  test.each(files)('%s', async (name) => {
    const result = read(readFileSync(new URL(name, folder), 'utf8'), name);
    await expect(result).toMatchFileSnapshot(`./fixtures/${name}.tree`);
  });
});
