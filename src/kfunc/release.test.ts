import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseC } from '../c/parse.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { joinKconfig } from './config/kconfig.ts';
import { readFileFacts } from './file-facts.ts';
import { readRelease } from './release.ts';
import { memoryTree, type SourceTree } from './tree.ts';

const release: ReleaseEntry = {
  id: 'v6.1',
  line: 'mainline',
  tag: 'v6.1',
  exact: true,
  preview: false,
  date: '2022-12-11',
  commit: '0'.repeat(40),
};

const path = 'kernel/bpf/helpers.c';
const text = `
BTF_SET8_START(cup_ids)
BTF_ID_FLAGS(func, bpf_cup_fill, KF_ACQUIRE)
BTF_SET8_END(cup_ids)
static const struct btf_kfunc_id_set cup_set = { .owner = THIS_MODULE, .set = &cup_ids };
static int __init cup_init(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_TRACING, &cup_set);
}
late_initcall(cup_init);
`;

function read(tree: SourceTree): ReturnType<typeof readRelease> {
  return readRelease(release, {
    tree,
    files: new Map([[path, readFileFacts(parseC(text, path).value, text, path)]]),
    documents: new Map(),
    parse: async (file) => parseC((await tree.read(file)) ?? '', file).value,
    programs: new Map(),
    maintainers: '',
    kconfig: joinKconfig(new Map()),
    hash: (words) => words.slice(0, 8),
  });
}

test('says why a tree could not be read where it is asked, and nowhere else', async () => {
  const lost = new Error('the list of objects is missing');
  const whole = memoryTree({ [path]: text, 'kernel/bpf/Makefile': 'obj-y += helpers.o\n' });
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  const damaged: SourceTree = {
    ...whole,
    read: (file) => (file === 'kernel/bpf/Makefile' ? Promise.reject(lost) : whole.read(file)),
    // Slower than the answer that fails, as git may be.
    search: async (files, words) => {
      await pause(20);
      return whole.search(files, words);
    },
  };
  await expect(read(damaged)).rejects.toBe(lost);
  await pause(50);
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

test('reports a kfunc that is defined nowhere', async () => {
  const { kfuncs, diagnostics } = await read(memoryTree({ [path]: text }));
  expect(kfuncs.map(({ name }) => name)).toEqual(['bpf_cup_fill']);
  expect(diagnostics.map(({ code }) => code)).toContain('no-definition');
});
