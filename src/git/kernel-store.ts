import { access, constants, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { complaint } from './errors.ts';
import { spawnGit } from './process.ts';

/** A tree that the store holds. */
export interface StoredKernel {
  tag: string;
  /** `linux-source-6.12 6.12.107-1`, from the commit's message; empty when it says none. */
  source: string;
}

/** Says in the configuration that a repository was made here, so that no other is written to. */
const MARK = 'kfunc-atlas.kernels';
/** Above this many packs they are made one. */
const MANY_PACKS = 3;

/** A bare repository of ours that holds source trees, each a tagged commit without parents. */
export class KernelStore {
  readonly dir: string;
  /** Whether its folder was made just now. */
  readonly isNew: boolean;

  private constructor(dir: string, isNew: boolean) {
    this.dir = dir;
    this.isNew = isNew;
  }

  /**
   * Opens the store in a folder, or makes one where the folder is empty or missing.
   *
   * @throws UserError when the folder holds something else or cannot be written
   */
  static async open(dir: string): Promise<KernelStore> {
    const names = await list(dir);
    const store = new KernelStore(dir, names === null);
    if (names !== null && names.length > 0) {
      const isOurs = names.includes('HEAD') && (await store.isMarked());
      if (isOurs) {
        await checkWritable(dir);
        return store;
      }
      // A run that was stopped while it made the repository leaves it empty and without its mark.
      if (!names.every((name) => fresh.includes(name)) || (await store.hasObjects())) {
        throw new UserError(
          `${dir} exists and was not made by \`kfunc-atlas kernels\`: name another folder with --into.`,
        );
      }
    }
    await makeFolder(dir);
    await checkWritable(dir);
    await store.git('init', '--quiet', '--bare', '--template=');
    await store.git('config', 'gc.auto', '0');
    await store.git('config', MARK, 'debian');
    return store;
  }

  async kernels(): Promise<StoredKernel[]> {
    const format = '--format=%(refname:lstrip=2)%00%(contents:body)%00';
    const text = await this.git('for-each-ref', format, 'refs/tags');
    const fields = text.split('\0');
    return Array.from({ length: Math.floor(fields.length / 2) }, (_, i) => ({
      tag: fields[2 * i]!.trim(),
      source: /^Package: (.+)$/m.exec(fields[2 * i + 1]!)?.[1]?.trim() ?? '',
    }));
  }

  /** Removes what an import that was killed left behind. */
  async clean(): Promise<void> {
    for (const name of (await list(this.dir)) ?? []) {
      if (name.startsWith('fast_import_crash_')) await rm(join(this.dir, name), { force: true });
    }
    const packs = join(this.dir, 'objects/pack');
    for (const name of (await list(packs)) ?? []) {
      const path = join(packs, name);
      const isLeft =
        name.startsWith('tmp_') ||
        (name.endsWith('.keep') && (await readFile(path, 'utf8')).trim() === 'fast-import');
      if (isLeft) await rm(path, { force: true });
    }
  }

  /** Makes one pack of many, which drops what no tag leads to. */
  async tidy(): Promise<void> {
    const names = (await list(join(this.dir, 'objects/pack'))) ?? [];
    if (names.filter((name) => name.endsWith('.pack')).length <= MANY_PACKS) return;
    await this.git('repack', '-a', '-d', '-q');
  }

  async packedSize(): Promise<number> {
    const packs = join(this.dir, 'objects/pack');
    const names = (await list(packs)) ?? [];
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(packs, name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  private async isMarked(): Promise<boolean> {
    return this.git('config', '--get', MARK).then(
      (text) => text.trim() !== '',
      () => false,
    );
  }

  private async hasObjects(): Promise<boolean> {
    return ((await list(join(this.dir, 'objects/pack'))) ?? []).length > 0;
  }

  private async git(...args: string[]): Promise<string> {
    const { process: child, ended } = spawnGit(this.dir, args);
    child.stdin.end();
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const { code, stderr } = await ended;
    if (code === 0) return Buffer.concat(chunks).toString('utf8');
    throw new UserError(`git ${args[0]!} failed in ${this.dir}: ${complaint(stderr)}.`);
  }
}

/** What `git init` makes, and the folder that the downloads are kept in. */
const fresh = ['HEAD', 'branches', 'config', 'debian', 'hooks', 'info', 'objects', 'refs'];

async function list(dir: string): Promise<string[] | null> {
  try {
    return await readdir(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') throw new UserError(`${dir} is a file, not a folder.`);
    throw new UserError(`${dir} cannot be read (${code ?? 'unknown error'}).`, { cause: error });
  }
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`The folder ${dir} cannot be made (${code ?? 'unknown error'}).`, {
      cause: error,
    });
  }
}

async function checkWritable(dir: string): Promise<void> {
  await access(dir, constants.W_OK).catch((error: unknown) => {
    throw new UserError(`${dir} cannot be written.`, { cause: error });
  });
}
