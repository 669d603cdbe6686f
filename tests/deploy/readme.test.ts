import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../site/build.ts';
import { filesIn } from '../site/links.ts';
import { deploy } from './nginx.ts';

const root = resolve(deploy, '..');
const [, section] = /^## Publish it\n(.*?)^## /ms.exec(
  readFileSync(join(root, 'README.md'), 'utf8'),
)!;
const commands = section!.split('\n').flatMap((line) => /^ {4}(\S.*)/.exec(line)?.[1] ?? []);

describe('what README.md says of publishing', () => {
  it('puts every file of deploy/ where it belongs, by commands that work', () => {
    const etc = join(temporaryFolder(), 'etc');
    const folders = ['nginx/snippets', 'nginx/sites-available', 'nginx/sites-enabled'];
    for (const folder of [...folders, 'sysusers.d', 'systemd/system', 'workflows']) {
      mkdirSync(join(etc, folder), { recursive: true });
    }
    const copies = commands.filter((c) => /^(cp|ln -s \.\.) /.test(c));
    expect(copies.length).toBeGreaterThan(7);
    for (const command of copies) {
      const here = command.replace(' .github/', ` ${etc}/`).replace(' /etc/', ` ${etc}/`);
      const { status, stderr } = spawnSync('bash', ['-c', here], { cwd: root, encoding: 'utf8' });
      expect([command, stderr, status]).toEqual([command, '', 0]);
    }
    const copied = filesIn(etc).map((f) => readFileSync(join(etc, f), 'utf8'));
    for (const file of filesIn(deploy.slice(0, -1)).filter((f) => f !== 'update.sh')) {
      expect([file, copied.includes(readFileSync(join(deploy, file), 'utf8'))]).toEqual([
        file,
        true,
      ]);
    }
  });

  it('puts them where they look for each other', () => {
    const nginx = ['kfunc-atlas.conf', 'kfunc-atlas-under-a-path.conf'];
    for (const file of nginx) {
      expect(readFileSync(join(deploy, 'nginx', file), 'utf8')).toContain(
        'include snippets/kfunc-atlas-common.conf;',
      );
    }
    const units = filesIn(join(deploy, 'systemd')).map((f) =>
      readFileSync(join(deploy, 'systemd', f), 'utf8'),
    );
    expect(units.join('\n')).toContain('/opt/kfunc-atlas/deploy/update.sh');
    expect(units.join('\n')).toContain('EnvironmentFile=-/etc/kfunc-atlas.conf');
    expect(commands).toContain('install -d -o kfunc-atlas /opt/kfunc-atlas/.astro');
  });
});
