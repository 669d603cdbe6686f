import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { readDataset } from '../../src/data/read.ts';
import type { Example, ReleaseEntry } from '../../src/data/schema/index.ts';

/** Where the kernel's documents show kfuncs, held against what `git grep` finds in the same trees. */
const { linux, data } = inject('kernels');
const documents = [
  'Documentation/bpf/*.rst',
  'Documentation/hid/hid-bpf.rst',
  'Documentation/networking/xdp-rx-metadata.rst',
];
const run = promisify(execFile);

let dataset: Dataset;
let releases: ReleaseEntry[];
beforeAll(async () => {
  dataset = await readDataset(data);
  releases = dataset.releases.filter(({ line }) => line === 'mainline');
});

function examplesAt(id: string): [name: string, example: Example][] {
  const file = dataset.releaseFiles.find((f) => f.id === id)!;
  return Object.entries(file.examples).flatMap(([name, list]) =>
    list.map((example): [string, Example] => [name, example]),
  );
}

/** Sorted names of the kfuncs that a document shows in a way. */
function shown(id: string, file: string, kind: Example['kind']): string[] {
  const found = examplesAt(id).filter(([, e]) => e.file === file && e.kind === kind);
  return [...new Set(found.map(([name]) => name))].sort();
}

interface Hit {
  name: string;
  file: string;
  line: number;
  text: string;
}

/** Every line of the documents that has the name of a kfunc of the release, by nothing but git grep. */
async function grep(release: ReleaseEntry): Promise<Hit[]> {
  const file = dataset.releaseFiles.find((f) => f.id === release.id)!;
  const names = new Set([...Object.keys(file.entries), ...Object.keys(file.definitions)]);
  const args = ['grep', '-n', '-E', '[a-z]_[a-z]', release.commit, '--', ...documents];
  const { stdout } = await run('git', ['-C', linux, ...args], {
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 1) return { stdout: '' };
    throw error;
  });
  return stdout.split('\n').flatMap((hit) => {
    const [, path, line, text] = /^[^:]*:([^:]*):(\d+):(.*)$/.exec(hit) ?? [];
    if (path === undefined) return [];
    const words = new Set(text!.split(/\W+/).filter((word) => names.has(word)));
    return [...words].map((name) => ({ name, file: path, line: Number(line), text: text! }));
  });
}

