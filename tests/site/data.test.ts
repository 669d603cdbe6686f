import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HtmlValidate } from 'html-validate';
import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statesOf } from '../../src/data/at-release.ts';
import { writeDataset } from '../../src/data/write.ts';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { validateData } from '../../src/publish/validate-data.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { freePort } from './free-port.ts';
import { build, entry, run, temporaryFolder } from './build.ts';
import { attack, makeHostile } from './hostile.ts';
import { attribute, elements, filesIn } from './links.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 60, tree: true, preview: true });
const base = '/deep/er/';
const stateAt = statesOf(dataset);

let site: string;
let origin: string;
let serving: Serving;
beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  site = await build(dataset, '--base', base, '--site', origin);
  serving = await serveSite({ dir: site, base, port });
  expect(serving.address).toBe(origin + base);
}, 120_000);
afterAll(() => serving.close());

const api = (path: string) => `${base}api/v1/${path}`;
const read = (path: string) =>
  JSON.parse(readFileSync(join(site, 'api/v1', path), 'utf8')) as object;

describe('the data of a site', () => {
  it('is there for each kfunc, release and difference that has a page', () => {
    const files = filesIn(join(site, 'api/v1'));
    const names = dataset.kfuncs.map(({ name }) => `${name}.json`).sort();
    const ids = dataset.releases.map(({ id }) => `${id}.json`).sort();
    const below = (folder: string) =>
      files.filter((f) => f.startsWith(`${folder}/`)).map((f) => f.slice(folder.length + 1));
    expect(below('kfuncs')).toEqual(names);
    expect(below('support')).toEqual(names);
    expect(below('releases')).toEqual(ids);
    expect(below('state')).toEqual(ids);
    const pages = filesIn(join(site, 'diff')).filter((f) => f.endsWith('/index.html'));
    expect(below('diff')).toEqual(pages.map((f) => f.replace('/index.html', '.json')));
    expect(files.filter((f) => !f.includes('/'))).toEqual(
      ['index', 'kfuncs', 'releases', 'support'].map((name) => `${name}.json`),
    );
  });

  it('keeps its schemas', () => {
    const { files, bytes } = validateData(site);
    expect(files).toBe(filesIn(join(site, 'api/v1')).length);
    expect(bytes).toBeGreaterThan(500_000);
  });

  it('has the schema of what the command line prints of a difference', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    const validate = ajv.compile(read('schema/diff.json'));
    const args = ['v5.15..v6.1', '--data', join(site, '../data'), '--format', 'json'];
    const { code, stdout } = run('diff', ...args);
    const document = JSON.parse(stdout) as { counts: object };
    expect([code, validate(document), validate.errors]).toEqual([0, true, null]);
    expect(read('diff/v5.15..v6.1.json')).toMatchObject({ counts: document.counts });
  });

  it('is found from the index, with every address that it has', async () => {
    const visited = new Set<string>();
    const visit = async (address: string) => {
      if (visited.has(address) || !address.startsWith(origin)) return;
      visited.add(address);
      const answer = await fetch(address);
      expect([address, answer.status]).toEqual([address, 200]);
      if (!address.endsWith('.json')) return;
      const text = await answer.text();
      for (const [, found] of text.matchAll(/"(http:[^"{]+)"/g)) await visit(found!);
    };
    const index = (await (await fetch(origin + api('index.json'))).json()) as {
      documents: { address: string }[];
    };
    await visit(origin + api('index.json'));
    for (const { address } of index.documents) if (!address.includes('{')) await visit(address);
    expect(visited.size).toBeGreaterThan(dataset.kfuncs.length + 3 * dataset.releases.length);
  });

  it('is sent as JSON, to pages of other sites too', async () => {
    const { headers } = await fetch(origin + api('kfuncs.json'));
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is told of in the head of each page, and linked from it', () => {
    const { name } = dataset.kfuncs[0]!;
    for (const [page, file] of [
      [`k/${name}`, `kfuncs/${name}.json`],
      ['v6.1', 'releases/v6.1.json'],
      ['v6.1/all', 'state/v6.1.json'],
      ['t/debian-13', 'releases/debian-13.json'],
      ['t/debian-13/all', 'state/debian-13.json'],
      ['diff/v5.15..v6.1', 'diff/v5.15..v6.1.json'],
    ] as const) {
      const html = readFileSync(join(site, page, 'index.html'), 'utf8');
      const links = [...elements(parse(html))].filter((e) => attribute(e, 'href') === api(file));
      const told = links.map((e) => [e.tagName, attribute(e, 'rel'), attribute(e, 'type')]);
      expect([page, told]).toEqual([
        page,
        [
          ['link', 'alternate', 'application/json'],
          ['a', undefined, undefined],
        ],
      ]);
      expect(existsSync(join(site, 'api/v1', file))).toBe(true);
    }
  });

  it('tells of every kfunc of a release what its record says', () => {
    for (const { id } of dataset.releases) {
      const { kfuncs } = read(`state/${id}.json`) as { kfuncs: { name: string }[] };
      const expected = dataset.kfuncs.flatMap((record) => {
        const state = stateAt(record, id);
        return state === undefined ? [] : [{ name: record.name, ...state }];
      });
      expect(kfuncs).toEqual(expected);
    }
  });
});

