import { describe, expect, test } from 'vitest';
import { BatchParser } from './batch-parser.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(64);

/** What a parser tells of `input` when it comes in pieces of `step` bytes. */
function parse(input: string | Buffer, step: number, maxBytes = 100): string[] {
  const told: string[] = [];
  const parser = new BatchParser({
    wants: (oid, type, size) => {
      if (size > maxBytes) told.push(`too large: ${oid.slice(0, 1)} ${type} ${size}`);
      return size <= maxBytes;
    },
    body: (bytes) => told.push(`body: ${bytes.toString('latin1')}`),
    missing: (answer) => told.push(`missing: ${answer}`),
  });
  const bytes = Buffer.from(input as string);
  for (let at = 0; at < bytes.length; at += step) parser.feed(bytes.subarray(at, at + step));
  return told;
}

describe('the output of cat-file --batch', () => {
  const output = `${A} blob 5\nhello\n${B} missing\n${A} blob 0\n\n${B} commit 13\na\nb blob 3\nxy\n${A} blob 101\n${'z'.repeat(101)}\n${A} blob 1\n\n\n`;
  const expected = [
    'body: hello',
    `missing: ${B} missing`,
    'body: ',
    'body: a\nb blob 3\nxy',
    'too large: a blob 101',
    'body: \n',
  ];

  test('is read answer by answer', () => {
    expect(parse(output, output.length)).toEqual(expected);
  });

  test('is read the same wherever the chunks are cut', () => {
    for (let step = 1; step < 130; step++) expect(parse(output, step)).toEqual(expected);
  });

  test('keeps every byte of a body that is larger than any buffer so far', () => {
    const body = Buffer.alloc(9_000_001, 'kfunc ');
    const [told, next] = parse(
      Buffer.concat([
        Buffer.from(`${A} blob ${body.length}\n`),
        body,
        Buffer.from(`\n${A} blob 1\n!\n`),
      ]),
      65_536,
      1e8,
    );
    expect(told).toBe(`body: ${body.toString('latin1')}`);
    expect(next).toBe('body: !');
  });

  test('does not grow without end on a header that never ends', () => {
    expect(() => parse('x'.repeat(200_000), 1000)).toThrow('header without end');
  });
});
