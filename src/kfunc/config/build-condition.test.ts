import { describe, expect, it } from 'vitest';
import { condToText } from '../../c/condition.ts';
import { memoryTree } from '../tree.ts';
import { buildCondition, buildConditions } from './build-condition.ts';
import { parseKbuild } from './kbuild.ts';
import { joinKconfig } from './kconfig.ts';
import { readKconfigFile } from './kconfig-file.ts';
import { normaliseTests } from './normalise.ts';
import { simplify } from './simplify.ts';

const ROOT = { Kbuild: 'obj-y += kernel/\nobj-$(CONFIG_NET) += net/\nobj-y += arch/$(SRCARCH)/\n' };

/** The condition of a file, as the dataset prints it; all symbols but CONFIG_T… and CONFIG_MOD are bool. */
async function conditionOf(file: string, files: Record<string, string>): Promise<string> {
  const tree = memoryTree({ ...ROOT, ...files, [file]: files[file] ?? '' });
  const { value, diagnostics } = await buildCondition(tree, file);
  expect(diagnostics).toEqual([]);
  const names =
    Object.values(files)
      .join(' ')
      .match(/CONFIG_\w+/g) ?? [];
  const kconfig = ['CONFIG_NET', ...names].map(
    (name) =>
      `config ${name.slice('CONFIG_'.length)}\n\t${/^CONFIG_(?:T|MOD)/.test(name) ? 'tristate' : 'bool'}\n`,
  );
  const { types } = joinKconfig(new Map([['Kconfig', readKconfigFile(kconfig.join(''))]]));
  const cond = simplify(normaliseTests(value.cond, types));
  return condToText(cond);
}

const kernel = (...lines: string[]): Promise<string> =>
  conditionOf('kernel/f.c', { 'kernel/Makefile': lines.join('\n') });

describe('an object in its own Makefile', () => {
  it('needs what its list asks for', async () => {
    expect(await kernel('obj-y := e.o f.o')).toBe('1');
    expect(await kernel('obj-$(CONFIG_A) += e.o \\', '  f.o')).toBe('CONFIG_A');
    expect(await kernel('obj-${CONFIG_A} += f.o')).toBe('CONFIG_A');
    expect(await kernel('lib-$(CONFIG_A) += f.o')).toBe('CONFIG_A');
    expect(await kernel('obj-m += f.o')).toBe('1');
  });

  it('can be a module where its symbol can', async () => {
    expect(await kernel('obj-$(CONFIG_T) += f.o')).toBe('CONFIG_T');
    expect(await kernel('ifeq ($(CONFIG_T),y)', 'obj-y += f.o', 'endif')).toBe('CONFIG_T=y');
    expect(await kernel('ifeq ($(CONFIG_T),m)', 'obj-m += f.o', 'endif')).toBe('CONFIG_T=m');
    expect(await kernel('obj-$(subst m,y,$(CONFIG_T)) += f.o')).toBe('CONFIG_T');
  });

  it('may be listed more than once', async () => {
    expect(await kernel('obj-$(CONFIG_A) += f.o', 'obj-$(CONFIG_B) += f.o')).toBe(
      'CONFIG_A || CONFIG_B',
    );
    expect(
      await kernel('ifdef CONFIG_A', 'obj-y += f.o', 'else', 'obj-$(CONFIG_B) += f.o', 'endif'),
    ).toBe('CONFIG_A || CONFIG_B');
  });

  it('loses what a later := takes away', async () => {
    expect(await kernel('obj-$(CONFIG_A) += f.o', 'ifdef CONFIG_B', 'obj-y :=', 'endif')).toBe(
      'CONFIG_A && !CONFIG_B',
    );
  });
});