describe('data that is damaged', () => {
  const newest = dataset.releases.find((r) => r.preview)!.id;
  const { name } = dataset.kfuncs[0]!;

  const copy = temporaryFolder();

  /** What is said of a copy of the site in which a file has another text. */
  function said(file: string, damage: (text: string) => string): string {
    cpSync(join(site, 'api'), join(copy, 'api'), { recursive: true });
    const path = join(copy, 'api/v1', file);
    const text = readFileSync(path, 'utf8');
    const other = damage(text);
    expect(other).not.toBe(text);
    writeFileSync(path, other);
    try {
      validateData(copy);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    } finally {
      rmSync(join(copy, 'api'), { recursive: true });
    }
  }

  it.each([
    [
      'a key too many',
      `kfuncs/${name}.json`,
      '"status":',
      '"more":1,"status":',
      /the document .*additional properties \("more"\)/,
    ],
    [
      'a word that is none',
      `kfuncs/${name}.json`,
      /"status":"\w+"/,
      '"status":"new"',
      /\/status must be equal to one of/,
    ],
    [
      'a key too few',
      'kfuncs.json',
      '"otherLines":[],',
      '',
      /\/kfuncs\/0 must have required property 'otherLines'/,
    ],
    [
      'another type',
      `state/${newest}.json`,
      '"roles":[',
      '"roles":[1,',
      /\/kfuncs\/0\/roles\/0 must be string/,
    ],
    [
      'a version that is none',
      'support.json',
      '"version_added":"',
      '"version_added":"~',
      /\/kfuncs\/\w+\/__compat\/support\/linux/,
    ],
    ['half a file', 'releases.json', /[^]{20}$/, '', /it is not JSON/],
    ['no schema', 'diff/v5.15..v6.1.json', /"\$schema":"[^"]*",/, '', /\/\$schema is missing/],
    [
      'a schema that is not there',
      'index.json',
      'schema/index.json',
      'schema/x.json',
      /\/\$schema is "[^"]*schema\/x\.json"/,
    ],
    ['a schema that is none', 'schema/kfunc.json', '"type": "object"', '"type": "thing"', /type/],
    ['a schema without a name', 'schema/kfunc.json', '"$id"', '"id"', /it has no \/\$id/],
  ])('is found out: %s', (_, file, from, to, words) => {
    const message = said(file, (text) => text.replace(from, to));
    expect(message).toMatch(words);
    expect(message).toContain(`: api/v1/${file} would not be valid: `);
    expect(message.split('\n').length).toBe(1);
  });

  it('is not there at all in a folder without data', () => {
    expect(() => validateData(temporaryFolder())).toThrow('api/v1 would not be valid');
  });

  it('ends the build with one sentence, and leaves the site that was there', async () => {
    const dir = temporaryFolder();
    const [data, out] = [join(dir, 'data'), join(dir, 'out')];
    const small = sampleDataset({ releases: 3, kfuncs: 4 });
    await writeDataset(data, small, { prose: false });
    expect(run('build', '--data', data, '--out', out).code).toBe(0);
    const file = `api/v1/kfuncs/${small.kfuncs[0]!.name}.json`;
    const before = readFileSync(join(out, file), 'utf8');
    const fault = new URL('../faults/damage-data.ts', import.meta.url);
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', fileURLToPath(fault), entry, 'build', '--data', data, '--out', out, '--quiet'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          DAMAGE_FILE: file,
          DAMAGE_FROM: '"lines":[',
          DAMAGE_TO: '"lines":[1,',
        },
      },
    );
    expect([status, stderr]).toEqual([
      1,
      `error: This is a bug in kfunc-atlas, please report it: ${file} would not be valid: /lines/0 must be object ("object"). The site was not replaced.\n`,
    ]);
    expect(readFileSync(join(out, file), 'utf8')).toBe(before);
    expect(filesIn(dir).filter((f) => !/^(data|out)\//.test(f))).toEqual([]);
  }, 120_000);
});

