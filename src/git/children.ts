import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Makes sure that a child does not outlive this process, however that ends, short of SIGKILL. */
export function endWithUs<T extends ChildProcess>(child: T): T {
  if (running.size === 0) process.on('exit', killAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
  });
  return child;
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}
