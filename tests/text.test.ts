import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../src/data/dataset.ts';
import { readDataset } from '../src/data/read.ts';
import { citeDiff, citeRelease } from '../src/text/cite-release.ts';
import { citeKfunc } from '../src/text/cite.ts';
import { kfuncText } from '../src/text/kfunc.ts';
import { allText, pairText, releaseText } from '../src/text/release.ts';
import { columnsOf, COLUMNS } from '../src/text/wrap.ts';
import { type Atlas, makeAtlas } from '../src/views/atlas.ts';
import { allPairs } from '../src/views/releases/pairs.ts';
import { parseSourceBrowser } from '../src/views/source-browser.ts';
import { sampleDataset } from './sample-dataset.ts';
import { makeHostile } from './site/hostile.ts';

/** What may be longer than a line: tools and people take it whole. */
const isExempt = (line: string) => /:\/\/|^\s*Fixes: |\bcommit [0-9a-f]{7,40} \(".*"\)/.test(line);

/** Every text of a site, with the name that a complaint has. */
function* textsOf(atlas: Atlas): Generator<[name: string, text: string]> {
  for (const record of atlas.dataset.kfuncs) {
    const note = `A *filter* of ${record.name}\n\n- ${'lamps and suns '.repeat(8)}`;
    yield [`k/${record.name}.txt`, kfuncText(atlas, record, () => note)];
    yield [`citation of ${record.name}`, citeKfunc(atlas, record).text];
  }
  for (const release of atlas.dataset.releases) {
    yield [`${release.id}.txt`, releaseText(atlas, release)];
    yield [`${release.id}/all.txt`, allText(atlas, release.id)];
    yield [`citation of ${release.id}`, citeRelease(atlas, release).text];
  }
  for (const pair of allPairs(atlas)) {
    const name = `${pair.from.id}..${pair.to.id}`;
    yield [`diff/${name}.txt`, pairText(atlas, pair)];
    yield [`citation of ${name}`, citeDiff(atlas, atlas.compare(pair.from.id, pair.to.id)).text];
  }
}

function faultsOf(name: string, text: string): string[] {
  const faults = text.split('\n').flatMap((line, i) => {
    const at = `${name}:${i + 1}: ${line}`;
    return [
      ...(columnsOf(line) > COLUMNS && !isExempt(line) ? [`too wide: ${at}`] : []),
      ...(/\s$/.test(line) ? [`ends in a blank: ${at}`] : []),
      ...(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.test(line) ? [`holds what is not seen: ${at}`] : []),
    ];
  });
  if (!text.endsWith('\n') || text.endsWith('\n\n')) faults.push(`ends oddly: ${name}`);
  if (/\n{4}/.test(text)) faults.push(`has a hole: ${name}`);
  return faults;
}

function atlasOf(dataset: Dataset, site: string | undefined): Atlas {
  return makeAtlas(dataset, { base: '/', browser: parseSourceBrowser('cgit'), site });
}

function allFaults(atlas: Atlas): { texts: number; faults: string[] } {
  const faults: string[] = [];
  let texts = 0;
  for (const [name, text] of textsOf(atlas)) {
    texts++;
    faults.push(...faultsOf(name, text));
  }
  return { texts, faults };
}

describe('plain texts', () => {
  it('keep to the columns of a mail, for every kfunc, release and pair of the dataset', async () => {
    const dataset = await readDataset(fileURLToPath(new URL('../content/data', import.meta.url)));
    const { texts, faults } = allFaults(atlasOf(dataset, 'https://kfuncs.example'));
    expect(faults).toEqual([]);
    expect(texts).toBeGreaterThan(2 * dataset.kfuncs.length);
  });

  it('keep to them with commits, prose and releases without number', () => {
    const dataset = sampleDataset({ releases: 20, kfuncs: 80, tree: true, preview: true });
    const subject = 'bpf: Let whoever asks for a lamp have one, as long as the lamps last';
    for (const [i, change] of dataset.kfuncs.flatMap((k) => k.lines[0]!.changes).entries()) {
      const hash = `${i}`.padStart(40, '0123456789abcdef');
      const links = [`https://lore.example/bpf/${'lamp'.repeat(20)}/`];
      change.commit = { hash, subject, date: '2024-01-01', author: 'A. Lamplighter', links };
    }
    expect(allFaults(atlasOf(dataset, undefined)).faults).toEqual([]);
  });

  it('stay inert, and within their columns, whatever a repository holds', () => {
    const dataset = sampleDataset({ releases: 12, kfuncs: 40 });
    const name = makeHostile(dataset);
    const atlas = atlasOf(dataset, undefined);
    expect(allFaults(atlas).faults).toEqual([]);
    const text = kfuncText(atlas, atlas.kfunc(name)!, () => undefined);
    expect(text).toContain('‹U+202E›');
    expect(text).toContain('<script>alert(1)</script>');
  });
});
