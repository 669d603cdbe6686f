import type { Dataset } from '../../src/data/dataset.ts';
import { proseHash } from '../../src/data/prose.ts';

/** Markup, an address that runs, a switch of direction, quotes that end attributes. */
export const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)\u202e\u0007`;

/**
 * Puts `attack` wherever the schema lets a dataset hold free text, and gives kfuncs names that mean
 * something to JavaScript or to a web server. Changes `dataset`; gives the name of a kfunc that has all.
 */
export function makeHostile(dataset: Dataset): string {
  const [victim, second, third] = dataset.kfuncs.filter((k) => k.status === 'active');
  const record = victim!;
  const prose = new Map(dataset.prose);
  const hash = proseHash(attack);
  prose.set(hash, attack);
  dataset.prose = prose;
  record.subsystem = attack;
  for (const state of record.lines.flatMap((l) => l.states)) {
    state.flags = [...state.flags, attack, '../../etc'];
    state.programTypes = ['BPF_PROG_TYPE_XDP', attack, 'BPF_PROG_TYPE_../x'];
    const text = `void ${record.name}(int ${attack})`;
    const param = { name: attack, type: attack, suffix: attack, implicit: false };
    state.prototype = { kernel: `${text} `, bpf: text, returns: attack, params: [param] };
    state.sets = [
      {
        name: attack,
        file: `../${attack}`,
        role: 'kfunc',
        flags: [attack],
        registrations: [{ programType: attack, filter: attack, condition: attack }],
      },
    ];
    state.config = {
      expr: attack,
      parts: [{ origin: 'makefile', expr: attack, file: `//evil.example/${attack}` }],
    };
    state.arch = [attack];
    state.definitions = [{ file: `javascript:${attack}`, guard: attack }];
    state.doc = { kind: 'kernel-doc', hash };
    state.deprecation = [
      { kind: 'comment', hash, file: attack, promised: attack, instead: attack },
    ];
  }
  for (const change of record.lines.flatMap((l) => l.changes)) {
    change.was = [attack];
    change.now = [`${attack} now`];
    change.commit = {
      hash: attack,
      subject: attack,
      date: attack,
      author: attack,
      links: ['javascript:alert(1)', 'https://lore.example/x', attack],
    };
  }
  const last = dataset.releaseFiles.find((f) => f.id === dataset.releases.at(-1)!.id)!;
  for (const file of dataset.releaseFiles) {
    const place = { file: `Documentation/${attack}.rst`, line: 1, anchor: attack, title: hash };
    file.examples[record.name] = [
      { ...place, kind: 'kernel-doc', hash: null },
      { ...place, kind: 'code', hash },
      { ...place, kind: 'code', file: `javascript:${attack}`, title: 'lost', hash: 'lost' },
    ];
  }
  last.flags.push({ name: attack, bit: 30, meaning: hash, file: attack, line: 1 });
  last.suffixes.push({ literal: attack, kind: 'parameter', file: attack, line: 1 });
  last.hooks.push({ hook: attack, programTypes: [attack] });
  last.jit.push({ arch: attack, condition: attack, file: attack, line: 1 });
  rename(dataset, second!.name, 'constructor');
  rename(dataset, third!.name, 'index');
  return record.name;
}

/** Gives a kfunc another name, everywhere. */
function rename(dataset: Dataset, from: string, to: string): void {
  const again = JSON.parse(
    JSON.stringify({ files: dataset.releaseFiles, kfuncs: dataset.kfuncs }).replaceAll(
      `"${from}"`,
      `"${to}"`,
    ),
  ) as { files: Dataset['releaseFiles']; kfuncs: Dataset['kfuncs'] };
  dataset.releaseFiles = again.files;
  dataset.kfuncs = again.kfuncs.sort((a, b) => (a.name < b.name ? -1 : 1));
}
