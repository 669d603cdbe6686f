/** An amount with its unit: seconds, bytes. */
export interface Amount {
  unit: 'seconds' | 'bytes';
  value: number;
}

/** What an amount may be at most: alone, or as a share of the yardstick. */
export type Budget =
  { of: 'ratio'; most: number } | { of: 'seconds'; most: number } | { of: 'bytes'; most: number };

/** One line of the table. */
export interface Row {
  what: string;
  /** null when it was not measured; then `reason` says why. */
  measured: Amount | null;
  /** What `git grep` took in the same run, where that is the measure. */
  yardstick: Amount | null;
  /** null for a line that only explains the one above it. */
  budget: Budget | null;
  reason: string | null;
}

/** `failed`: one of the project's own commands ended with an error. */
export type Verdict = 'ok' | 'over' | 'not measured' | 'failed' | 'none';

const KB = 1000;

/** DESIGN.md, "Budgets". */
export const budgets = {
  fullSeries: { of: 'ratio', most: 0.35 },
  memory: { of: 'bytes', most: 2 ** 30 },
  fewReleases: { of: 'ratio', most: 0.8 },
  nothingNew: { of: 'seconds', most: 1 },
  oneMore: { of: 'ratio', most: 0.5 },
  siteBuild: { of: 'seconds', most: 60 },
  page: { of: 'bytes', most: 25 * KB },
  script: { of: 'bytes', most: 10 * KB },
} as const satisfies Record<string, Budget>;

/** So many releases, v5.13 and later, make a full series. */
export const FULL_SERIES = 29;

const FAILED = 'failed: ';

/** A row whose command ended with an error. */
export function failedRow(what: string, budget: Budget, error: string): Row {
  return { what, measured: null, yardstick: null, budget, reason: `${FAILED}${error}` };
}

/** Measured over yardstick; null where one of them is not there. */
export function ratioOf({ measured, yardstick }: Row): number | null {
  return measured && yardstick && yardstick.value > 0 ? measured.value / yardstick.value : null;
}

export function verdictOf(row: Row): Verdict {
  if (row.reason?.startsWith(FAILED) === true) return 'failed';
  if (row.measured === null) return 'not measured';
  if (row.budget === null) return 'none';
  const value = row.budget.of === 'ratio' ? ratioOf(row) : row.measured.value;
  if (value === null) return 'not measured';
  return value <= row.budget.most ? 'ok' : 'over';
}

/** The middle value; of an even number of values, the lower of the middle two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values');
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;
}
