import type { Readable } from 'node:stream';
import { extract, type Extract, type Header } from 'tar-stream';
import type { Diagnostic } from '../diagnostic.ts';

/** A file or symlink of a source tree. */
export interface TreeEntry {
  path: string;
  mode: '100644' | '100755' | '120000';
  /** A file's content; where a symlink points to. */
  content: Buffer;
  /** Seconds since 1970. */
  mtime: number;
}

/** Far more than any file of a kernel has; what is larger is no source. */
const MAX_FILE = 64 << 20;
const MAX_TREE = 16 * 2 ** 30;
const MAX_FILES = 2_000_000;

/**
 * Reads a source tree from a tar stream, without its outermost folder (`linux-source-6.12/`). What
 * cannot be part of it is left out and reported (`tar-entry`): paths that lead elsewhere, hard links,
 * devices, a `.git`, files above 64 MiB, names that are not UTF-8; and the rest of a tree above
 * 16 GiB or two million files.
 */
export async function* readTree(
  tar: Readable,
  report: (diagnostic: Diagnostic) => void,
): AsyncGenerator<TreeEntry> {
  const unpacked = extract();
  tar.on('error', (error) => {
    unpacked.destroy(error);
  });
  tar.pipe(unpacked);
  try {
    yield* readEntries(unpacked, report);
  } finally {
    tar.destroy();
  }
}

async function* readEntries(
  unpacked: Extract,
  report: (diagnostic: Diagnostic) => void,
): AsyncGenerator<TreeEntry> {
  let bytes = 0;
  let files = 0;
  for await (const entry of unpacked) {
    const { header } = entry;
    const { type, size } = header;
    const path = header.name.replace(/^(\.\/)*[^/]*\/?/, '');
    if (type === 'directory' || (path === '' && type !== 'file')) {
      entry.resume();
      continue;
    }
    bytes += size;
    files += 1;
    const problem =
      bytes > MAX_TREE || files > MAX_FILES ? 'the tree is too large' : oddity(header, path);
    if (problem !== null) {
      report(leftOut(header.name, problem));
      entry.resume();
      if (problem === 'the tree is too large') break;
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const content = type === 'symlink' ? Buffer.from(header.linkname) : joined(chunks);
    const mtime = Math.floor(header.mtime.getTime() / 1000);
    yield { path, mode: gitMode(header), content, mtime };
  }
}

function joined(chunks: Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function gitMode({ type, mode }: Header): TreeEntry['mode'] {
  if (type === 'symlink') return '120000';
  return (mode & 0o100) === 0 ? '100644' : '100755';
}

/** Why an entry cannot be part of the tree; null when it can. */
function oddity({ name, type, size, linkname }: Header, path: string): string | null {
  if (type === 'link') return 'a hard link';
  if (type !== 'file' && type !== 'symlink' && type !== 'contiguous-file') {
    return `not a file (${type})`;
  }
  const parts = path.split('/');
  if (name.startsWith('/') || parts.some((part) => part === '' || part === '.' || part === '..')) {
    return 'a path that leads elsewhere';
  }
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'a path inside a .git';
  if (path.includes('\ufffd') || path.includes('\0')) return 'a name that is not UTF-8';
  if (path.length > 4096) return 'a path that is too long';
  if (size > MAX_FILE) return `too large (${size} bytes)`;
  if (type !== 'symlink') return null;
  if (linkname === '') return 'a symlink to nowhere';
  // git keeps its own settings in files of these names, and takes no symlinks for them.
  return parts.at(-1)!.toLowerCase().startsWith('.git')
    ? 'a symlink named as git names files'
    : null;
}

function leftOut(path: string, problem: string): Diagnostic {
  return {
    code: 'tar-entry',
    severity: 'warning',
    release: null,
    path: path.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200),
    line: null,
    message: `left out: ${problem}`,
  };
}
