import { expect, test } from 'vitest';
import { choosePackages, tagOfMakefile, tagOfVersion } from './choose.ts';

const record = (name: string, version: string, size = 10, sha256 = 'a'.repeat(64)) =>
  `Package: ${name}\nVersion: ${version}\nSize: ${size}\nSHA256: ${sha256}\nDescription: x\n more\n`;

const place = 'http://m.example/debian invented/main amd64 Packages';

test('chooses the newest package of each series, newest series first', () => {
  const madison = `linux-source-6.1 |  6.1.176-1 | ${place}
linux-source-6.1 |  6.1.170-3 | ${place}
linux-source-6.12 | 6.12.107-1 | ${place}
`;
  const show = [
    record('linux-source-6.1', '6.1.170-3', 9),
    record('linux-source-6.1', '6.1.176-1', 11),
    record('linux-source-6.12', '6.12.107-1', 12),
  ].join('\n');
  expect(choosePackages(madison, show)).toEqual([
    {
      name: 'linux-source-6.12',
      series: '6.12',
      version: '6.12.107-1',
      tag: 'v6.12.107',
      suite: 'invented',
      size: 12,
      sha256: 'a'.repeat(64),
    },
    expect.objectContaining({ version: '6.1.176-1', size: 11 }),
  ]);
});

test('takes no package without a record, a hash or a version that it understands', () => {
  const madison = `linux-source-6.1 | 6.1.2-1 | ${place}
linux-source-6.2 | 6.2.2-1 | ${place}
linux-source-6.3 | current | ${place}
linux-source | 6.4+1 | ${place}
N: nothing
`;
  const show = [
    record('linux-source-6.2', '6.2.2-1', 1, 'short'),
    record('linux-source-6.3', 'current'),
    record('linux-source', '6.4+1'),
  ].join('\n');
  expect(choosePackages(madison, show)).toEqual([]);
});

test.each([
  ['7.3.4-1~bpo13+1', 'v7.3.4'],
  ['6.12.107-1', 'v6.12.107'],
  ['7.4~rc3-1~exp1', 'v7.4-rc3'],
  ['1:6.1.5+dfsg-2', 'v6.1.5'],
  ['7.0-1', 'v7.0'],
  ['7', null],
  ['', null],
  ['6.1.x', null],
])('reads version %s as %s', (version, tag) => {
  expect(tagOfVersion(version)).toBe(tag);
});

test('reads the release from a Makefile', () => {
  const makefile = (sublevel: string, extra: string) =>
    `# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = ${sublevel}\nEXTRAVERSION =${extra}\nNAME = x\n`;
  expect(tagOfMakefile(makefile('107', ''))).toBe('v6.12.107');
  expect(tagOfMakefile(makefile('0', ' -rc4'))).toBe('v6.12-rc4');
  expect(tagOfMakefile(makefile('0', ' -custom'))).toBe('v6.12');
  expect(tagOfMakefile('all:\n\ttrue\n')).toBeNull();
  expect(tagOfMakefile('VERSION = 6\nPATCHLEVEL = $(shell id)\n')).toBeNull();
});
