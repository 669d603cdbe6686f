import { expect, test } from 'vitest';
import { atlasOf, kernels } from './atlas.ts';
import type { Files } from './base.ts';
import { definition, entry, idSet, INCLUDES, kfuncFile, registration, source } from './c.ts';

const text = (set: string, name = 'bpf_a'): string => kfuncFile(set, ['XDP'], [{ name }]);

/** The condition under which bpf_a exists in one release of these files, and what was reported. */
async function conditionOf(files: Files): Promise<{ expr: string | null; diagnostics: string[] }> {
  const atlas = await atlasOf(kernels({ 'v6.12': files }));
  return {
    expr: atlas.facts('bpf_a', 'v6.12').config.expr,
    diagnostics: atlas.report.diagnostics.filter((d) => d.severity !== 'info').map((d) => d.code),
  };
}

test('is gathered up through the Makefiles, whichever way they write it', async () => {
  expect(
    await conditionOf({
      Kbuild: source('obj-y += kernel/', 'obj-${CONFIG_NET} += \\', '\tnet/'),
      'net/Makefile': source('obj-$(CONFIG_THING) += thing/'),
      'net/thing/Makefile': source(
        '# objects',
        'obj-$(CONFIG_MMU) += other.o \\',
        '\tthing.o # and more',
      ),
      'net/thing/thing.c': text('thing'),
    }),
  ).toEqual({ expr: 'CONFIG_MMU && CONFIG_NET && CONFIG_THING', diagnostics: [] });
});

test('of a part is that of the module it is linked into', async () => {
  for (const list of ['hid-y := core.o thing.o', 'hid-objs += thing.o']) {
    expect(
      await conditionOf({
        'drivers/Makefile': source('obj-$(CONFIG_THING) += hid.o', list),
        'drivers/thing.c': text('thing'),
      }),
    ).toEqual({ expr: 'CONFIG_THING', diagnostics: [] });
  }
});

test('of a part that a condition adds to a module takes that condition along', async () => {
  const { expr, diagnostics } = await conditionOf({
    'drivers/Makefile': source(
      'obj-$(CONFIG_THING) += hid.o',
      'hid-y := core.o',
      'ifeq ($(CONFIG_THING),m)',
      'hid-$(CONFIG_DEBUG_INFO_BTF_MODULES) += hid_bpf.o',
      'else ifeq ($(CONFIG_THING),y)',
      'hid-$(CONFIG_DEBUG_INFO_BTF) += hid_bpf.o',
      'endif',
    ),
    'drivers/hid_bpf.c': text('thing'),
  });
  expect(diagnostics).toEqual([]);
  expect(expr).toBe(
    '(CONFIG_DEBUG_INFO_BTF=y && CONFIG_THING=y) || (CONFIG_DEBUG_INFO_BTF_MODULES && CONFIG_THING=m)',
  );
});

test('that two symbols must be y together', async () => {
  expect(
    await conditionOf({
      'kernel/bpf/Makefile': source(
        'ifeq ($(CONFIG_MMU)$(CONFIG_64BIT),yy)',
        'obj-$(CONFIG_BPF_SYSCALL) += arena.o',
        'endif',
      ),
      'kernel/bpf/arena.c': text('arena'),
    }),
  ).toEqual({ expr: 'CONFIG_64BIT && CONFIG_BPF_SYSCALL && CONFIG_MMU', diagnostics: [] });
});

test('that one symbol is on and another one off', async () => {
  expect(
    await conditionOf({
      'kernel/bpf/Makefile': source(
        'ifdef CONFIG_NET',
        'ifndef CONFIG_MMU',
        'obj-y += odd.o',
        'endif',
        'endif',
      ),
      'kernel/bpf/odd.c': text('odd'),
    }),
  ).toEqual({ expr: '!CONFIG_MMU && CONFIG_NET', diagnostics: [] });
});

