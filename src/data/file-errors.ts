import { UserError } from '../user-error.ts';

const reasons: Record<string, string> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'your disk quota is used up',
  EACCES: 'permission was denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EISDIR: 'a directory stands where a file is expected',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
  EIO: 'the device reported an input/output error',
};

/** The code of a file system error (`ENOSPC`); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Whether there is nothing of this name; a file may stand where its folder should. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
}

/**
 * `Cannot <action>: <reason>. <rest>` for an error of the file system; any other error comes back as it
 * is, since it is a bug.
 */
export function fileError(error: unknown, action: string, rest = ''): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  const reason = reasons[code] ?? (error as Error).message;
  return new UserError(`Cannot ${action}: ${reason}.${rest === '' ? '' : ` ${rest}`}`, {
    cause: error,
  });
}

/** Runs `action`, taking `codes` for an answer: the fallback is given instead. */
export async function unless<T, F>(
  codes: readonly string[],
  fallback: F,
  action: () => Promise<T>,
): Promise<T | F> {
  try {
    return await action();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? '')) return fallback;
    throw error;
  }
}
