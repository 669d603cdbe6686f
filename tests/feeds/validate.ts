import { readFileSync } from 'node:fs';
import { memoryPages, validateXML } from 'xmllint-wasm';

const schema = readFileSync(new URL('atom.rng', import.meta.url), 'utf8');

/**
 * Holds feeds against a RELAX NG schema with libxml2's xmllint, which also sees that they are well-formed.
 * There is no validator of feeds in the registry that works without the W3C's server, and the schema that
 * RFC 4287 prints says of itself that it is no norm: this one is ours, and stricter.
 *
 * @param files by the name that a complaint has
 * @returns complaints
 */
export async function validateFeeds(files: ReadonlyMap<string, string>): Promise<string[]> {
  const { errors } = await validateXML({
    // Names that reach a command line.
    xml: [...files].map(([name, contents]) => ({
      fileName: name.replace(/[^\w.]/g, '-'),
      contents,
    })),
    schema,
    extension: 'relaxng',
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}
