import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Files that the script reads beside itself. */
const FILES = ['checkpatch.pl', 'spelling.txt', 'const_structs.checkpatch'];

/**
 * What `scripts/checkpatch.pl` of a real tree says of a text, as the message of a patch and again below
 * its `---`: warnings and errors, a line each.
 */
export async function checkpatch(
  linux: string,
  tag: string,
  work: string,
  text: string,
): Promise<{ lines: string[] } | { missing: string }> {
  if (spawnSync('perl', ['-v']).status !== 0) return { missing: 'perl' };
  const folder = join(work, 'scripts');
  await mkdir(folder, { recursive: true });
  for (const file of FILES) {
    const { stdout } = await run('git', ['-C', linux, 'show', `${tag}:scripts/${file}`], {
      maxBuffer: 1 << 26,
    });
    await writeFile(join(folder, file), stdout);
  }
  const patch = join(work, 'text.patch');
  await writeFile(patch, patchOf(text));
  const args = [join(folder, 'checkpatch.pl'), '--no-tree', '--terse', '--no-summary', patch];
  // It ends with 1 when it has something to say.
  const { stdout, stderr } = await run('perl', args, { maxBuffer: 1 << 24 }).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  return { lines: `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '') };
}

function patchOf(text: string): string {
  return `\
From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: A Person <a@example.org>
Date: Sun, 2 Oct 2022 12:00:00 +0000
Subject: [PATCH] lamps: Say in the message what a lamp is for

Lamps have had no word of what they are for. Say it.

${text}
Signed-off-by: A Person <a@example.org>
---
${text}
 lamps/README | 1 +
 1 file changed, 1 insertion(+)

diff --git a/lamps/README b/lamps/README
index 0123456789ab..123456789abc 100644
--- a/lamps/README
+++ b/lamps/README
@@ -1 +1,2 @@
 Lamps
+They give light.
--${' '}
2.39.0

`;
}
