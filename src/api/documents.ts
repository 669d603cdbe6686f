import { allPairs } from '../views/releases/pairs.ts';
import { pairName } from '../views/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { diffDocumentSchema, publishedDiff } from './diff.ts';
import { schemaAddress } from './document.ts';
import { indexDocument, indexDocumentSchema } from './index-document.ts';
import { kfuncDocumentSchema, kfuncsDocument, kfuncsDocumentSchema } from './kfuncs.ts';
import type { KindName } from './kinds.ts';
import { releaseDocumentSchema, releasesDocument, releasesDocumentSchema } from './releases.ts';
import { jsonSchema } from './schema.ts';
import { stateDocument, stateDocumentSchema } from './state.ts';
import { supportDocument, supportDocumentSchema } from './support.ts';

/** A file below `/api/v1/`. */
export interface ApiFile {
  /** Without `.json`: `kfuncs/bpf_task_acquire`. */
  path: string;
  /** Its text, ending in a newline. */
  text: () => string;
}

const schemas = {
  index: indexDocumentSchema,
  releases: releasesDocumentSchema,
  release: releaseDocumentSchema,
  state: stateDocumentSchema,
  kfuncs: kfuncsDocumentSchema,
  kfunc: kfuncDocumentSchema,
  support: supportDocumentSchema,
  diff: diffDocumentSchema,
} satisfies Record<KindName, unknown>;

/** All that is published below `/api/v1/`: the same atlas gives the same bytes. */
export function apiFiles(atlas: Atlas): ApiFile[] {
  const { releases, releaseFiles, kfuncs } = atlas.dataset;
  const file = (kind: KindName, path: string, make: () => object): ApiFile => ({
    path,
    text: () => textOf({ $schema: schemaAddress(atlas, kind), ...make() }),
  });
  return [
    file('index', 'index', () => indexDocument(atlas)),
    file('releases', 'releases', () => releasesDocument(atlas)),
    ...releaseFiles.map((record) => file('release', `releases/${record.id}`, () => record)),
    ...releases.map(({ id }) => file('state', `state/${id}`, () => stateDocument(atlas, id))),
    file('kfuncs', 'kfuncs', () => kfuncsDocument(atlas)),
    ...kfuncs.map((record) => file('kfunc', `kfuncs/${record.name}`, () => record)),
    file('support', 'support', () => supportDocument(atlas, kfuncs)),
    ...kfuncs.map((record) =>
      file('support', `support/${record.name}`, () => supportDocument(atlas, [record])),
    ),
    ...allPairs(atlas).map(({ from, to }) =>
      file('diff', `diff/${pairName(from.id, to.id)}`, () =>
        publishedDiff(atlas.compare(from.id, to.id)),
      ),
    ),
    ...Object.entries(schemas).map(([name, schema]) => ({
      path: `schema/${name}`,
      text: () => textOf(jsonSchema(schema, schemaAddress(atlas, name)), 2),
    })),
  ];
}

function textOf(document: object, indent?: number): string {
  return `${JSON.stringify(document, null, indent)}\n`;
}
