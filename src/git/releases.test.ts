import { describe, expect, test } from 'vitest';
import { releaseListSchema } from '../data/schema/index.ts';
import { UserError } from '../user-error.ts';
import type { Place } from './errors.ts';
import { selectReleases } from './releases.ts';
import type { TagRef } from './tags.ts';

const place: Place = {
  dir: '/linux',
  gitDir: '/linux/.git',
  objectsDir: '/linux/.git/objects',
  isShallow: true,
  isPartial: false,
};

function tags(...names: string[]): TagRef[] {
  return names.map((name) => ({
    name,
    commit: Buffer.from(name).toString('hex').padEnd(40, '0'),
    date: '2022-12-11T14:15:18-08:00',
    missing: null,
  }));
}

/** `v6.12=v6.12.107`, with `*` after a preview and the line after another than the mainline. */
function select(names: string[], releases?: string): string {
  const { value } = selectReleases(place, tags(...names), { releases });
  releaseListSchema.parse(value);
  return value
    .map(({ id, tag, preview, line }) => {
      const name = id === tag ? id : `${id}=${tag}`;
      return `${name}${preview ? '*' : ''}${line === 'mainline' ? '' : `@${line}`}`;
    })
    .join(' ');
}

describe('the releases of a repository', () => {
  test('come in the order of their numbers, across 5.19, 6.19 and a hole', () => {
    const names = ['v7.0', 'v6.0', 'v6.19', 'v5.19', 'v6.2', 'v6.17', 'v6.14', 'v5.13'];
    expect(select(names)).toBe('v5.13 v5.19 v6.0 v6.2 v6.14 v6.17 v6.19 v7.0');
  });

  test('begin with the newest one older than v5.13, as a baseline', () => {
    expect(select(['v5.9', 'v5.10', 'v4.20', 'v5.14'])).toBe('v5.10 v5.14');
    expect(select(['v5.10.223', 'v5.10.9', 'v6.1'])).toBe('v5.10=v5.10.223 v6.1');
  });

  test('are stood for by the newest stable tag where a series has no other', () => {
    expect(select(['v6.12.9', 'v6.12.107', 'v6.12-rc7', 'v6.1', 'v6.1.5'])).toBe(
      'v6.1 v6.12=v6.12.107',
    );
  });

  test('say which tag stands for one', () => {
    const { value, diagnostics } = selectReleases(place, tags('v6.12.107', 'v6.13-rc1'));
    expect(value[0]).toMatchObject({ id: 'v6.12', tag: 'v6.12.107', exact: false });
    expect(value[1]).toMatchObject({ id: 'v6.13', tag: 'v6.13-rc1', exact: false, preview: true });
    expect(diagnostics.map((d) => [d.code, d.release, d.message])).toEqual([
      ['stand-in', 'v6.12', 'v6.12.107 stands for v6.12'],
      ['preview', 'v6.13', 'v6.13-rc1 previews v6.13'],
    ]);
  });

  test('end with the newest candidate as a preview only when it is newer than all', () => {
    expect(select(['v7.3', 'v7.4-rc2', 'v7.4-rc10'])).toBe('v7.3 v7.4=v7.4-rc10*');
    expect(select(['v7.3', 'v7.3-rc7'])).toBe('v7.3');
    expect(select(['v7.3', 'v7.2-rc7'])).toBe('v7.3');
    expect(select(['v7.3.1', 'v7.3-rc7'])).toBe('v7.3=v7.3.1');
    expect(select(['v7.4-rc1'])).toBe('v7.4=v7.4-rc1*');
  });

  test('do not include tags of other kinds', () => {
    const odd = [
      'v2.6.39',
      'v6.12-rc1-dontuse',
      'v6.1-rt4',
      'next-20240101',
      'v6.6.1-foo',
      'v06.2',
    ];
    expect(select([...odd, 'v6.3'])).toBe('v6.3');
  });

  test('have the date that the tagger saw on the calendar', () => {
    const { value } = selectReleases(place, tags('v6.1'));
    expect(value[0]).toMatchObject({ date: '2022-12-11', exact: true, line: 'mainline' });
  });

  test('are none without tags, and the error says how to fetch them', () => {
    for (const names of [[], ['next-20240101'], ['v5.10', 'v5.12-rc1']]) {
      expect(() => select(names)).toThrow(UserError);
      expect(() => select(names)).toThrow(/fetch --tags .*--ref NAME=REV/);
    }
    expect(() => select(['v5.10'])).toThrow('/linux has no release tag newer than v5.10');
  });

  test('are named when an object of one is missing, with the way to get it', () => {
    const [tag] = tags('v6.12');
    const broken = [{ ...tag!, missing: tag!.commit }];
    expect(() => selectReleases(place, broken)).toThrow(
      `Object ${tag!.commit} (of tag v6.12) is missing from /linux, which is a shallow clone: \`git -C /linux fetch --depth 1 origin tag v6.12\` brings a release.`,
    );
    const others = [...broken, ...tags('v6.13')];
    expect(selectReleases(place, others, { releases: 'v6.13' }).value).toHaveLength(1);
  });
});

