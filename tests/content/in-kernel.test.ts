import { expect, test } from 'vitest';
import { parseC } from '../../src/c/parse.ts';
import { readFileFacts } from '../../src/kfunc/file-facts.ts';
import { blocksBelow } from '../compile/blocks.ts';

/** No compiler has the kernel's tree for it, so our own reader looks at the code in the guides. */
test('the kfuncs that the guide adds to the kernel are whole ones', () => {
  const blocks = blocksBelow('content/guides').blocks.filter(
    ({ file, kernels }) => file.endsWith('adding-a-kfunc.md') && kernels.length === 0,
  );
  const code = blocks.map((block) => block.code).join('\n');
  const parsed = parseC(code, 'adding-a-kfunc.c');
  const facts = readFileFacts(parsed.value, code, 'adding-a-kfunc.c');
  expect([...parsed.diagnostics, ...facts.diagnostics]).toEqual([]);

  const [set] = facts.sets;
  const listed = set!.entries.map(({ name }) => name);
  expect(listed.length).toBeGreaterThan(1);
  const defined = facts.definitions.filter(({ marked, isStatic }) => marked && !isStatic);
  expect(defined.map(({ name }) => name)).toEqual(listed);
  for (const { name, doc, params } of defined) {
    expect(doc?.kind, name).toBe('kernel-doc');
    expect(doc?.text).toContain(`${name}()`);
    for (const param of params) expect(doc?.text, name).toContain(`@${param.name}:`);
  }
  expect(facts.idSets.map(({ fields }) => fields.set)).toEqual([set!.name]);
  expect(facts.registrations).toHaveLength(1);
});
