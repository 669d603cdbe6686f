import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 compile what is hot with Maglev alone, for the rest of this process. A run that reads a release
 * is over in seconds, and git needs both cores of a small machine: what TurboFan takes to compile
 * for it, a second of work, is not earned back, in a run that reads all releases either.
 */
export function compileQuickly(): void {
  setFlagsFromString('--no-turbofan');
}
