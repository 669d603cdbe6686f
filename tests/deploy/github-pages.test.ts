import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../site/build.ts';
import { checkSite } from '../site/links.ts';
import { deploy } from './nginx.ts';

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = resolve(deploy, '..');
const workflow = parse(readFileSync(join(deploy, 'github-pages.yml'), 'utf8')) as Workflow;
const { build, deploy: publish } = workflow.jobs as { build: Job; deploy: Job };

/** What actions/configure-pages says of a project's site, by the names of its outputs. */
const outputs: Record<string, string> = {
  base_path: '/kfunc-atlas',
  origin: 'https://someone.example',
};

/** `${{ steps.pages.outputs.origin }}` -> what that is. */
function evaluate(text: string): string {
  return text.replace(/\$\{\{ steps\.pages\.outputs\.(\w+) \}\}/g, (_, name: string) => {
    expect(outputs).toHaveProperty(name);
    return outputs[name]!;
  });
}

const isClone = existsSync(join(root, '.git'));
if (!isClone)
  console.warn('SKIPPED: this is no clone, so the workflow’s steps are not run in one.');

describe('the workflow for GitHub Pages', () => {
  it('does not run in this repository by itself', () => {
    expect(existsSync(join(root, '.github/workflows'))).toBe(false);
  });

  it('lets the job that publishes do that, and the one that builds only read', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(build.permissions).toBeUndefined();
    expect(publish.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
    expect(publish.needs).toBe('build');
  });

  it('puts no expression into a command, only into its environment', () => {
    for (const { run } of build.steps) expect(run ?? '').not.toContain('${{');
  });

  it.skipIf(!isClone)(
    'builds the site in a clone, for the path that it will stand under',
    () => {
      const clone = join(temporaryFolder(), 'clone');
      expect(
        spawnSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone]).status,
      ).toBe(0);
      for (const { run, env = {} } of build.steps) {
        // Packages come over the network; the ones that are here are the same.
        if (run === 'npm ci') symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
        else if (run !== undefined) {
          const given = Object.entries(env).map(([name, value]) => [name, evaluate(value)]);
          const { status, stderr } = spawnSync('bash', ['-e', '-c', run], {
            cwd: clone,
            env: { ...process.env, ...(Object.fromEntries(given) as Record<string, string>) },
            encoding: 'utf8',
          });
          expect(status, stderr).toBe(0);
        }
      }
      const upload = build.steps.find((s) => s.uses?.startsWith('actions/upload-pages-artifact'));
      const site = join(clone, upload!.with!.path as string);
      expect(existsSync(join(site, '.nojekyll'))).toBe(true);
      const page = readFileSync(join(site, 'k/bpf_task_acquire/index.html'), 'utf8');
      const address = `${outputs.origin!}${outputs.base_path!}/k/bpf_task_acquire/`;
      expect(page).toContain(`<link rel="canonical" href="${address}">`);
      expect(checkSite(site, '/kfunc-atlas/').broken).toEqual([]);
    },
    120_000,
  );
});
