import { expect, it } from 'vitest';
import { joinKconfig } from './kconfig.ts';
import { entryOf, readKconfigFile } from './kconfig-file.ts';

/** What the symbols of a tree need; alternatives are joined by `|`. */
function needsIn(tree: Record<string, string>) {
  const files = Object.entries(tree).map(([path, text]) => [path, readKconfigFile(text)] as const);
  const { needs } = joinKconfig(new Map(files));
  const symbols = files.flatMap(([, { entries }]) =>
    entries.map((line) => `CONFIG_${entryOf(line).symbol}`),
  );
  return Object.fromEntries(symbols.map((symbol) => [symbol, needs.get(symbol)]));
}

it('carries what is around a file into it, through others', () => {
  expect(
    needsIn({
      Kconfig: 'if A\nsource "net/Kconfig"\nendif\n',
      'net/Kconfig': 'if B\nrsource "lamp/Kconfig"\nendif\n',
      'net/lamp/Kconfig': 'config LAMP\n\tdepends on C\n',
    }),
  ).toEqual({ CONFIG_LAMP: ['CONFIG_A', 'CONFIG_B', 'CONFIG_C'] });
});

it('keeps of a file that is read in several places what holds in all', () => {
  expect(
    needsIn({
      Kconfig: 'source "arch/$(SRCARCH)/Kconfig"\n',
      'arch/a/Kconfig': 'if X\nif Y\nsource "lamp/Kconfig"\nendif\nendif\n',
      'arch/b/Kconfig': 'if Y\nsource "lamp/Kconfig"\nendif\n',
      'lamp/Kconfig': 'config LAMP\n\tbool\n',
    }),
  ).toEqual({ CONFIG_LAMP: ['CONFIG_Y'] });
});

it('keeps of a symbol with several entries what all of them need', () => {
  const entries = 'config A\n\tdepends on B && C\nconfig A\n\tdepends on C\n\tselect D\n';
  expect(needsIn({ Kconfig: entries })).toEqual({ CONFIG_A: ['CONFIG_C'] });
});

it('ends where files read each other', () => {
  expect(
    needsIn({
      Kconfig: 'if A\nsource "x"\nendif\nsource "Kconfig"\n',
      x: 'config X\n\tbool\nsource "Kconfig"\n',
    }),
  ).toEqual({ CONFIG_X: ['CONFIG_A'] });
});
