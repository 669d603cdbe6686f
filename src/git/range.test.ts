import { expect, test } from 'vitest';
import { UserError } from '../user-error.ts';
import { parseRange } from './range.ts';

function complaint(text: string): string {
  try {
    parseRange(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).exitCode).toBe(2);
    return (error as UserError).message;
  }
  throw new Error(`${text} was taken`);
}

test.each([
  ['v6.12..v7.3', 'v6.12', 'v7.3'],
  ['v7.3..bpf-next/my-branch', 'v7.3', 'bpf-next/my-branch'],
  ['HEAD~3..HEAD', 'HEAD~3', 'HEAD'],
  ['--upload-pack=x..-y', '--upload-pack=x', '-y'],
])('takes %s apart', (text, from, to) => {
  expect(parseRange(text)).toEqual({ from, to });
});

test('says what three dots would be', () => {
  expect(complaint('v7.3...topic')).toBe(
    '"v7.3...topic": A...B is not told here; v7.3..topic compares the two as they are, and ' +
      '`$(git merge-base v7.3 topic)..topic` tells what was added since they parted.',
  );
});

test.each([
  ['v7.3', /^"v7.3" is no range: write A\.\.B/],
  ['', /is no range/],
  ['a..b..c', /is no range/],
  ['..v7.3', /lacks the older side: name a revision before the dots/],
  ['v7.3..', /lacks the newer side: name a revision after the dots/],
  ['..', /lacks the older side/],
  ['...', /A\.\.\.B is not told here/],
  ['....', /A\.\.\.B is not told here|is no range/],
  ['a\u001b[2J\u202e', /^"a\?\[2J\?" is no range/],
])('does not take %j', (text, message) => {
  expect(complaint(text)).toMatch(message);
});
