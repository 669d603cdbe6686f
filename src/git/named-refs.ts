import { UserError } from '../user-error.ts';
import { printable } from './errors.ts';

/** `--ref NAME=REV`, resolved: a tree of its own line. */
export interface NamedRef {
  /** `debian-13`: it makes addresses. */
  name: string;
  /** As the user gave it. */
  rev: string;
  commit: string;
  date: string;
}

const name = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** Ids and lines of releases. */
const reserved = /^(mainline|v?\d+\.\d+.*)$/i;

/**
 * Splits `NAME=REV` of each `--ref`.
 *
 * @throws UserError for a form or a name that cannot be taken, or a name given twice; it ends the
 * command as any argument does that makes no sense
 */
export function parseNamedRefs(options: readonly string[]): { name: string; rev: string }[] {
  const seen = new Set<string>();
  return options.map((option) => {
    const equals = option.indexOf('=');
    const ref = { name: option.slice(0, equals), rev: option.slice(equals + 1) };
    const shown = `--ref ${printable(option)}`;
    if (equals < 1 || ref.rev === '') {
      throw wrong(`${shown}: write NAME=REV, as in debian-13=v6.12.107.`);
    }
    if (!name.test(ref.name)) {
      throw wrong(
        `${shown}: a name is of letters, digits and . _ + - and begins with one of the first two.`,
      );
    }
    if (reserved.test(ref.name)) {
      throw wrong(`${shown}: ${ref.name} is what a release is called; take another name.`);
    }
    if (seen.has(ref.name)) throw wrong(`${shown}: the name is given twice.`);
    seen.add(ref.name);
    return ref;
  });
}

function wrong(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}
