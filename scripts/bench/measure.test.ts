import { expect, test } from 'vitest';
import { CommandFailed, measure } from './measure.ts';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script] });

test('counts the clock, the processor time of children too, and anonymous memory', async () => {
  const busy = 'const end = Date.now() + 300; while (Date.now() < end);';
  const held = 'globalThis.held = Buffer.alloc(150e6, 1);';
  const child = `require('child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}]);`;
  const { wall, cpu, anonymous } = await measure(node(held + child));
  expect(wall).toBeGreaterThan(0.3);
  expect(cpu).toBeGreaterThan(0.05);
  expect(anonymous).toBeGreaterThan(150e6);
  expect(anonymous).toBeLessThan(600e6);
});

test('a command that fails is told with the error that it printed', async () => {
  const script = 'console.error("error: no space is left.\\nmore"); process.exit(3)';
  await expect(measure(node(script))).rejects.toThrow(CommandFailed);
  await expect(measure(node(script))).rejects.toThrow('error: no space is left.');
  await expect(measure({ ...node(script), fine: [0, 3] })).resolves.toMatchObject({});
  await expect(measure(node('process.kill(process.pid, "SIGTERM")'))).rejects.toThrow('SIGTERM');
});
