import { expect, test } from 'vitest';
import { releaseLines } from './release-lines.ts';
import { sourceFindings } from './testing.ts';

test('finds lines that define another flag, or none', async () => {
  const found = await sourceFindings(releaseLines, (lines) => {
    lines.set('v7.0 include/linux/btf.h:30', '#define KF_ACQUIRED (1 << 0)');
    lines.set('v7.0 include/linux/btf.h:31', '/* KF_RELEASE */');
  });
  expect(found).toEqual([
    'KF_ACQUIRE@v7.0: is at include/linux/btf.h:30, expected its definition, found "#define KF_ACQUIRED (1 << 0)"',
    'KF_RELEASE@v7.0: is at include/linux/btf.h:31, expected its definition, found "/* KF_RELEASE */"',
  ]);
});

test('finds lines without the suffix, the filter and the function of the JIT', async () => {
  const found = await sourceFindings(releaseLines, (lines) => {
    lines.set('v7.0 kernel/bpf/verifier.c:40', 'return "__ignored";');
    lines.set('v7.0 kernel/lamp.c:60', 'static int dark_filter(void)');
    lines.delete('v7.0 arch/x86/net/jit.c:20');
  });
  expect(found).toEqual([
    'x86@v7.0: is at arch/x86/net/jit.c:20, expected bpf_jit_supports_kfunc_call, there is no such line',
    '__ign@v7.0: is at kernel/bpf/verifier.c:40, expected its literal, found "return \\"__ignored\\";"',
    'lamp_filter@v7.0: is at kernel/lamp.c:60, expected its name, found "static int dark_filter(void)"',
  ]);
});

test('looks for the set that gives a flag in 5.19', async () => {
  const found = await sourceFindings(releaseLines, (lines, { file }) => {
    file('v7.0').flags[0]!.bit = null;
    file('v7.0').flags[1]!.bit = null;
    lines.set('v7.0 include/linux/btf.h:30', 'struct btf_id_set *acquire_set;');
    lines.set('v7.0 include/linux/btf.h:31', 'struct btf_id_set *check_set;');
  });
  expect(found).toEqual([
    'KF_RELEASE@v7.0: is at include/linux/btf.h:31, expected its definition, found "struct btf_id_set *check_set;"',
  ]);
});
