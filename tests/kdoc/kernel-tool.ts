import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Repository, TreeListing } from '../../src/git/repository.ts';

/** The kernel's own reader of kernel-doc, as a release has it. */
interface Tool {
  interpreter: 'python3' | 'perl';
  script: string;
  /** What the script needs besides itself: files that begin with this. */
  libraries: string | null;
}

/** Newest first: a release with one of the later ones keeps the earlier one's path as a link. */
const TOOLS: readonly Tool[] = [
  { interpreter: 'python3', script: 'tools/docs/kernel-doc', libraries: 'tools/lib/python' },
  { interpreter: 'python3', script: 'scripts/kernel-doc.py', libraries: 'scripts/lib/kdoc' },
  { interpreter: 'perl', script: 'scripts/kernel-doc', libraries: null },
];

/** Reads a file of a tree as text. */
export async function readText(repo: Repository, tree: TreeListing, path: string): Promise<string> {
  const oid = tree.oid(path);
  if (oid === undefined) throw new Error(`${path} is not in the tree`);
  const body = await repo.objects.read(oid, { maxBytes: 64 << 20 });
  if ('tooLarge' in body) throw new Error(`${path} is too large`);
  return body.toString('utf8');
}

/** What of a program there is to run; null when it is not installed. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string } | null> {
  const options = { cwd, maxBuffer: 1 << 28, timeout: 300_000 };
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve(null);
      // It ends with the number of what it warned about.
      else if (error && stdout === '') reject(new Error(`${command}: ${stderr.slice(-2000)}`));
      else resolve({ stdout, stderr });
    });
  });
}

/** What the tool said about some files of its release. */
export interface ToolRun {
  tool: Tool;
  /** Its reST. */
  output: string;
  /** `path:line message`, each once; [] of a tool that cannot be asked for all of them. */
  warnings: { path: string; line: number; message: string }[];
}

function warningsIn(stderr: string): ToolRun['warnings'] {
  const said = [...stderr.matchAll(/^Warning: (\S+?):(\d+) (.*?)(?: on line:)?$/gm)];
  return [...new Map(said.map((found) => [found[0], found])).values()].map((found) => ({
    path: found[1]!,
    line: Number(found[2]),
    message: found[3]!,
  }));
}

/**
 * Runs the tool of a release, in a folder of its own, on files of that release.
 *
 * @param sources the files, by path
 * @returns null when what runs it is not installed, with its name
 */
export async function runTool(
  repo: Repository,
  tree: TreeListing,
  sources: ReadonlyMap<string, string>,
  folder: string,
): Promise<ToolRun | { missing: string }> {
  const tool = TOOLS.find(({ script }) => tree.has(script))!;
  const libraries = tool.libraries === null ? [] : tree.under(tool.libraries);
  const needed = [tool.script, ...libraries.filter((path) => path.endsWith('.py'))];
  const files = new Map(sources);
  for (const path of needed) files.set(path, await readText(repo, tree, path));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const isPython = tool.interpreter === 'python3';
  const options = isPython ? ['-Wall', '-rst'] : ['-rst'];
  const done = await run(tool.interpreter, [tool.script, ...options, ...sources.keys()], folder);
  if (done === null) return { missing: tool.interpreter };
  return { tool, output: done.stdout, warnings: isPython ? warningsIn(done.stderr) : [] };
}
