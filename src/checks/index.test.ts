import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from './index.ts';
import { findings, sourceFindings } from './testing.ts';

const nothing = () => undefined;

describe('every check', () => {
  test.each(checks.map((check) => [check.name, check] as const))(
    '%s finds nothing in a sound dataset',
    async (_, check) => {
      const found =
        'check' in check ? findings(check, nothing) : await sourceFindings(check, nothing);
      expect(found).toEqual([]);
    },
  );

  test.each(checks)(
    '$name has a file of its name, a test and a sentence',
    ({ name, description }) => {
      expect(existsSync(join(import.meta.dirname, `${name}.ts`))).toBe(true);
      expect(existsSync(join(import.meta.dirname, `${name}.test.ts`))).toBe(true);
      expect(description).toMatch(/^[A-Z].*\.$/);
    },
  );

  test('they stand in the order of their names', () => {
    const names = checks.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
  });
});
