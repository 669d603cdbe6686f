import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

/** What the tests of the real kernels share; `inject('kernels')` gives it to each of them. */
export interface Kernels {
  /** The repository that `kernels` made. */
  linux: string;
  /** The dataset that `extract` made of it, with the kernel's own words. */
  data: string;
  /** The same with `--facts-only`. */
  facts: string;
  /** A folder to put more into; it goes away when all tests have ended. */
  work: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    kernels: Kernels;
  }
}

const entry = join(import.meta.dirname, '../../scripts/kfunc-atlas.mjs');

/** Runs `kfunc-atlas <args>`. */
export function atlas(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [entry, ...args], { maxBuffer: 64 * 1024 * 1024 });
}

/**
 * The commands on the kernels that Debian has, once for all test files: `kernels`, then `extract`.
 * `KFUNC_ATLAS_KERNELS` names a repository that `kernels` made before.
 */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const work = await mkdtemp(join(tmpdir(), 'kfunc-atlas-real-'));
  const end = () => rm(work, { recursive: true, force: true });
  try {
    const linux = process.env.KFUNC_ATLAS_KERNELS ?? join(work, 'debian.git');
    const [data, facts] = [join(work, 'data'), join(work, 'facts')];
    await atlas('kernels', '--from', 'debian', '--into', linux, '--yes', '--quiet');
    const common = ['--linux', linux, '--cache', join(work, 'cache'), '--quiet'];
    await atlas('extract', ...common, '--out', data);
    await atlas('extract', ...common, '--out', facts, '--facts-only');
    project.provide('kernels', { linux, data, facts, work });
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
