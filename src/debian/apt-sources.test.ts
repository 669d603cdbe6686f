import { expect, test } from 'vitest';
import {
  mirrorCandidates,
  parseDeb822Sources,
  parseOneLineSources,
  parseStanzas,
  suitesOf,
} from './apt-sources.ts';

const MIRROR = 'http://mirror.example/debian';

test('reads one-line sources, with and without options', () => {
  const text = `# deb ${MIRROR} commented main
deb ${MIRROR} stable main contrib # a remark
  deb [arch=amd64 signed-by=/k.gpg] ${MIRROR}/ testing main
deb-src ${MIRROR} stable main
deb
deb cdrom:[Disc]/ stable main
`;
  expect(parseOneLineSources(text).slice(0, 2)).toEqual([
    { uri: MIRROR, suites: ['stable'], components: ['main', 'contrib'] },
    { uri: `${MIRROR}/`, suites: ['testing'], components: ['main'] },
  ]);
  expect(mirrorCandidates(parseOneLineSources(text), null)).toEqual([MIRROR]);
});

test('reads deb822 sources, and not those that are switched off', () => {
  const text = `Types: deb deb-src
# a comment between
URIs: ${MIRROR} http://second.example/debian
Suites: stable
 stable-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb
URIs: http://off.example/debian
Suites: stable
Components: main
Enabled: no
`;
  expect(parseDeb822Sources(text)).toEqual([
    { uri: MIRROR, suites: ['stable', 'stable-updates'], components: ['main'] },
    {
      uri: 'http://second.example/debian',
      suites: ['stable', 'stable-updates'],
      components: ['main'],
    },
  ]);
});

test('takes neither security archives nor flat repositories for a mirror of Debian', () => {
  const sources = [
    {
      uri: 'http://sec.example/debian-security',
      suites: ['stable-security'],
      components: ['main'],
    },
    { uri: 'http://flat.example/x', suites: ['./'], components: [] },
  ];
  expect(mirrorCandidates(sources, 'stable')).toEqual([]);
});

test('asks what looks like Debian before what may be of another vendor', () => {
  const sources = [
    { uri: 'http://vendor.example/repo', suites: ['any'], components: ['main'] },
    { uri: 'mirror+file:///etc/apt/mirrors/debian.list', suites: ['trixie'], components: ['main'] },
    { uri: `${MIRROR}/`, suites: ['sid'], components: ['main'] },
  ];
  expect(mirrorCandidates(sources, 'trixie')).toEqual([
    'mirror+file:///etc/apt/mirrors/debian.list',
    MIRROR,
    'http://vendor.example/repo',
  ]);
});

test('knows which suites a mirror is used for, but for those that hold updates only', () => {
  const suites = ['stable', 'stable-updates', './', 'sid;rm'];
  const sources = [{ uri: `${MIRROR}/`, suites, components: ['main'] }];
  expect(suitesOf(sources, MIRROR)).toEqual(['stable']);
});

test('reads stanzas with odd lines without complaint', () => {
  expect(
    parseStanzas(' goes on from nothing\nno colon\n: no name\nA: 1\nA: 2\n').map((f) => [...f]),
  ).toEqual([[['a', '2']]]);
});
