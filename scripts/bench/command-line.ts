import { fileURLToPath } from 'node:url';
import { measure, type Measurement } from './measure.ts';

const entry = fileURLToPath(new URL('../kfunc-atlas.mjs', import.meta.url));

/** Runs one of the project's own commands as a user would, and measures the whole process. */
export function atlas(...args: string[]): Promise<Measurement> {
  return measure({ file: process.execPath, args: [entry, ...args, '--quiet'] });
}
