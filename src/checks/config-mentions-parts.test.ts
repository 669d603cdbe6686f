import { expect, test } from 'vitest';
import { configMentionsParts } from './config-mentions-parts.ts';
import { findings } from './testing.ts';

test('finds a symbol that no part asks for', () => {
  const found = findings(configMentionsParts, ({ state }) => {
    state('bpf_lamp_get').config.expr = 'CONFIG_LAMP && !CONFIG_DARK';
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: needs CONFIG_DARK, and no part says why']);
});

test('finds what is no condition', () => {
  const found = findings(configMentionsParts, ({ state }) => {
    const { config } = state('bpf_lamp_get');
    config.expr = '1';
    config.parts[0]!.expr = '(CONFIG_LAMP';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: needs "1", which is no condition',
    'bpf_lamp_get@v6.12: needs (CONFIG_LAMP, whose parentheses do not close',
  ]);
});

test('finds a part told twice', () => {
  const found = findings(configMentionsParts, ({ state }) => {
    const { parts } = state('bpf_lamp_get').config;
    parts.push(parts[0]!);
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has the part CONFIG_LAMP of kernel/Makefile (makefile) twice',
  ]);
});
