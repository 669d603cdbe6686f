import { expect, test } from 'vitest';
import { distinctSuites, furtherNames, parseRelease, suiteProblem } from './suites.ts';

const release = `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Origin: Debian
Suite: stable
Codename: invented
Date: Sat, 12 Sep 2026 07:55:41 UTC
MD5Sum:
 00000000000000000000000000000000 111 main/binary-amd64/Packages.xz
SHA256:
 aaaa 56620099 main/binary-amd64/Packages
 bbbb  9678380 main/binary-amd64/Packages.xz
-----BEGIN PGP SIGNATURE-----

abcd
-----END PGP SIGNATURE-----
`;

test('reads the name, the date and the size of the list from a signed Release file', () => {
  expect(parseRelease('stable', release, 'amd64')).toEqual({
    name: 'stable',
    codename: 'invented',
    date: Date.UTC(2026, 8, 12, 7, 55, 41),
    listSize: 9678380,
  });
});

test('takes no suite without a list for the architecture, and no empty file', () => {
  expect(parseRelease('stable', release, 'riscv64')).toBeNull();
  expect(parseRelease('stable', '', 'amd64')).toBeNull();
});

const suite = (name: string, codename: string, date: number) => ({
  name,
  codename,
  date,
  listSize: 0,
});

test('asks for a suite by its own name too, and for its backports', () => {
  const found = [
    suite('stable', 'invented', 1),
    suite('stable-backports', 'invented-backports', 1),
  ];
  expect(furtherNames(found, ['stable', 'stable-backports'])).toEqual([
    'invented',
    'invented-backports',
  ]);
  expect(furtherNames([suite('stable', '../x', 1)], [])).toEqual([]);
});

test('keeps the newer of two names of one suite', () => {
  const old = suite('stable-backports', 'invented-backports', 1);
  const fresh = suite('invented-backports', 'invented-backports', 2);
  expect(distinctSuites([old, fresh])).toEqual([fresh]);
  expect(distinctSuites([fresh, old])).toEqual([fresh]);
});

const apt = `Err:9 http://m.example/debian oldoldstable-backports Release
  404  Not Found [IP: 192.0.2.1 80]
Err:3 http://m.example/debian testing InRelease
  Could not connect to m.example:80 (192.0.2.1). - connect (111: Connection refused)
E: The repository 'http://m.example/debian oldoldstable-backports Release' does not have a Release file.
W: GPG error: http://m.example/debian sid InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0000000000000000
E: The repository 'http://m.example/debian sid InRelease' is not signed.
W: Failed to fetch http://m.example/debian/dists/testing/InRelease  Could not connect to m.example:80
`;

test('tells why a suite could not be had', () => {
  expect(suiteProblem(apt, 'oldoldstable-backports')).toBe('missing');
  expect(suiteProblem(apt, 'sid')).toBe('signature');
  expect(suiteProblem(apt, 'testing')).toBe('network');
});

test('does not take the trouble of one suite for that of another', () => {
  expect(suiteProblem(apt, 'oldoldstable')).toBeNull();
  expect(suiteProblem(apt, 'stable-backports')).toBeNull();
  expect(suiteProblem(apt, 'stable')).toBeNull();
});
