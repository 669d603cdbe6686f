import { stripVTControlCharacters } from 'node:util';

/** How far a piece of work has come, told on stderr, so that stdout carries only results. */
export interface Progress {
  /** Adds to what is done. */
  tick(n?: number): void;
  /** Sets what is done, for work that counts by itself. */
  at(done: number): void;
  /** What is being worked on just now (`v6.12`). */
  note(text: string): void;
  /** A line of its own that stays (a diagnostic); the bar goes on below it. */
  say(line: string): void;
  /** Ends it. The summary stays: by default the label and how long it took; nothing when empty. */
  done(summary?: string): void;
}

export interface ProgressOptions {
  label: string;
  /** In the unit of `tick`; without it there is no bar, only a count and the time. */
  total?: number;
  /** How amounts are written (`12 MB`); plain numbers by default. */
  format?: (amount: number) => string;
  quiet?: boolean;
  /** For tests. */
  stream?: ProgressStream;
  now?: () => number;
}

export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 100;
const LINE_MS = 5000;
const BAR_WIDTH = 24;
const CLEAR = '\r\u001b[2K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/**
 * On a terminal a bar that is redrawn in place, ten times a second at most; elsewhere a line at the
 * start, one every five seconds and one at the end; with `quiet` nothing. NO_COLOR is honoured, and
 * TERM=dumb counts as no terminal.
 */
export function progress(options: ProgressOptions): Progress {
  const { quiet = false, stream = process.stderr } = options;
  if (quiet) return silent;
  const { TERM } = process.env;
  const isTerminal = stream.isTTY === true && TERM !== 'dumb';
  return isTerminal ? bar(options, stream) : lines(options, stream);
}

/** Work in steps, one bar after the other. */
export interface ProgressSteps {
  begin(label: string, total?: number): void;
  step(n: number): void;
  end(summary?: string): void;
}

/** The same for work that is told step by step (`begin`, `step` …, `end`). */
export function progressSteps(options: Omit<ProgressOptions, 'label' | 'total'>): ProgressSteps {
  let current = silent;
  return {
    begin: (label, total) => {
      current = progress({ ...options, label, ...(total === undefined ? {} : { total }) });
    },
    step: (n) => {
      current.tick(n);
    },
    end: (summary) => {
      current.done(summary);
      current = silent;
    },
  };
}

const silent: Progress = {
  tick: () => undefined,
  at: () => undefined,
  note: () => undefined,
  say: () => undefined,
  done: () => undefined,
};

function bar(options: ProgressOptions, stream: ProgressStream): Progress {
  const { label, now = Date.now } = options;
  const start = now();
  let done = 0;
  let note = '';
  let drawn = -Infinity;
  let last = '';
  const draw = () => {
    drawn = now();
    const width = Math.max(20, (stream.columns ?? 80) - 1);
    const text = barLine({ ...options, done, note, seconds: (drawn - start) / 1000 }, width);
    if (text !== last) stream.write(CLEAR + text);
    last = text;
  };
  const maybe = () => {
    if (now() - drawn >= REDRAW_MS) draw();
  };
  // Work that is silent for long still shows that time passes.
  const timer = setInterval(draw, 1000).unref();
  const restore = () => stream.write(CLEAR + SHOW_CURSOR);
  process.once('exit', restore);
  stream.write(HIDE_CURSOR);
  draw();
  return {
    tick: (n = 1) => {
      done += n;
      maybe();
    },
    at: (n) => {
      done = n;
      maybe();
    },
    note: (text) => {
      note = text;
      maybe();
    },
    say: (line) => {
      stream.write(`${CLEAR}${line}\n${last}`);
    },
    done: (summary) => {
      clearInterval(timer);
      process.off('exit', restore);
      stream.write(CLEAR + SHOW_CURSOR + lastLine(summary, label, now() - start));
    },
  };
}

function lines(options: ProgressOptions, stream: ProgressStream): Progress {
  const { label, total, format = String, now = Date.now } = options;
  const start = now();
  let done = 0;
  let note = '';
  let last = start;
  const maybe = () => {
    if (now() - last < LINE_MS) return;
    last = now();
    const amount = total === undefined ? format(done) : `${format(done)} of ${format(total)}`;
    stream.write(`${label}: ${done === 0 ? 'working' : amount}${note === '' ? '' : `, ${note}`}\n`);
  };
  stream.write(`${label} …\n`);
  return {
    tick: (n = 1) => {
      done += n;
      maybe();
    },
    at: (n) => {
      done = n;
      maybe();
    },
    note: (text) => {
      note = text;
      maybe();
    },
    say: (line) => {
      stream.write(`${line}\n`);
    },
    done: (summary) => {
      stream.write(lastLine(summary, label, now() - start));
    },
  };
}

interface BarState {
  label: string;
  done: number;
  total?: number | undefined;
  note: string;
  seconds: number;
  format?: (amount: number) => string;
}

/**
 * One line of at most `width` columns; what does not fit is left out from the right.
 *
 *     Reading releases ━━━━━━━━━────────  12 of 29  4 s  v6.12
 */
export function barLine(state: BarState, width: number): string {
  const { label, done, total, note, seconds, format = String } = state;
  const amount = total === undefined ? format(done) : `${format(done)} of ${format(total)}`;
  const parts = [
    label,
    total === undefined || total === 0 ? '' : drawBar(Math.min(1, done / total)),
    done === 0 && total === undefined ? '' : amount,
    duration(seconds * 1000),
    note,
  ].filter((part) => part !== '');
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (stripVTControlCharacters(longer).length > width) break;
    line = longer;
  }
  return line === '' ? label.slice(0, width) : line;
}

function drawBar(share: number): string {
  const filled = Math.round(share * BAR_WIDTH);
  const [full, rest] = ['━'.repeat(filled), '─'.repeat(BAR_WIDTH - filled)];
  const { NO_COLOR } = process.env;
  const plain = (NO_COLOR ?? '') !== '';
  return plain ? full + rest : `\u001b[36m${full}\u001b[2m${rest}\u001b[0m`;
}

function lastLine(summary: string | undefined, label: string, ms: number): string {
  if (summary === '') return '';
  return `${summary ?? `${label}: done in ${duration(ms)}`}\n`;
}

/** `4 s`, `2 min 5 s` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
