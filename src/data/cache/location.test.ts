import { expect, it } from 'vitest';
import { defaultCacheDir } from './location.ts';

it.each([
  [{ XDG_CACHE_HOME: '/var/tmp/c' }, '/var/tmp/c/kfunc-atlas'],
  [{}, '/home/me/.cache/kfunc-atlas'],
  [{ XDG_CACHE_HOME: '' }, '/home/me/.cache/kfunc-atlas'],
  [{ XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/kfunc-atlas'],
])('keeps the cache, with %j, in %s', (env, expected) => {
  expect(defaultCacheDir(env, '/home/me')).toBe(expected);
});
