import { expect, test } from 'vitest';
import { entryLines } from './entry-lines.ts';
import { sourceFindings } from './testing.ts';

test('finds a line that holds another name', async () => {
  const found = await sourceFindings(entryLines, (lines) => {
    lines.set('v7.0 kernel/lamp.c:630', 'BTF_ID_FLAGS(func, bpf_lamp_put)');
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at kernel/lamp.c:630, expected its name or a macro, found "BTF_ID_FLAGS(func, bpf_lamp_put)"',
  ]);
});

test('takes a macro that stands for entries', async () => {
  const found = await sourceFindings(entryLines, (lines) => {
    lines.set('v7.0 kernel/lamp.c:630', 'LAMP_KFUNC_xxx');
  });
  expect(found).toEqual([]);
});

test('finds a comment that begins like one', async () => {
  const found = await sourceFindings(entryLines, (lines) => {
    lines.set('v7.0 kernel/lamp.c:630', '} /* LAMP_KFUNC_xxx */');
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at kernel/lamp.c:630, expected its name or a macro, found "} /* LAMP_KFUNC_xxx */"',
  ]);
});