describe('a conditional', () => {
  it('asks for two symbols at once', async () => {
    expect(
      await kernel('ifeq ($(CONFIG_A)$(CONFIG_B),yy)', 'obj-$(CONFIG_C) += f.o', 'endif'),
    ).toBe('CONFIG_A && CONFIG_B && CONFIG_C');
  });

  it('asks whether one is set at all', async () => {
    expect(await kernel('ifneq ($(CONFIG_T),)', 'obj-y += f.o', 'endif')).toBe('CONFIG_T');
    expect(await kernel('ifeq ($(CONFIG_A), )', 'obj-y += f.o', 'endif')).toBe('!CONFIG_A');
    expect(await kernel('ifndef CONFIG_A', 'obj-y += f.o', 'endif')).toBe('!CONFIG_A');
    expect(await kernel('ifeq "$(CONFIG_A)" "y"', 'obj-y += f.o', 'endif')).toBe('CONFIG_A');
  });

  it('asks through the functions of make', async () => {
    const any = 'ifneq ($(filter y,$(CONFIG_A) $(CONFIG_B)),)';
    expect(await kernel(any, 'obj-y += f.o', 'endif')).toBe('CONFIG_A || CONFIG_B');
    const or = 'ifneq ($(or $(CONFIG_A),$(and $(CONFIG_B),$(CONFIG_C))),)';
    expect(await kernel(or, 'obj-y += f.o', 'endif')).toBe('CONFIG_A || (CONFIG_B && CONFIG_C)');
    expect(await kernel('obj-$(if $(CONFIG_A),$(CONFIG_B)) += f.o')).toBe('CONFIG_A && CONFIG_B');
  });

  it('excludes the branches before it', async () => {
    expect(
      await kernel(
        'ifeq ($(CONFIG_A),y)',
        'obj-y += e.o',
        'else ifeq ($(CONFIG_B),y)',
        'obj-y += f.o',
        'endif',
      ),
    ).toBe('!CONFIG_A && CONFIG_B');
  });

  it('keeps as text what only a running make knows', async () => {
    expect(await kernel('ifeq ($(ARCH),um)', 'obj-y += f.o', 'endif')).toBe('$(ARCH) = um');
    expect(await kernel('ifeq ($(CONFIG_LEVELS),4)', 'obj-y += f.o', 'endif')).toBe(
      'CONFIG_LEVELS = 4',
    );
  });
});

describe('an object made of parts', () => {
  it('needs what the whole needs and what the part needs', async () => {
    expect(await kernel('obj-$(CONFIG_A) += all.o', 'all-y := e.o f.o')).toBe('CONFIG_A');
    expect(await kernel('all-objs := f.o', 'obj-$(CONFIG_A) += all.o')).toBe('CONFIG_A');
    expect(await kernel('obj-$(CONFIG_A) += all.o', 'all-$(CONFIG_B) += f.o')).toBe(
      'CONFIG_A && CONFIG_B',
    );
  });

  it('takes module parts into a module only', async () => {
    expect(await kernel('obj-$(CONFIG_MOD) += all.o', 'all-$(CONFIG_T) += f.o')).toBe(
      '(CONFIG_MOD && CONFIG_T=y) || (CONFIG_MOD=m && CONFIG_T)',
    );
  });

  it('can be asked for in different ways built in and as a module', async () => {
    expect(
      await kernel(
        'ifeq ($(CONFIG_MOD),m)',
        'all-$(CONFIG_A) += f.o',
        'else ifeq ($(CONFIG_MOD),y)',
        'all-$(CONFIG_B) += f.o',
        'endif',
        'obj-$(CONFIG_MOD) += all.o',
      ),
    ).toBe('(CONFIG_MOD=y && CONFIG_B) || (CONFIG_MOD=m && CONFIG_A)');
  });

  it('hides a file of the name of the whole', async () => {
    const tree = memoryTree({
      ...ROOT,
      'kernel/Makefile': 'obj-y += f.o\nf-y := a.o\n',
      'kernel/f.c': '',
    });
    const { diagnostics } = await buildCondition(tree, 'kernel/f.c');
    expect(diagnostics.map((d) => d.code)).toEqual(['not-built']);
  });

  it('may be listed through variables of the same file', async () => {
    expect(await kernel('extra-objects-$(CONFIG_A) := f.o', 'obj-y += $(extra-objects-y)')).toBe(
      'CONFIG_A',
    );
    expect(
      await conditionOf('kernel/sub/f.c', {
        'kernel/Makefile':
          'obj-$(CONFIG_A) += all.o\nall-y = $(addprefix sub/, e.o $(more-y))\nmore-$(CONFIG_B) = f.o',
      }),
    ).toBe('CONFIG_A && CONFIG_B');
  });
});

