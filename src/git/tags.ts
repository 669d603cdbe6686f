import type { ObjectReader } from './objects.ts';

/** A tag that leads to a commit. */
export interface TagRef {
  /** Without `refs/tags/`. */
  name: string;
  /** The commit, through however many tag objects. */
  commit: string;
  /** `2022-12-11T14:15:18-08:00`: the tagger's date, else the committer's; empty when unknown. */
  date: string;
  /** The object on the way that the repository lacks, which may be the commit itself; else null. */
  missing: string | null;
}

/** A tag object names the next in its first lines; a commit that is larger than this is no commit. */
const MAX_OBJECT = 1 << 20;
/** Tags of tags of tags: nobody has more. */
const MAX_DEPTH = 8;

/**
 * Follows refs to their commits. All are asked for at once, through the child that stays.
 *
 * `%(*objectname)` of for-each-ref would do the same, but for-each-ref gives up on all tags when
 * one object is missing, and here the others still count.
 *
 * @param refs name and object id of each tag
 * @returns the tags that lead to a commit; one of a tree or a blob is left out
 */
export async function followTags(
  objects: Pick<ObjectReader, 'find'>,
  refs: readonly { name: string; oid: string }[],
): Promise<TagRef[]> {
  const found = await Promise.all(refs.map((ref) => followTag(objects, ref)));
  return found.filter((tag) => tag !== null);
}

/** null for a ref that leads to no commit. */
async function followTag(
  objects: Pick<ObjectReader, 'find'>,
  { name, oid }: { name: string; oid: string },
): Promise<TagRef | null> {
  let commit = oid;
  let date = '';
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const object = await objects.find(commit, MAX_OBJECT);
    if (object === undefined) return { name, commit, date, missing: commit };
    if ('tooLarge' in object || (object.type !== 'tag' && object.type !== 'commit')) return null;
    const header = readHeader(object.body);
    date ||= header.date;
    if (header.target === null) return { name, commit, date, missing: null };
    commit = header.target;
  }
  return null;
}

/** The date of a commit's text (`2022-12-11T14:15:18-08:00`). */
export function commitDate(body: Buffer): string {
  return readHeader(body).date;
}

/**
 * Of a tag object what it points to and the tagger's date, of a commit the committer's date: both
 * begin with lines `word value` up to an empty one.
 */
function readHeader(body: Buffer): { target: string | null; date: string } {
  const text = body.toString('utf8');
  const head = text.slice(0, (text.indexOf('\n\n') + 1 || text.length + 1) - 1);
  const target = /^object ([0-9a-f]{40,64})$/m.exec(head)?.[1] ?? null;
  const who = /^(?:tagger|committer) .*> (\d{1,12}) ([+-])(\d\d)(\d\d)$/m.exec(head);
  return { target, date: who === null ? '' : isoDate(who) };
}

/** Seconds since 1970 and a time zone, as the clock on the wall showed it. */
function isoDate([, seconds, sign, hours, minutes]: RegExpExecArray): string {
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  const wall = new Date((Number(seconds) + offset) * 1000);
  if (Number.isNaN(wall.getTime())) return '';
  return `${wall.toISOString().slice(0, -5)}${sign!}${hours!}:${minutes!}`;
}
