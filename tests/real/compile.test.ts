import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { statesOf } from '../../src/data/at-release.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { readDataset } from '../../src/data/read.ts';
import { blocksBelow, preamble } from '../compile/blocks.ts';
import { compile, findClang } from '../compile/clang.ts';
import { declarationsOf } from '../compile/declarations.ts';
import { programsOf, skeletonsOf } from '../compile/skeletons.ts';
import { type Headers, headersOf } from './headers.ts';

/** Clang, for BPF, on every example of content/ and on every declaration that the pages give. */
const { linux, facts, work } = inject('kernels');
const clang = findClang();
if (clang === null) {
  console.warn('SKIPPED: no clang was found, so neither examples nor declarations are compiled.');
}

describe.skipIf(clang === null)('what the pages tell readers to paste', () => {
  let dataset: Dataset;
  let headers: Headers;
  const foldersOf = (release: string) => [headers.kernels.get(release)!, headers.libbpf];
  beforeAll(async () => {
    dataset = await readDataset(facts);
    const releases = dataset.releases.filter(({ line }) => line === 'mainline');
    headers = await headersOf(linux, work, releases);
    console.log(`${clang!}, vmlinux.h of ${[...headers.kernels.keys()].join(', ')}`);
  });

  test('every example compiles against the kernels it names', async () => {
    const { blocks } = blocksBelow('content');
    const programs = blocks.flatMap((block) =>
      block.kernels.map((release) => ({ ...block, release })),
    );
    expect(programs.length).toBeGreaterThan(10);
    const faults: string[] = [];
    for (const [i, { file, line, release, code }] of programs.entries()) {
      if (!headers.kernels.has(release)) {
        faults.push(`${file}:${line}: there is no vmlinux.h of ${release}`);
        continue;
      }
      const source = join(work, `example-${i}.c`);
      const said = await compile(clang!, source, preamble + code, foldersOf(release));
      if (said !== '') faults.push(`${file}:${line}, against ${release}:\n${said}`);
    }
    console.log(`${programs.length} examples compiled`);
    expect(faults).toEqual([]);
  });

  test('every declaration agrees with the one in vmlinux.h', async () => {
    expect(headers.kernels.size).toBeGreaterThan(1);
    for (const [release, folder] of headers.kernels) {
      const header = await readFile(join(folder, 'vmlinux.h'), 'utf8');
      const { known, compared, foreign } = declarationsOf(
        dataset.kfuncs,
        statesOf(dataset),
        release,
        header,
      );
      const source = `#include "vmlinux.h"\n#include <bpf/bpf_helpers.h>\n${[...known.values()].join('\n')}\n`;
      const file = join(work, `declarations-${release}.c`);
      expect([release, await compile(clang!, file, source, foldersOf(release))]).toEqual([
        release,
        '',
      ]);
      console.log(
        `${release}: ${known.size} declarations compile, ${compared} of which vmlinux.h has too; ` +
          `types of ${foreign.length} kfuncs are not in it`,
      );
      // Attach points that the compiled kernel tags as kfuncs are in the dataset too.
      const declared = [...header.matchAll(/^extern .*__ksym;$/gm)].length;
      expect(declared).toBeGreaterThan(100);
      expect(compared).toBe(declared);
    }
  });

  test('every skeleton compiles against every header, and each fallback by itself', async () => {
    const skeletons = skeletonsOf(dataset);
    const fallbacks = skeletons.filter((skeleton) => skeleton.isFallback);
    expect(fallbacks.length).toBeGreaterThan(20);
    expect(headers.kernels.size).toBeGreaterThan(1);
    const faults: string[] = [];
    for (const [release, folder] of headers.kernels) {
      const header = await readFile(join(folder, 'vmlinux.h'), 'utf8');
      const { together, missing, leftOut } = programsOf(skeletons, header);
      for (const [i, source] of together.entries()) {
        const file = join(work, `skeletons-${release}-${i}.c`);
        const said = await compile(clang!, file, source, foldersOf(release));
        if (said !== '') faults.push(`${release}:\n${said}`);
      }
      console.log(
        `${release}: ${skeletons.length} skeletons compile but for ${leftOut} with a typedef that vmlinux.h lacks; ` +
          `${missing.length} structs are not in it`,
      );
    }
    const newest = [...headers.kernels.keys()].at(-1)!;
    const header = await readFile(join(headers.kernels.get(newest)!, 'vmlinux.h'), 'utf8');
    for (const skeleton of fallbacks) {
      const [source] = programsOf([skeleton], header).together;
      const file = join(work, `fallback-${skeleton.name}.c`);
      const said = await compile(clang!, file, source!, foldersOf(newest));
      if (said !== '') faults.push(`${skeleton.name}, against ${newest}:\n${said}`);
    }
    console.log(`${fallbacks.length} fallbacks compile by themselves against ${newest}`);
    expect(faults).toEqual([]);
  }, 400_000);
});