describe('the way to a Makefile', () => {
  it('leads through every directory above', async () => {
    expect(
      await conditionOf('net/gadget/bpf/f.c', {
        'net/Makefile': 'obj-$(CONFIG_GADGET) += gadget/',
        'net/gadget/Makefile': 'obj-$(CONFIG_GADGET_BPF) += bpf/',
        'net/gadget/bpf/Makefile': 'obj-$(CONFIG_BPF_SYSCALL) += f.o',
      }),
    ).toBe('CONFIG_BPF_SYSCALL && CONFIG_GADGET_BPF && CONFIG_GADGET && CONFIG_NET');
  });

  it('says which file asks for what, the nearest first', async () => {
    const tree = memoryTree({
      ...ROOT,
      'net/Makefile': 'obj-$(CONFIG_GADGET) += gadget/',
      'net/gadget/Kbuild': 'obj-y += f.o',
      'net/gadget/Makefile': 'obj-$(CONFIG_WRONG) += f.o',
      'net/gadget/f.c': '',
    });
    const { parts } = (await buildCondition(tree, 'net/gadget/f.c')).value;
    expect(parts.map((p) => [p.file, p.origin, condToText(p.cond)])).toEqual([
      ['net/Makefile', 'makefile', 'CONFIG_GADGET=y'],
      ['Kbuild', 'makefile', 'CONFIG_NET=y'],
    ]);
  });

  it('builds in nothing in a directory that is entered for modules', async () => {
    const files = { 'kernel/Makefile': 'obj-$(CONFIG_T) += sub/' };
    expect(await conditionOf('kernel/sub/f.c', { ...files, 'kernel/sub/Makefile': 'obj-y += f.o' }))
      // Only a directory that is built in has its obj-y.
      .toBe('CONFIG_T=y');
    expect(
      await conditionOf('kernel/sub/f.c', { ...files, 'kernel/sub/Makefile': 'obj-m += f.o' }),
    ).toBe('CONFIG_T');
  });

  it('starts from the top Makefile in a tree without lists in Kbuild', async () => {
    const top = [
      'ifneq ($(abs_srctree),$(abs_objtree))',
      'need-sub-make := 1',
      'endif',
      'ifeq ($(need-sub-make),)',
      'ifeq ($(KBUILD_EXTMOD),)',
      'core-y := init/ usr/',
      'core-y += kernel/',
      'ifeq ($(sub_make_done),1)',
      'drivers-$(CONFIG_NET) += net/',
      'endif',
      'endif',
      'endif',
    ].join('\n');
    const files = { Kbuild: 'bounds := b', Makefile: top };
    expect(
      await conditionOf('kernel/f.c', { ...files, 'kernel/Makefile': 'obj-$(CONFIG_A) += f.o' }),
    ).toBe('CONFIG_A');
    expect(await conditionOf('net/f.c', { ...files, 'net/Makefile': 'obj-y += f.o' })).toBe(
      'CONFIG_NET',
    );
  });

  it('leads into the directory of an architecture', async () => {
    const tree = memoryTree({
      ...ROOT,
      'arch/gizmo/Kbuild': 'obj-y += net/',
      'arch/gizmo/net/Makefile': 'obj-$(CONFIG_BPF_JIT) += jit$(BITS).o',
      'arch/gizmo/net/jit64.c': '',
    });
    const { value, diagnostics } = await buildCondition(tree, 'arch/gizmo/net/jit64.c');
    expect(diagnostics).toEqual([]);
    expect(value.arch).toEqual(['gizmo']);
    expect(condToText(value.cond)).toBe('CONFIG_BPF_JIT && CONFIG_64BIT');
  });

  it('follows an include beside the Makefile', async () => {
    expect(
      await conditionOf('kernel/f.c', {
        'kernel/Makefile': 'include $(src)/Makefile.gadget',
        'kernel/Makefile.gadget': 'obj-$(CONFIG_A) += f.o',
      }),
    ).toBe('CONFIG_A');
  });

  it('finds an object that a directory beside or above lists', async () => {
    expect(
      await conditionOf('kernel/one/f.c', {
        'kernel/Makefile': 'obj-y += one/ two/',
        'kernel/one/Makefile': 'obj-y += e.o',
        'kernel/two/Makefile': 'obj-$(CONFIG_A) += ../one/f.o',
      }),
    ).toBe('CONFIG_A');
    expect(
      await conditionOf('kernel/one/f.c', { 'kernel/Makefile': 'obj-$(CONFIG_A) += one/f.o' }),
    ).toBe('CONFIG_A');
  });
});

