import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { invent } from '../../tests/repositories.ts';

const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-close-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

test('a program that closes a repository while answers are owed goes on after it', () => {
  invent(dir, [{ tag: 'v6.1', files: { a: 'a\n' } }]);
  // Nothing but the child keeps this program alive while it waits.
  const program = `
    import { openRepository } from ${JSON.stringify(new URL('repository.ts', import.meta.url).href)};
    const repository = await openRepository(${JSON.stringify(dir)});
    const answers = Array.from({ length: 200 }, () => repository.objects.find('v6.1', 1e6));
    await answers[0];
    await repository.close();
    console.log((await Promise.all(answers)).length);
  `;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '200\n', stderr: '' });
});
