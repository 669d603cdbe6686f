import { describe, expect, test } from 'vitest';
import { documentFacts, examplesOf, isDocument } from './examples.ts';

describe('isDocument()', () => {
  test.each([
    ['Documentation/bpf/kfuncs.rst', true],
    ['Documentation/bpf/libbpf/index.rst', true],
    ['Documentation/hid/hid-bpf.rst', true],
    ['Documentation/networking/xdp-rx-metadata.rst', true],
    ['Documentation/bpf/index.txt', false],
    ['Documentation/bpf.rst', false],
    ['Documentation/hid/hid.rst', false],
    ['Documentation/networking/device_drivers/xdp-rx-metadata.rst', false],
    ['tools/bpf/Documentation/bpf/kfuncs.rst', false],
  ])('%s: %s', (path, is) => {
    expect(isDocument(path)).toBe(is);
  });
});

const lamps = `
Lamps
=====

.. kernel-doc:: kernel/lamp.c
   :identifiers: bpf_lamp_get struct_lamp

Using lamps
-----------

First bpf_lamp_put() it::

    lamp = bpf_lamp_get(1);
    if (lamp)
    	bpf_lamp_put(lamp);
`;
const keep = (text: string) => `<${text}>`;
const names = new Set(['bpf_lamp_get', 'bpf_lamp_put', 'bpf_lamp_dim', 'toString']);

describe('examplesOf()', () => {
  test('gives each kfunc its places, and no other name any', () => {
    const documents = new Map([['Documentation/bpf/lamps.rst', documentFacts(lamps)]]);
    const { value, diagnostics } = examplesOf(documents, names, keep);
    const file = 'Documentation/bpf/lamps.rst';
    const section = { anchor: 'using-lamps', title: '<Lamps\nUsing lamps>' };
    const hash = '<lamp = bpf_lamp_get(1);\nif (lamp)\n    bpf_lamp_put(lamp);>';
    expect(value).toEqual({
      bpf_lamp_get: [
        { file, line: 6, kind: 'kernel-doc', anchor: 'lamps', title: '<Lamps>', hash: null },
        { file, line: 13, kind: 'code', ...section, hash },
      ],
      bpf_lamp_put: [{ file, line: 15, kind: 'code', ...section, hash }],
    });
    expect(Object.keys(value)).toEqual(['bpf_lamp_get', 'bpf_lamp_put']);
    expect(diagnostics).toEqual([]);
  });

  test('is in the order of files, whatever that of the documents', () => {
    const facts = documentFacts('::\n\n  bpf_lamp_dim(1)\n');
    const paths = ['Documentation/bpf/b.rst', 'Documentation/bpf/B.rst', 'Documentation/bpf/a.rst'];
    const orders = [paths, paths.toReversed()].map((order) =>
      examplesOf(new Map(order.map((path) => [path, facts])), names, keep),
    );
    expect(orders[0]!.value).toEqual(orders[1]!.value);
    expect(orders[0]!.value.bpf_lamp_dim!.map(({ file }) => file)).toEqual([...paths].sort());
    expect(orders[0]!.value.bpf_lamp_dim![0]).toMatchObject({ anchor: null, title: null });
  });

  test('reports a document that is too long to be one', () => {
    const facts = documentFacts(`${lamps}${' '.repeat(5 * 1024 * 1024)}`);
    const { value, diagnostics } = examplesOf(new Map([['a.rst', facts]]), names, keep);
    expect(value).toEqual({});
    expect(diagnostics).toMatchObject([{ code: 'too-large', path: 'a.rst' }]);
  });
});
