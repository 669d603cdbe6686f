import { UserError } from '../user-error.ts';
import { printable } from './errors.ts';

/**
 * Splits `A..B` into the two revisions, which are not looked up.
 *
 * @throws UserError for any other form; it ends the command as an argument does that makes no sense
 */
export function parseRange(text: string): { from: string; to: string } {
  const shown = JSON.stringify(printable(text));
  const [from = '', to = '', ...others] = text.split('..').map((side) => side.trim());
  if (to.startsWith('.')) {
    const [a, b] = [from === '' ? 'A' : printable(from), printable(to.replace(/^\.+/, '')) || 'B'];
    throw wrong(
      `${shown}: A...B is not told here; ${a}..${b} compares the two as they are, and ` +
        `\`$(git merge-base ${a} ${b})..${b}\` tells what was added since they parted.`,
    );
  }
  if (!text.includes('..') || others.length > 0) {
    throw wrong(`${shown} is no range: write A..B, as in v6.12..v7.3 or v7.3..my-branch.`);
  }
  if (from === '' || to === '') {
    const [missing, place] = from === '' ? ['older', 'before'] : ['newer', 'after'];
    throw wrong(
      `${shown} lacks the ${missing} side: name a revision ${place} the dots, or HEAD for what is checked out.`,
    );
  }
  return { from, to };
}

function wrong(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}