describe('a file that another includes', () => {
  it('needs what the other needs, and what the #include stands under', async () => {
    expect(
      await conditionOf('kernel/sched/ext/f.c', {
        'kernel/Makefile': 'obj-y += sched/',
        'kernel/sched/Makefile': 'obj-$(CONFIG_A) += policy.o',
        'kernel/sched/policy.c': '#ifdef CONFIG_B\n# include "ext/all.c"\n#endif\n',
        'kernel/sched/ext/all.c': '#if defined(CONFIG_C)\n#include "f.c"\n#endif\n',
      }),
    ).toBe('CONFIG_C && CONFIG_B && CONFIG_A');
  });

  it('does not go round in circles', async () => {
    const tree = memoryTree({
      ...ROOT,
      'kernel/a.c': '#include "b.c"\n',
      'kernel/b.c': '#include "a.c"\n',
    });
    const { value, diagnostics } = await buildCondition(tree, 'kernel/a.c');
    expect(value.cond).toEqual({ op: 'true' });
    expect(diagnostics.map((d) => d.code)).toEqual(['not-built']);
  });
});

describe('what no configuration builds', () => {
  it('is told, for a program under tools/ as well', async () => {
    const tree = memoryTree({ 'tools/testing/gadget.c': '', 'kernel/f.c': '' });
    const codes = async (file: string): Promise<string[]> =>
      (await buildCondition(tree, file)).diagnostics.map((d) => d.code);
    expect(await codes('tools/testing/gadget.c')).toEqual(['built-by-hand']);
    expect(await codes('kernel/f.c')).toEqual(['not-built']);
    expect(await codes('include/linux/gadget.h')).toEqual([]);
  });
});

describe('Makefiles without sense', () => {
  it('are reported once for all files', async () => {
    const tree = memoryTree({ ...ROOT, 'kernel/Makefile': 'obj-y += f.o g.o\nendif\n' });
    const conditionIn = buildConditions(tree);
    const first = await conditionIn('kernel/f.c');
    expect(first.diagnostics.map((d) => `${d.path}:${d.line}`)).toEqual(['kernel/Makefile:2']);
    expect((await conditionIn('kernel/g.c')).diagnostics).toEqual([]);
  });

  it('do not keep us busy', async () => {
    const growing = Array.from({ length: 60 }, (_, i) => `v${i} = $(v${i + 1}) $(v${i + 1})`);
    const many = Array.from({ length: 60 }, (_, i) => `$(CONFIG_A${i})`).join('');
    const start = performance.now();
    await conditionOf('kernel/f.c', {
      'kernel/Makefile': [
        ...growing,
        'self = $(self) $(self)',
        'obj-y += $(v0) $(self) f.o',
        `ifeq (${many},yy)`,
        'obj-y += f.o',
        'endif',
        'include $(src)/Makefile',
      ].join('\n'),
    });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('come from the loader that is given', async () => {
    const asked: string[] = [];
    const tree = memoryTree({ Kbuild: '', 'kernel/Makefile': '', 'kernel/f.c': '' });
    const conditionIn = buildConditions(tree, (path) => {
      asked.push(path);
      const text = path === 'Kbuild' ? 'obj-y += kernel/' : 'obj-$(CONFIG_A) += f.o';
      return Promise.resolve(parseKbuild(text));
    });
    await conditionIn('kernel/f.c');
    const { value } = await conditionIn('kernel/f.c');
    expect(condToText(value.cond)).toBe('CONFIG_A');
    expect(asked).toEqual(['kernel/Makefile', 'Kbuild']);
  });
});
