import type { Diagnostic } from '../diagnostic.ts';
import { FastImport } from '../git/fast-import.ts';
import type { KernelStore } from '../git/kernel-store.ts';
import { tagOfMakefile, type KernelPackage } from './choose.ts';
import { sourceTar } from './deb.ts';
import { storeTrees, type StoredTree } from './store-trees.ts';
import { readTree } from './tree-entries.ts';

export interface ImportReport {
  tags: string[];
  diagnostics: Diagnostic[];
}

/**
 * Imports packages, each as a tagged commit of its own. All tags appear at the end, together.
 *
 * @param packages newest first
 * @param debs one for one with `packages`
 * @param tick told of the bytes of source that were read
 */
export async function importKernels(
  store: KernelStore,
  packages: readonly KernelPackage[],
  debs: readonly string[],
  tick: (bytes: number, path: string) => void,
): Promise<ImportReport> {
  const diagnostics: Diagnostic[] = [];
  const taken = new Set((await store.kernels()).map(({ tag }) => tag));
  const into = new FastImport(store.dir);
  const tags: string[] = [];
  try {
    const streams = debs.map((deb, i) =>
      readTree(sourceTar(deb), (d) => diagnostics.push({ ...d, release: packages[i]!.tag })),
    );
    const trees = await storeTrees(streams, into, tick);
    for (const [i, tree] of trees.entries()) {
      const kernel = packages[i]!;
      const tag = trueTag(kernel, tree, (d) => diagnostics.push(d));
      if (taken.has(tag)) {
        diagnostics.push(oddVersion(kernel, 'warning', `left out: ${tag} is there already`));
        continue;
      }
      taken.add(tag);
      tags.push(tag);
      await into.commit({ tag, message: message(kernel, tag), date: tree.date, files: tree.files });
    }
    await into.finish();
  } catch (error) {
    await into.abort();
    await store.clean();
    throw error;
  }
  return { tags, diagnostics };
}

/** The suite is not named: the same package gives the same commit whichever suite it came from. */
function message({ name, version }: KernelPackage, tag: string): string {
  return `Linux ${tag.slice(1)}, as packaged by Debian\n\nPackage: ${name} ${version}\n`;
}

/** The tree's own Makefile has the last word on which release it is. */
function trueTag(
  kernel: KernelPackage,
  { makefile }: StoredTree,
  report: (diagnostic: Diagnostic) => void,
): string {
  const tag = makefile === null ? null : tagOfMakefile(makefile);
  if (tag === null) {
    report(oddVersion(kernel, 'warning', `the Makefile names no version; taken for ${kernel.tag}`));
    return kernel.tag;
  }
  if (tag !== kernel.tag) {
    report(
      oddVersion(kernel, 'info', `the package is ${kernel.version}, the Makefile says ${tag}`),
    );
  }
  return tag;
}

function oddVersion(
  kernel: KernelPackage,
  severity: Diagnostic['severity'],
  message: string,
): Diagnostic {
  return {
    code: 'package-version',
    severity,
    release: kernel.tag,
    path: 'Makefile',
    line: null,
    message: `${kernel.name}: ${message}`,
  };
}
