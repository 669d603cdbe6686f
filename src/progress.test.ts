import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { barLine, duration, progress, progressSteps } from './progress.ts';

function recorder(isTTY: boolean, columns = 80) {
  let text = '';
  return { isTTY, columns, write: (more: string) => (text += more), text: () => text };
}

test('writes nothing with --quiet', () => {
  const stream = recorder(true);
  const shown = progress({ label: 'Reading', total: 3, quiet: true, stream });
  shown.tick();
  shown.say('a line');
  shown.done('ended');
  expect(stream.text()).toBe('');
});

test('writes plain lines where there is no terminal, one every five seconds at most', () => {
  const stream = recorder(false);
  let time = 0;
  const shown = progress({ label: 'Reading', total: 100, stream, now: () => time });
  for (let i = 0; i < 100; i++) {
    time += 120;
    shown.tick();
  }
  shown.done();
  expect(stream.text()).toBe(
    'Reading …\nReading: 42 of 100\nReading: 84 of 100\nReading: done in 12 s\n',
  );
});

test('redraws the bar in place, and not for each tick', () => {
  const stream = recorder(true);
  let time = 0;
  const shown = progress({ label: 'Reading', total: 1000, stream, now: () => time });
  for (let i = 0; i < 1000; i++) {
    time += 1;
    shown.tick();
  }
  shown.done('Read 1000');
  expect(stream.text().split('\n')).toHaveLength(2);
  expect(stream.text().split('\r').length).toBeLessThan(15);
  expect(stripVTControlCharacters(stream.text()).endsWith('Read 1000\n')).toBe(true);
});

test('hides the cursor only as long as there is a bar', () => {
  const stream = recorder(true);
  progress({ label: 'Reading', stream }).done();
  expect(stream.text().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
    stream.text().indexOf('\u001b[?25l'),
  );
});

test('fits the bar into the width of the terminal, least important last', () => {
  const state = { label: 'Reading', done: 12, total: 29, note: 'v6.12', seconds: 4 };
  for (const width of [20, 40, 60, 80]) {
    expect(stripVTControlCharacters(barLine(state, width)).length).toBeLessThanOrEqual(width);
  }
  expect(stripVTControlCharacters(barLine(state, 80))).toMatch(
    /^Reading {2}━+─+ {2}12 of 29 {2}4 s {2}v6.12$/,
  );
  expect(stripVTControlCharacters(barLine(state, 45))).not.toContain('v6.12');
});

test('keeps a line that is said while the bar is shown', () => {
  const stream = recorder(true);
  const shown = progress({ label: 'Reading', total: 2, stream });
  shown.say('a.c:1: warning: odd');
  shown.done();
  expect(stream.text()).toContain('a.c:1: warning: odd\n');
});

test('writes a time as a reader says it', () => {
  expect(duration(400)).toBe('0 s');
  expect(duration(125_000)).toBe('2 min 5 s');
});

test('shows one step after the other, each with its own total', () => {
  const stream = recorder(false);
  const steps = progressSteps({ stream, now: () => 0 });
  steps.begin('Listing', 2);
  steps.step(2);
  steps.end();
  steps.begin('Reading');
  steps.end('Read 7');
  expect(stream.text()).toBe('Listing …\nListing: done in 0 s\nReading …\nRead 7\n');
});
