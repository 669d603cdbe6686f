import { expect, test } from 'vitest';
import { UserError } from '../user-error.ts';
import { parseNamedRefs } from './named-refs.ts';

test('splits NAME=REV at the first equals sign', () => {
  expect(parseNamedRefs(['debian-13=v6.12.107', 'mine=HEAD^{/a=b}'])).toEqual([
    { name: 'debian-13', rev: 'v6.12.107' },
    { name: 'mine', rev: 'HEAD^{/a=b}' },
  ]);
});

test.each([
  ['HEAD', 'write NAME=REV'],
  ['=HEAD', 'write NAME=REV'],
  ['x=', 'write NAME=REV'],
  ['../x=HEAD', 'a name is of letters'],
  ['a/b=HEAD', 'a name is of letters'],
  ['<b>=HEAD', 'a name is of letters'],
  ['-x=HEAD', 'a name is of letters'],
  ['mainline=HEAD', 'take another name'],
  ['v6.12=HEAD', 'take another name'],
  ['6.12.y=HEAD', 'take another name'],
])('does not take %s', (option, reason) => {
  expect(() => parseNamedRefs([option])).toThrow(UserError);
  expect(() => parseNamedRefs([option])).toThrow(reason);
});

test('does not take a name twice', () => {
  expect(() => parseNamedRefs(['a=v6.1', 'a=v6.2'])).toThrow('given twice');
});