test('of a file that another one includes is that of the other, and of the #ifdef around it', async () => {
  expect(
    await conditionOf({
      'kernel/Makefile': source('obj-y += bpf/ sched/'),
      'kernel/sched/Makefile': source('obj-y += policy.o'),
      'kernel/sched/policy.c': source(
        '#include "rt.c"',
        '#ifdef CONFIG_SCHED_CLASS_EXT',
        '# include "ext/ext.c"',
        '#endif',
      ),
      'kernel/sched/ext/ext.c': text('ext'),
    }),
  ).toEqual({ expr: 'CONFIG_SCHED_CLASS_EXT', diagnostics: [] });
});

test('is that of the set and of the definition where they stand in two files', async () => {
  expect(
    await conditionOf({
      'kernel/bpf/helpers.c': source(
        ...INCLUDES,
        ...idSet('ids_ids', [entry({ name: 'bpf_a' })]),
        ...registration('ids', ['XDP']),
      ),
      'net/core/Makefile': source('obj-$(CONFIG_THING) += thing.o'),
      'net/core/thing.c': source(...definition({ name: 'bpf_a' })),
    }),
  ).toEqual({ expr: 'CONFIG_BPF_SYSCALL && CONFIG_NET && CONFIG_THING', diagnostics: [] });
});

test('of a definition in two files needs one of the two', async () => {
  expect(
    await conditionOf({
      'kernel/bpf/helpers.c': source(
        ...INCLUDES,
        ...idSet('ids_ids', [entry({ name: 'bpf_a' })]),
        ...registration('ids', ['XDP']),
      ),
      'kernel/bpf/Makefile': source(
        'obj-y += helpers.o',
        'ifeq ($(CONFIG_MMU),y)',
        'obj-y += real.o',
        'else',
        'obj-y += stub.o',
        'endif',
      ),
      'kernel/bpf/real.c': source(
        ...definition({ name: 'bpf_a', body: ['a = read(a);', 'return a;'] }),
      ),
      'kernel/bpf/stub.c': source(...definition({ name: 'bpf_a', body: ['return 0;'] })),
    }),
  ).toEqual({ expr: null, diagnostics: [] });
});

test('that is asked for in another place, or in another order, is no change', async () => {
  const atlas = await atlasOf(
    kernels({
      'v6.1': {
        'net/core/Makefile': source('obj-$(CONFIG_THING) += thing.o'),
        'net/core/thing.c': text('thing'),
      },
      'v6.2': {
        Kbuild: source('obj-$(CONFIG_THING) += net/'),
        'net/Makefile': source('obj-y += core/'),
        'net/core/Makefile': source('obj-$(CONFIG_NET) += thing.o'),
        'net/core/thing.c': text('thing'),
      },
    }),
  );
  expect(atlas.kinds('bpf_a')).toEqual(['v6.1 added']);
});

test('that changes is told as the release that changed it', async () => {
  const atlas = await atlasOf(
    kernels({
      'v6.1': { 'kernel/bpf/helpers.c': text('thing') },
      'v6.2': {
        'kernel/bpf/helpers.c': text('thing'),
        'kernel/bpf/Makefile': source('obj-$(CONFIG_BPF_JIT) += helpers.o'),
      },
    }),
  );
  expect(atlas.changes('bpf_a').slice(1)).toEqual([
    'v6.2 config: CONFIG_BPF_SYSCALL -> CONFIG_BPF_JIT',
  ]);
});

test('a Makefile without end, or that includes itself, is no trouble', async () => {
  const odd = await conditionOf({
    'kernel/bpf/Makefile': source(
      'include $(src)/Makefile',
      'X = $(X) $(Y)',
      'Y = $(X)',
      'obj-y += $(X) helpers.o',
      'ifeq ($(CONFIG_MMU),y',
      'endef',
      'obj-$(call deep,$(call deep,$(call deep',
    ),
    'kernel/bpf/helpers.c': text('thing'),
  });
  expect(odd.expr).toBeNull();
});