describe('the data of a dataset that means harm', () => {
  it('is valid, stays in its folder, and says what the dataset says', async () => {
    const hostile = sampleDataset({ releases: 16, kfuncs: 60 });
    const victim = makeHostile(hostile);
    const folder = await build(hostile);
    expect(validateData(folder).files).toBeGreaterThan(150);
    const files = filesIn(join(folder, 'api'));
    for (const name of ['index', 'constructor', victim]) {
      expect(files).toContain(`v1/kfuncs/${name}.json`);
      expect(files).toContain(`v1/support/${name}.json`);
    }
    const text = readFileSync(join(folder, 'api/v1/kfuncs', `${victim}.json`), 'utf8');
    expect((JSON.parse(text) as { subsystem: string }).subsystem).toBe(attack);
  }, 120_000);

  it('is found at the addresses that it gives, whatever a tree is called', async () => {
    const id = 'my+own_tree.x';
    const odd = JSON.parse(
      JSON.stringify({
        ...sampleDataset({ releases: 2, kfuncs: 3, tree: true }),
        prose: null,
      }).replaceAll('"debian-13"', JSON.stringify(id)),
    ) as ReturnType<typeof sampleDataset>;
    const folder = await build(odd);
    const served = await serveSite({ dir: folder, base: '/', port: 0 });
    const get = async (path: string): Promise<unknown> =>
      (await fetch(new URL(path, served.address))).json();
    const { releases } = (await get('/api/v1/releases.json')) as {
      releases: { id: string; state: string; record: string }[];
    };
    const { state, record } = releases.find((r) => r.id === id)!;
    expect(await get(state)).toMatchObject({ release: { id } });
    expect(await get(record)).toMatchObject({ id });
    await served.close();
  }, 120_000);
});

describe('the page of the data', () => {
  it('is HTML that html-validate finds nothing in, and links to schemas that are there', async () => {
    const html = readFileSync(join(site, 'api/index.html'), 'utf8');
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
    });
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map((m) => m.message))).toEqual([]);
    const schemas = filesIn(join(site, 'api/v1/schema'));
    const linked = [...elements(parse(html))].map((e) => attribute(e, 'href') ?? '');
    for (const file of schemas) expect(linked).toContain(api(`schema/${file}`));
  });
});

describe('the examples of /api/', () => {
  const has = (command: string) => spawnSync(command, ['--version']).status === 0;
  const canRun = { sh: has('curl') && has('jq'), js: true };
  if (!canRun.sh)
    console.warn('SKIPPED: curl or jq was not found, so examples of both are not run.');

  /** The blocks of code of the page, as somebody copies them. */
  function examples(language: 'sh' | 'js'): string[] {
    const html = readFileSync(join(site, 'api/index.html'), 'utf8');
    return [...elements(parse(html))]
      .filter((e) => attribute(e, 'data-language') === language)
      .map((e) => e.childNodes.map((node) => ('value' in node ? node.value : '')).join(''));
  }
  const linesOf = async (command: string, ...args: string[]): Promise<string[]> => {
    const { stdout, stderr } = await promisify(execFile)(command, args);
    expect(stderr).toBe('');
    return stdout.trimEnd().split('\n');
  };

  const ids = dataset.releases.filter((r) => r.line === 'mainline' && !r.preview).map((r) => r.id);
  const [older, newest] = ids.slice(-2) as [string, string];
  const here = dataset.kfuncs.filter((record) => stateAt(record, newest) !== undefined);
  const { name, status, lines } = here[0]!;

  it.skipIf(!canRun.sh)('in curl and jq say what the dataset says', async () => {
    const [spans, callable, broken, support, ...others] = examples('sh');
    const sh = (code: string | undefined) => linesOf('sh', '-c', code!);
    expect(others).toEqual([]);
    expect((await sh(spans)).map((line) => JSON.parse(line) as unknown)).toEqual([
      status,
      ...lines[0]!.spans,
    ]);
    expect(await sh(callable)).toEqual(
      here
        .filter((record) =>
          stateAt(record, newest)!.programTypes.some((t) => ['*', 'BPF_PROG_TYPE_XDP'].includes(t)),
        )
        .map((record) => record.name),
    );
    const { kfuncs } = read(`diff/${older}..${newest}.json`) as {
      kfuncs: { name: string; fate: string; severity: string }[];
    };
    const grave = kfuncs.filter(({ severity }) => severity === 'breaks-load');
    expect(grave.length).toBeGreaterThan(0);
    expect(await sh(broken)).toEqual(grave.map((k) => `${k.name} is ${k.fate}`));
    expect(JSON.parse((await sh(support)).join(''))).toMatchObject({ version_added: /./ });
  });

  it('in JavaScript say what the dataset says', async () => {
    const [code, ...others] = examples('js');
    expect(others).toEqual([]);
    const flags = stateAt(here[0]!, newest)!.flags;
    expect(await linesOf(process.execPath, '--input-type=module', '-e', code!)).toEqual([
      `${name} ${flags.join(' | ')}`.trimEnd(),
      'bpf_no_such_kfunc is not there',
    ]);
  });
});
