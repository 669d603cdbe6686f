import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { readProc } from './measure.ts';

export interface Machine {
  cores: number;
  model: string;
  git: string;
  node: string;
  /** One minute's load average when the run began. */
  load: number;
  /** Share of the cores that other programs took during the run, 0 to 1; null when unknown. */
  others: number | null;
}

/** Ratios lean on the clock, so that others at work on the same cores blur them. */
const BUSY = 0.15;

/** Facts about this machine; call the function that it gives once the run has ended. */
export function observeMachine(git: string): () => Machine {
  const load = loadavg()[0]!;
  const before = usage();
  return () => ({
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    git,
    node: process.version,
    load,
    others: othersSince(before),
  });
}

interface Usage {
  busy: number;
  total: number;
  own: number;
}

/** Ticks of all cores, and those of this process with its ended children: proc(5). */
function usage(): Usage | null {
  const all = /^cpu +(.*)$/m.exec(readProc('/proc/stat'))?.[1]?.split(' ').map(Number);
  const self = readProc('/proc/self/stat');
  if (all === undefined || self === '') return null;
  // user nice system idle iowait irq softirq steal; guest time is part of user time.
  const total = all.slice(0, 8).reduce((sum, n) => sum + n, 0);
  const fields = self.slice(self.lastIndexOf(')') + 2).split(' ');
  const own = fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0);
  return { busy: total - all[3]! - all[4]!, total, own };
}

function othersSince(before: Usage | null): number | null {
  const after = usage();
  if (before === null || after === null || after.total === before.total) return null;
  const share =
    (after.busy - before.busy - (after.own - before.own)) / (after.total - before.total);
  return Math.min(1, Math.max(0, share));
}

/** What to say about the machine, and a warning when it was not idle. */
export function describeMachine({ cores, model, git, node, load, others }: Machine): string[] {
  const lines = [
    `${cores} cores (${model}), git ${git}, Node ${node}`,
    `load average ${load.toFixed(1)} at the start` +
      (others === null ? '' : `, other programs took ${Math.round(others * 100)} % of the cores`),
  ];
  if (load > cores / 2 || (others !== null && others > BUSY)) {
    lines.push('warning: the machine is not idle, so that seconds and ratios may mislead.');
  }
  return lines;
}

/** `2.39.5`; `none` where git cannot be run. */
export function gitVersion(): Promise<string> {
  return new Promise((resolve) => {
    execFile('git', ['version'], (error, stdout) => {
      resolve(error ? 'none' : stdout.trim().replace(/^git version /, ''));
    });
  });
}
