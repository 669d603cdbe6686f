import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where the cache is kept unless the user says otherwise: `$XDG_CACHE_HOME/kfunc-atlas`, or
 * `~/.cache/kfunc-atlas` (XDG Base Directory Specification, which has relative values ignored).
 */
export function defaultCacheDir(
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  const { XDG_CACHE_HOME: base } = env;
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.cache'), 'kfunc-atlas');
}
