import type { Dataset } from '../data/dataset.ts';
import type { KfuncLine, KfuncRecord, ReleaseFile, State } from '../data/schema/index.ts';
import type { DatasetCheck, Finding, SourceCheck, Sources } from './check.ts';
import { formatFinding } from './run.ts';
import { FILE, soundDataset } from './sound-dataset.ts';
import { View } from './view.ts';

/** Short ways into a dataset that a test is about to break. */
export interface Breakable {
  dataset: Dataset;
  record: (name: string) => KfuncRecord;
  line: (name: string, id?: string) => KfuncLine;
  state: (name: string, index?: number) => State;
  file: (release: string) => ReleaseFile;
}

function breakable(dataset: Dataset): Breakable {
  const record = (name: string) => dataset.kfuncs.find((k) => k.name === name)!;
  const line = (name: string, id = 'mainline') => record(name).lines.find((l) => l.id === id)!;
  return {
    dataset,
    record,
    line,
    state: (name, index = 0) => line(name).states[index]!,
    file: (release) => dataset.releaseFiles.find((f) => f.id === release)!,
  };
}

/** A sound dataset, broken by `spoil`; facts that states share are apart. */
export function broken(spoil: (parts: Breakable) => void): Dataset {
  const dataset = JSON.parse(JSON.stringify(soundDataset())) as Dataset;
  spoil(breakable(dataset));
  return dataset;
}

/** What a check finds in a dataset that `spoil` broke, without the name of the check. */
export function findings(check: DatasetCheck, spoil: (parts: Breakable) => void): string[] {
  return [...check.check(new View(broken(spoil)))].map(told);
}

function told(finding: Finding): string {
  return formatFinding('', finding).slice(2);
}

/** Text by `release file:line`. */
export type Lines = Map<string, string>;

/** The lines of the trees that the sound dataset was made of. */
export function soundLines(): Lines {
  const lines: Lines = new Map();
  for (const file of soundDataset().releaseFiles) {
    const put = (at: { file: string; line: number }, text: string) => {
      lines.set(`${file.id} ${at.file}:${at.line}`, text);
    };
    for (const path of [FILE, 'kernel/Makefile']) put({ file: path, line: 1 }, '# lamps');
    for (const flag of file.flags) put(flag, `#define ${flag.name} (1 << ${String(flag.bit)})`);
    for (const suffix of file.suffixes) put(suffix, `return ends(btf, arg, "${suffix.literal}");`);
    for (const jit of file.jit) put(jit, 'bool bpf_jit_supports_kfunc_call(void)');
    for (const [name, at] of Object.entries(file.filters)) put(at, `static int ${name}(void)`);
    for (const [name, list] of Object.entries(file.entries)) {
      for (const at of list) put(at, `BTF_ID_FLAGS(func, ${name})`);
    }
    for (const list of Object.values(file.deprecations)) {
      for (const at of list) put(at, '/* bpf_lamp_old: use bpf_lamp_dim() instead */');
    }
    for (const [name, list] of Object.entries(file.examples)) {
      for (const { kind, ...at } of list) put(at, kind === 'code' ? `${name}();` : `: ${name}`);
    }
    for (const path of Object.values(file.users).flat()) {
      put({ file: path, line: 1 }, '/* a program */');
    }
    for (const [name, list] of Object.entries(file.definitions)) {
      for (const at of list) put(at, `__bpf_kfunc int ${name}(struct lamp *lamp)`);
    }
  }
  return lines;
}

/** What a check finds when `spoil` broke the dataset, or the lines of its trees. */
export async function sourceFindings(
  check: SourceCheck,
  spoil: (lines: Lines, parts: Breakable) => void,
): Promise<string[]> {
  const lines = soundLines();
  const dataset = broken((parts) => {
    spoil(lines, parts);
  });
  const sources: Sources = {
    line: (release, file, line) => Promise.resolve(lines.get(`${release} ${file}:${line}`)),
  };
  const found: string[] = [];
  for await (const finding of check.checkSources(new View(dataset), sources))
    found.push(told(finding));
  return found;
}