/** Whether a line is a call as far as its looks go: indented, a parenthesis, neither text nor comment. */
function looksLikeCall({ name, text }: Hit): boolean {
  const [before, after] = [text.slice(0, text.indexOf(name)), text.slice(text.indexOf(name))];
  return (
    /^\s/.test(text) &&
    after.startsWith(`${name}(`) &&
    !/`|\/\*|^\s*\*\s|__bpf_kfunc|extern|:c:func:/.test(before) &&
    /[;{,)]\s*(?:\/\*.*)?$/.test(after)
  );
}

/** Whether a line is a list of names as far as its looks go: an option, or what it goes on with. */
function looksLikeOption({ text }: Hit): boolean {
  return (
    /^\s+(?::(?:identifiers|functions):)?(?:\s+\w+|^\s+\w+)+\s*$/.test(text) && !/[;(]/.test(text)
  );
}

const place = ({ file, line }: { file: string; line: number }, name: string): string =>
  `${file}:${line} ${name}`;

test('every line that looks like a call is in the code that is shown for the kfunc', async () => {
  for (const release of releases) {
    const examples = examplesAt(release.id);
    const calls = (await grep(release)).filter(looksLikeCall);
    const missing = calls.filter(
      ({ name, file, line, text }) =>
        !examples.some(
          ([n, e]) =>
            n === name &&
            e.file === file &&
            e.line <= line &&
            e.hash !== null &&
            dataset.prose!.get(e.hash)!.includes(text.trim()),
        ),
    );
    const code = examples.filter(([, e]) => e.kind === 'code');
    const lines = new Set(calls.map((hit) => place(hit, hit.name)));
    const unfounded = code.filter(([name, e]) => !lines.has(place(e, name)));
    console.log(
      `${release.id}: ${calls.length} lines look like calls; ${code.length} pieces of code, ` +
        `${missing.length} lines missing, ${unfounded.length} not found by looks`,
    );
    expect(missing.map((hit) => place(hit, hit.name))).toEqual([]);
    expect(unfounded.map(([name, e]) => place(e, name))).toEqual([]);
  }
});

test('every name in the options of kernel-doc directives is shown, and no other', async () => {
  for (const release of releases) {
    const options = (await grep(release)).filter(looksLikeOption);
    const expected = [...new Set(options.map((hit) => place(hit, hit.name)))].sort();
    const found = examplesAt(release.id)
      .filter(([, e]) => e.kind === 'kernel-doc')
      .map(([name, e]) => place(e, name));
    console.log(`${release.id}: ${found.length} of ${expected.length} names in options`);
    expect(found.sort()).toEqual(expected);
  }
});

test('every section has an id and its titles, every piece of code its words', () => {
  for (const { id } of releases) {
    for (const [name, { anchor, title, kind, hash, file }] of examplesAt(id)) {
      expect(anchor, `${name} in ${file}`).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(dataset.prose!.get(title!)!.split('\n').length).toBeLessThanOrEqual(2);
      if (kind === 'code') expect(dataset.prose!.get(hash!)).toContain(`${name}(`);
    }
  }
});

describe('what is known to be there', () => {
  test('the documents of 6.1 show no kfunc', () => {
    expect(examplesAt('v6.1')).toEqual([]);
  });

  test.each([
    [
      'kfuncs',
      'bpf_cgroup_acquire bpf_cgroup_ancestor bpf_cgroup_from_id bpf_cgroup_release bpf_task_acquire bpf_task_from_pid bpf_task_release',
    ],
    [
      'cpumasks',
      'bpf_cpumask_acquire bpf_cpumask_and bpf_cpumask_any_and_distribute bpf_cpumask_any_distribute bpf_cpumask_clear bpf_cpumask_clear_cpu bpf_cpumask_copy bpf_cpumask_create bpf_cpumask_empty bpf_cpumask_equal bpf_cpumask_first bpf_cpumask_first_and bpf_cpumask_first_zero bpf_cpumask_full bpf_cpumask_intersects bpf_cpumask_or bpf_cpumask_release bpf_cpumask_set_cpu bpf_cpumask_setall bpf_cpumask_subset bpf_cpumask_test_and_clear_cpu bpf_cpumask_test_and_set_cpu bpf_cpumask_test_cpu bpf_cpumask_weight bpf_cpumask_xor',
    ],
  ])('%s.rst of 7.3 prints the kernel-doc of its kfuncs', (document, names) => {
    expect(shown('v7.3', `Documentation/bpf/${document}.rst`, 'kernel-doc')).toEqual(
      names.split(' '),
    );
  });

  test('hid-bpf.rst and xdp-rx-metadata.rst of 7.3 print that of theirs', () => {
    expect(shown('v7.3', 'Documentation/hid/hid-bpf.rst', 'kernel-doc')).toEqual([
      'hid_bpf_allocate_context',
      'hid_bpf_get_data',
      'hid_bpf_hw_output_report',
      'hid_bpf_hw_request',
      'hid_bpf_input_report',
      'hid_bpf_release_context',
      'hid_bpf_try_input_report',
    ]);
    expect(shown('v7.3', 'Documentation/networking/xdp-rx-metadata.rst', 'kernel-doc')).toEqual([
      'bpf_xdp_metadata_rx_hash',
      'bpf_xdp_metadata_rx_timestamp',
      'bpf_xdp_metadata_rx_vlan_tag',
    ]);
  });

  test('code of 7.3 calls kfuncs in four documents', () => {
    const code = (file: string) => shown('v7.3', `Documentation/${file}.rst`, 'code');
    expect(code('bpf/graph_ds_impl')).toEqual([
      'bpf_obj_drop',
      'bpf_obj_new',
      'bpf_rbtree_add',
      'bpf_rbtree_first',
      'bpf_rbtree_remove',
    ]);
    expect(code('hid/hid-bpf')).toEqual([
      'hid_bpf_allocate_context',
      'hid_bpf_get_data',
      'hid_bpf_hw_request',
      'hid_bpf_release_context',
    ]);
    expect(code('bpf/kfuncs')).toEqual(
      expect.arrayContaining(['bpf_get_file_xattr', 'bpf_rcu_read_lock', 'bpf_task_acquire']),
    );
    expect(code('bpf/cpumasks').length).toBeGreaterThan(12);
  });

  test('a definition made up to explain a suffix is no example', () => {
    const shownIn = new Set(shown('v7.3', 'Documentation/bpf/kfuncs.rst', 'code'));
    for (const name of ['bpf_dynptr_from_skb', 'bpf_dynptr_slice', 'bpf_list_add', 'bpf_wq_init']) {
      expect(shownIn.has(name), name).toBe(false);
    }
  });

  test('bpf_task_acquire is shown where the documents of 7.3 speak of tasks', () => {
    const found = examplesAt('v7.3').filter(([name]) => name === 'bpf_task_acquire');
    expect(found.map(([, { kind, anchor }]) => [kind, anchor])).toEqual([
      ['kernel-doc', 'struct-task-struct-kfuncs'],
      ['code', 'struct-task-struct-kfuncs'],
    ]);
  });
});
