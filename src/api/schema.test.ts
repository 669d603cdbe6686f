import { describe, expect, it } from 'vitest';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { makeAtlas } from '../views/atlas.ts';
import { parseSourceBrowser } from '../views/source-browser.ts';
import { apiFiles } from './documents.ts';
import { kinds } from './kinds.ts';

/** What of a schema is looked at. */
interface Part {
  description?: string;
  $ref?: string;
  $defs?: Record<string, Part>;
  properties?: Record<string, Part>;
  items?: Part;
  additionalProperties?: boolean | Part;
}

interface Schema extends Part {
  $schema: string;
  $id: string;
  title: string;
  description: string;
  required: string[];
}

const atlas = makeAtlas(sampleDataset({ releases: 2, kfuncs: 2 }), {
  base: '/sub/',
  browser: parseSourceBrowser('cgit'),
  site: 'https://kfuncs.example',
});
const schemas = new Map(
  apiFiles(atlas)
    .filter(({ path }) => path.startsWith('schema/'))
    .map(({ path, text }) => [path.slice('schema/'.length), JSON.parse(text()) as Schema]),
);

describe('the schemas of documents', () => {
  it('are one for each kind, with an address, a title and words of what it is', () => {
    expect([...schemas.keys()]).toEqual(kinds.map(({ name }) => name));
    for (const [name, schema] of schemas) {
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(schema.$id).toBe(`https://kfuncs.example/sub/api/v1/schema/${name}.json`);
      expect([schema.title, schema.description].every((words) => words.length > 4)).toBe(true);
    }
  });

  it('say of every key what it is', () => {
    /** Paths of keys, and names of definitions, that nothing is said of. */
    const silent = (schema: Part, at: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => [
        ...(part.description === undefined && part.$ref === undefined ? [`${at}.${key}`] : []),
        ...silent(part, `${at}.${key}`),
      ]),
      ...(schema.items === undefined ? [] : silent(schema.items, `${at}[]`)),
      ...(typeof schema.additionalProperties === 'object'
        ? silent(schema.additionalProperties, `${at}.*`)
        : []),
      ...Object.entries(schema.$defs ?? {}).flatMap(([name, part]) => [
        ...(part.description === undefined ? [name] : []),
        ...silent(part, name),
      ]),
    ];
    for (const [name, schema] of schemas) expect(silent(schema, name)).toEqual([]);
  });

  it('let a document have no key that they do not know, and lack none', () => {
    for (const [name, schema] of schemas) {
      expect([name, schema.additionalProperties]).toEqual([name, false]);
      // What `kfunc-atlas diff` prints belongs to no site.
      expect([name, schema.required.includes('$schema')]).toEqual([name, name !== 'diff']);
    }
  });

  it('have what they share under the same name, and it is the same', () => {
    const shared = new Map<string, string[]>();
    for (const { $defs = {} } of schemas.values()) {
      for (const [name, definition] of Object.entries($defs)) {
        shared.set(name, [...(shared.get(name) ?? []), JSON.stringify(definition)]);
      }
    }
    expect([...shared.keys()]).toEqual(
      expect.arrayContaining(['ReleaseId', 'Span', 'Prototype', 'TreeEvent', 'SupportStatement']),
    );
    expect(shared.get('ReleaseId')!.length).toBeGreaterThan(4);
    for (const [name, texts] of shared) expect([name, new Set(texts).size]).toEqual([name, 1]);
    for (const name of shared.keys()) expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
  });
});
