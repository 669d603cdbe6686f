import { random } from '../../tests/sample/random.ts';
import { BtfError } from './btf-error.ts';
import type { CompiledKfunc } from './compiled-kfunc.ts';
import { damaged } from './damage.ts';
import { readElfBtf } from './elf-btf.ts';
import { kfuncsOf } from './kfuncs.ts';
import { readBtf } from './read-btf.ts';
import { btfWriter, elfFile, smallKernel } from './testing.ts';

/** A whole input, and what reads it. */
interface Subject {
  name: string;
  bytes: Uint8Array;
  read: (bytes: Uint8Array) => CompiledKfunc[];
}

/** What came of reading damaged inputs. */
export interface FuzzResult {
  /** By subject: how many were refused, and how many could be read all the same. */
  outcomes: Record<string, { refused: number; read: number }>;
  /** Of the one that took longest. */
  slowestMs: number;
  /** The first that did not end as it should, with what it takes to repeat it. */
  failure: string | null;
}

const raw = (bytes: Uint8Array) => kfuncsOf(readBtf(bytes));
const elf = (bytes: Uint8Array) => kfuncsOf(readElfBtf(bytes));

/** Raw BTF, split BTF, damaged bases and ELF files, of each byte order and class. */
export function subjects(): Subject[] {
  const kernel = smallKernel().build();
  const bigKernel = smallKernel({ bigEndian: true }).build();
  const base = readBtf(kernel);
  const writer = btfWriter({ base });
  const own = writer.struct('bellows', [['anvil', 1]]);
  writer.kfunc(
    'bellows_blow',
    writer.ptr(own),
    [['by', writer.ptr(writer.const(5))]],
    'bpf_fastcall',
  );
  const split = writer.build();
  const module = {
    '.gnu.linkonce.this_module': new Uint8Array(4),
    '.BTF': split,
    '.BTF.base': kernel,
  };
  return [
    { name: 'raw', bytes: kernel, read: raw },
    { name: 'raw, big-endian', bytes: bigKernel, read: raw },
    { name: 'raw with layout', bytes: smallKernel({ headerLength: 32 }).build(), read: raw },
    { name: 'split', bytes: split, read: (bytes) => kfuncsOf(readBtf(bytes, { base })) },
    {
      name: 'base of split',
      bytes: kernel,
      read: (bytes) => kfuncsOf(readBtf(split, { base: readBtf(bytes) })),
    },
    { name: 'ELF', bytes: elfFile({ '.BTF': kernel }), read: elf },
    { name: 'ELF module', bytes: elfFile(module), read: elf },
    {
      name: 'ELF, 32 bits, big-endian',
      bytes: elfFile({ '.BTF': bigKernel }, { wide: false, bigEndian: true }),
      read: elf,
    },
  ];
}

/**
 * Reads `count` damaged inputs, of all subjects in turn. Each is a function of `seed` and its number
 * alone. Stops at the first that ends in anything but a result or a BtfError, or that takes longer than
 * a second.
 */
export function fuzz(seed: number, count: number): FuzzResult {
  const all = subjects();
  const result: FuzzResult = { outcomes: {}, slowestMs: 0, failure: null };
  for (let number = 0; number < count && result.failure === null; number++) {
    const subject = all[number % all.length]!;
    const bytes = damaged(subject.bytes, random(seed * 1_000_003 + number));
    const outcome = (result.outcomes[subject.name] ??= { refused: 0, read: 0 });
    const start = performance.now();
    let failure: string | null = null;
    try {
      failure = oddResult(subject.read(bytes));
      outcome.read++;
    } catch (error) {
      if (error instanceof BtfError && error.message.length < 300) outcome.refused++;
      else failure = String((error as Error).stack);
    }
    const ms = performance.now() - start;
    result.slowestMs = Math.max(result.slowestMs, ms);
    if (ms > 1000) failure ??= `took ${ms.toFixed(0)} ms`;
    if (failure !== null)
      result.failure = `${subject.name}, seed ${seed}, input ${number}: ${failure}`;
  }
  return result;
}

/** What is wrong with kfuncs that were read: names and types are C, whatever the input. */
function oddResult(kfuncs: readonly CompiledKfunc[]): string | null {
  const odd = kfuncs.find(
    ({ name, prototype }) =>
      !/^[A-Za-z_.][\w.]*$/.test(name) || !/^[\w .,*()[\]{};:]+$/.test(prototype),
  );
  return odd === undefined ? null : `gave ${JSON.stringify(odd)}`;
}
