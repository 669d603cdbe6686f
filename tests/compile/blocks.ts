import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of C in a file of `content/`. */
export interface Block {
  file: string;
  /** The line of its opening fence, from 1. */
  line: number;
  /** The releases it is written for, as `v7.3`; empty for code that belongs in the kernel. */
  kernels: string[];
  code: string;
}

export interface Blocks {
  blocks: Block[];
  /** Fences of C that do not say what they are for, as `file:line: words`. */
  problems: string[];
}

const fence = /^```c(?:[ \t]+(.*))?$/;

/**
 * Takes the blocks of C out of a file of Markdown.
 *
 *     ```c kernel=6.12,7.3      a BPF program, which compiles against the headers of both
 *     ```c in-kernel            code of the kernel's own, which needs its tree
 *
 * Every block has to say which of the two it is: an example that nobody compiles goes stale.
 */
export function blocksOf(file: string, text: string): Blocks {
  const blocks: Block[] = [];
  const problems: string[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const open = fence.exec(lines[i]!);
    if (open === null) continue;
    const line = i + 1;
    const words = open[1]?.trim() ?? '';
    const code: string[] = [];
    while (++i < lines.length && lines[i] !== '```') code.push(lines[i]!);
    const named = /^kernel=(\d+\.\d+(?:,\d+\.\d+)*)$/.exec(words)?.[1];
    if (i >= lines.length) problems.push(`${file}:${line}: the block does not end`);
    else if (named !== undefined || words === 'in-kernel') {
      const kernels = named?.split(',').map((version) => `v${version}`) ?? [];
      blocks.push({ file, line, kernels, code: `${code.join('\n')}\n` });
    } else problems.push(`${file}:${line}: say kernel=X.Y or in-kernel after c, not "${words}"`);
  }
  return { blocks, problems };
}

/** The blocks of every file of Markdown below a folder, in the order of the files' names. */
export function blocksBelow(folder: string): Blocks {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort();
  const all = files.map((name) =>
    blocksOf(join(folder, name), readFileSync(join(folder, name), 'utf8')),
  );
  return {
    blocks: all.flatMap((one) => one.blocks),
    problems: all.flatMap((one) => one.problems),
  };
}

/**
 * What stands above each example when it is compiled, and nothing else does. `vmlinux.h` is that of the
 * kernel that the block names; the rest is libbpf's.
 */
export const preamble = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>

char _license[] SEC("license") = "GPL";

`;
