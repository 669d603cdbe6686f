import { UserError } from '../user-error.ts';
import { mirrorCandidates, suitesOf } from './apt-sources.ts';
import type { PrivateApt, SuiteAnswer } from './apt.ts';
import type { Machine } from './machine.ts';
import {
  distinctSuites,
  furtherNames,
  suiteAliases,
  type SuiteProblem,
  type SuiteRelease,
} from './suites.ts';

/** A mirror of Debian's archive, and what it holds. */
export interface Found {
  mirror: string;
  suites: SuiteRelease[];
  /** Suites that exist but were left out, a line each. */
  notes: string[];
}

/**
 * Finds a mirror among the machine's own sources, or takes the one that is given, and asks it which
 * suites there are: by the names that stay (`stable`), by the names that this machine uses, and by what
 * these call themselves (`trixie`).
 *
 * @throws UserError when no mirror answers with suites that Debian signed
 */
export async function findSuites(
  apt: PrivateApt,
  machine: Machine,
  given: string | undefined,
): Promise<Found> {
  const mirrors =
    given === undefined ? mirrorCandidates(machine.sources, machine.codename) : [given];
  const failures: SuiteAnswer[] = [];
  for (const mirror of mirrors.filter((uri) => /^[a-z][a-z0-9+.-]*:[^\s[\]"]+$/i.test(uri))) {
    const names = [...new Set([...suiteAliases, ...suitesOf(machine.sources, mirror)])];
    const first = await apt.askSuites(mirror, names);
    const further = furtherNames(first.flatMap(releaseOf), names);
    const answers =
      further.length === 0 ? first : [...first, ...(await apt.askSuites(mirror, further))];
    const suites = distinctSuites(answers.flatMap(releaseOf));
    if (suites.length > 0) return { mirror, suites, notes: notes(answers) };
    failures.push(...answers);
  }
  throw new UserError(whyNone(mirrors, failures));
}

function releaseOf(answer: SuiteAnswer): SuiteRelease[] {
  return 'release' in answer ? [answer.release] : [];
}

const words: Record<Exclude<SuiteProblem, 'missing'>, string> = {
  signature: 'its signature was not made with a key of Debian that this machine knows',
  network: 'the mirror did not answer',
  other: 'apt could not read it',
};

/** That a suite does not exist is nothing to report: most mirrors lack some. */
function notes(answers: readonly SuiteAnswer[]): string[] {
  return answers.flatMap((answer) =>
    'problem' in answer && answer.problem !== 'missing'
      ? [`The suite ${answer.name} is left out: ${words[answer.problem]}.`]
      : [],
  );
}

function whyNone(mirrors: readonly string[], failures: readonly SuiteAnswer[]): string {
  if (mirrors.length === 0) {
    return "No mirror of Debian is among this machine's apt sources: give one with --mirror.";
  }
  const problems = failures.flatMap((answer) => ('problem' in answer ? [answer.problem] : []));
  const where = mirrors.join(', ');
  if (problems.includes('signature')) {
    return `Nothing was taken from ${where}: no suite there is signed with a key of Debian that this machine knows. A newer debian-archive-keyring package may help.`;
  }
  if (problems.includes('network')) {
    return `${where} could not be reached: look to the network and the proxy of this machine's apt, or give another mirror with --mirror.`;
  }
  return `No suite of Debian was found at ${where}: give another mirror with --mirror.`;
}
