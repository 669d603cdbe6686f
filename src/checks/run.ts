import type { Dataset } from '../data/dataset.ts';
import type { Check, Finding, Sources } from './check.ts';
import { exceptions as allKnown, type Exception } from './exceptions.ts';
import { checks as all } from './index.ts';
import { excuses, isAmong } from './matching.ts';
import { View } from './view.ts';
import { byCodeUnit } from './words.ts';

export interface RunOptions {
  /** Without them the checks that look into the trees are left out. */
  sources?: Sources | undefined;
  checks?: readonly Check[];
  exceptions?: readonly Exception[];
}

export interface RunReport {
  /** `check: kfunc@release: sentence`, sorted; none when all is well. */
  failures: string[];
  /** Names of the checks that were run. */
  ran: string[];
  /** How many findings an exception explains, by the exception. */
  excused: ReadonlyMap<Exception, number>;
}

/** `flags-are-defined: bpf_lamp_get@v6.12: has KF_DIM, which the release does not define`. */
export function formatFinding(check: string, { subject, release, message }: Finding): string {
  const at = release === null ? subject : `${subject}@${release}`;
  return `${check}: ${at}: ${message}`;
}

async function findingsOf(check: Check, view: View, sources?: Sources): Promise<Finding[] | null> {
  if ('check' in check) return [...check.check(view)];
  if (!sources) return null;
  const found: Finding[] = [];
  for await (const finding of check.checkSources(view, sources)) found.push(finding);
  return found;
}

/**
 * Runs the checks over a dataset. What an exception explains is no failure; an exception that explains
 * nothing is one, when its check was run and the dataset has a release that it is about.
 */
export async function runChecks(dataset: Dataset, options: RunOptions = {}): Promise<RunReport> {
  const { sources, checks = all, exceptions = allKnown } = options;
  const view = new View(dataset);
  const failures = new Set<string>();
  const ran: string[] = [];
  const excused = new Map<Exception, number>();
  for (const check of checks) {
    const findings = await findingsOf(check, view, sources);
    if (findings === null) continue;
    ran.push(check.name);
    for (const finding of findings) {
      const tag = finding.release === null ? undefined : view.entry(finding.release)?.tag;
      const reasons = exceptions.filter((known) => excuses(known, check.name, finding, tag));
      for (const reason of reasons) excused.set(reason, (excused.get(reason) ?? 0) + 1);
      if (reasons.length === 0) failures.add(formatFinding(check.name, finding));
    }
  }
  for (const exception of exceptions) {
    const { check, subject, releases } = exception;
    const due =
      ran.includes(check) &&
      dataset.releases.some((release) => isAmong(releases, release.id, release.tag));
    if (!due || excused.has(exception)) continue;
    failures.add(`${check}: ${subject}@${releases}: known exception no longer fails: remove it`);
  }
  return { failures: [...failures].sort(byCodeUnit), ran, excused };
}
