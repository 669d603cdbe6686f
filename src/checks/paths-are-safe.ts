import type { DatasetCheck } from './check.ts';
import type { View } from './view.ts';

/** Every path of a source file that the dataset names, with who names it. */
function* paths(view: View): Generator<[subject: string, release: string, path: string]> {
  for (const { record, state } of view.states()) {
    const named = [state.sets, state.config.parts, state.definitions, state.deprecation].flat();
    for (const { file } of named) yield [record.name, state.from, file];
  }
  for (const file of view.dataset.releaseFiles) {
    for (const { name, file: path } of file.flags) yield [name, file.id, path];
    for (const { literal, file: path } of file.suffixes) yield [literal, file.id, path];
    for (const { arch, file: path } of file.jit) yield [arch, file.id, path];
    for (const [name, { file: path }] of Object.entries(file.filters)) yield [name, file.id, path];
    for (const what of ['definitions', 'entries', 'deprecations', 'examples'] as const) {
      for (const [name, list] of Object.entries(file[what])) {
        for (const { file: path } of list) yield [name, file.id, path];
      }
    }
    for (const [name, users] of Object.entries(file.users)) {
      for (const path of users) yield [name, file.id, path];
    }
  }
}

/** `kernel/bpf/helpers.c`: relative, inside the tree, and no character that a page must not print. */
function isSafe(path: string): boolean {
  const parts = path.split('/');
  return (
    !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

export const pathsAreSafe: DatasetCheck = {
  name: 'paths-are-safe',
  description:
    'Every source file that is named is one inside the tree, by a path that can be printed.',
  *check(view) {
    for (const [subject, release, path] of paths(view)) {
      if (isSafe(path)) continue;
      yield { subject, release, message: `names the file ${JSON.stringify(path)}` };
    }
  },
};