describe('--releases', () => {
  const names = ['v5.12', 'v5.19', 'v6.0', 'v6.1', 'v6.1.5', 'v6.1.20', 'v6.12.107', 'v6.12.3'];
  const all = [...names, 'v6.1-rc3', 'v7.0', 'v7.1-rc1', 'v7.1-rc2'];

  test.each([
    ['v6.*', 'v6.0 v6.1 v6.12=v6.12.107'],
    ['v6.?', 'v6.0 v6.1'],
    ['6.1', 'v6.1'],
    ['v7.0, v5.19', 'v5.19 v7.0'],
    ['v5.19,v5.19,v5.*', 'v5.12 v5.19'],
    ['v6.0..v6.12', 'v6.0 v6.1 v6.12=v6.12.107'],
    ['v6.2..', 'v6.12=v6.12.107 v7.0 v7.1=v7.1-rc2*'],
    ['..6.0', 'v5.12 v5.19 v6.0'],
    ['v6.12.107', 'v6.12=v6.12.107'],
    ['v7.1', 'v7.1=v7.1-rc2*'],
  ])('%s takes %s', (only, expected) => {
    expect(select(all, only)).toBe(expected);
  });

  test('takes a stable tag by its full name, which then stands for its series', () => {
    expect(select(all, 'v6.0,v6.1.5')).toBe('v6.0 v6.1=v6.1.5');
    expect(select(all, 'v6.12.3')).toBe('v6.12=v6.12.3');
    expect(select(all, 'v6.1.5,v6.1.20')).toBe('v6.1=v6.1.20 v6.1.5@6.1.y');
  });

  test('puts a stable tag on a line of its own beside its series', () => {
    expect(select(all, 'v6.1.5,v6.1')).toBe('v6.1 v6.1.5@6.1.y');
    expect(select(all, 'v6.1.5,v6.*')).toBe('v6.0 v6.1 v6.12=v6.12.107 v6.1.5@6.1.y');
  });

  test('takes a candidate by its full name, as a preview only of what is not out', () => {
    expect(select(all, 'v6.1-rc3')).toBe('v6.1=v6.1-rc3');
    expect(select(all, 'v7.1-rc1')).toBe('v7.1=v7.1-rc1*');
  });

  test.each(['v8.*', 'v6.1-rt4', 'v6.15', 'v6.13..v6.19', '[', 'v6.1,v9.9', '--all'])(
    'that fits nothing (%s) is an error which names some that there are',
    (only) => {
      expect(() => select(all, only)).toThrow(UserError);
      expect(() => select(all, only)).toThrow(
        /there are v5\.12, v5\.19, v6\.0, …, v6\.12, v7\.0, v7\.1\./,
      );
    },
  );

  test('that is empty or no range is an error', () => {
    expect(() => select(all, ' , ')).toThrow('--releases is empty');
    expect(() => select(all, 'v6.1..next')).toThrow('next is no release');
  });
});

describe('--ref', () => {
  const ref = {
    name: 'debian-13',
    rev: 'debian',
    commit: 'c'.repeat(40),
    date: '2025-08-09T00:00:00Z',
  };

  test('adds a tree of its own line after the releases', () => {
    const { value } = selectReleases(place, tags('v6.1'), { refs: [ref] });
    expect(value.map(({ id }) => id)).toEqual(['v6.1', 'debian-13']);
    expect(value[1]).toEqual({
      id: 'debian-13',
      line: 'debian-13',
      tag: 'debian',
      exact: true,
      preview: false,
      date: '2025-08-09',
      commit: ref.commit,
    });
  });

  test('is enough where there are no release tags', () => {
    expect(selectReleases(place, [], { refs: [ref] }).value).toHaveLength(1);
    expect(() => selectReleases(place, [], { refs: [ref], releases: 'v6.1' })).toThrow(UserError);
  });
});
