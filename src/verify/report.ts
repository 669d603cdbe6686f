import type { Absence, AbsenceReason, Misplaced, Verification } from './verify.ts';
import { unexplained } from './verify.ts';
import type { Difference } from './compare.ts';
import type { Need, Place } from './prediction.ts';

/** Wide enough for text, narrow enough for a mail. */
const WIDTH = 79;

/**
 * A verification as a person reads it, 79 columns wide as far as prototypes allow: what was found, why
 * the rest is not there, and at the end what nothing explains.
 */
export function verificationText(result: Verification): string {
  return [
    ...heading(result),
    ...absentText(result),
    ...unknownText(result),
    ...misplacedText(result),
    ...differentText(result),
    '',
    verdict(result),
    '',
  ].join('\n');
}

function heading(result: Verification): string[] {
  const { release, files, found, agreeing, isMarked, isConfigured } = result;
  const noun = isMarked ? 'kfunc' : 'function';
  const tag = release.exact ? '' : ` (${release.tag} stands for it)`;
  const holding = files.filter(({ kfuncs }) => kfuncs > 0);
  const shown = holding.map(({ path, kfuncs }) => `  ${count(kfuncs, noun)} in ${path}`);
  const without = files.length - holding.length;
  return [
    `The records of ${release.id}${tag} against ${count(files.length, 'file')}:`,
    ...shown,
    ...(without > 0 ? [`  none in ${holding.length > 0 ? 'the other ' : ''}${without}`] : []),
    ...(isMarked ? [] : UNMARKED),
    `${agreeing} of ${found} agree in prototype${isConfigured ? ', tags and place' : ' and tags'}.`,
  ];
}

const UNMARKED = [
  'Its BTF, made by pahole 1.25 or older, does not mark kfuncs: functions of the same',
  'names are compared, and kfuncs without a record go unnoticed.',
];

const REASONS: Record<AbsenceReason, string> = {
  off: 'turned off in this configuration',
  'may-be-off': 'off, it seems, or in a module that was not given',
  elsewhere: 'in a file that was not given',
  selftests: 'of the modules that the selftests build',
  'no-kfunc': 'attach points and destructors, which BTF need not tag as kfuncs',
};

function absentText({ absent }: Verification): string[] {
  if (absent.length === 0) return [];
  const groups = Map.groupBy(absent, ({ reason, needs }) =>
    [reason, ...needs.map(need)].join('\n'),
  );
  const lines = ['', `${count(absent.length, 'kfunc')} of the records not found there:`];
  for (const group of groups.values()) lines.push('', ...groupText(group));
  return lines;
}

function groupText(group: readonly Absence[]): string[] {
  const { reason, needs } = group[0]!;
  const title = `  ${group.length} ${REASONS[reason]}${needs.length > 0 ? ':' : ''}`;
  // They are many, and of no kernel that anybody runs.
  if (reason === 'selftests') return [title];
  return [
    title,
    ...needs.map((n) => `    ${need(n)}`),
    ...wrap(group.map(({ name }) => name).join(' '), '      '),
  ];
}

function need({ expr, file }: Need): string {
  return file === null ? expr : `${expr}, in ${file}`;
}

function unknownText({ unknown }: Verification): string[] {
  if (unknown.length === 0) return [];
  return [
    '',
    `${count(unknown.length, 'kfunc')} of the kernel without a record at this release:`,
    ...unknown.map(({ prototype, file }) => `  ${prototype}\n    in ${file}`),
  ];
}

const PLACES: Record<Place, string> = {
  'built-in': 'built in',
  module: 'in a module',
  absent: 'absent',
  unknown: 'unknown',
};

function misplacedText({ misplaced }: Verification): string[] {
  if (misplaced.length === 0) return [];
  const groups = Map.groupBy(misplaced, (m) =>
    [m.predicted, m.found, ...m.because.map(need)].join('\n'),
  );
  const lines = ['', `${count(misplaced.length, 'kfunc')} not where the configuration puts them:`];
  for (const group of groups.values()) lines.push('', ...misplacedGroup(group));
  return lines;
}

function misplacedGroup(group: readonly Misplaced[]): string[] {
  const { predicted, found, because } = group[0]!;
  return [
    `  ${group.length} should be ${PLACES[predicted]}, and ${group.length === 1 ? 'is' : 'are'} ${PLACES[found]}${because.length > 0 ? ':' : ''}`,
    ...because.map((n) => `    ${need(n)}`),
    ...wrap(group.map(({ name }) => name).join(' '), '      '),
  ];
}

function differentText({ different }: Verification): string[] {
  if (different.length === 0) return [];
  return [
    '',
    `${count(different.length, 'kfunc')} that the kernel and the record tell differently:`,
    ...different.flatMap(({ name, differences }) => [
      '',
      `  ${name}`,
      ...differences.flatMap(sides),
    ]),
  ];
}

function sides({ what, ours, built }: Difference): string[] {
  return [`    ${what}`, `      record  ${ours}`, `      kernel  ${built}`];
}

function verdict(result: Verification): string {
  const open = unexplained(result);
  if (open > 0) return `${count(open, 'difference')} that nothing explains.`;
  return result.isConfigured
    ? 'Nothing is unexplained, and the configuration predicts what is there.'
    : 'Nothing is unexplained.';
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line !== indent && line.length + word.length >= WIDTH) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
