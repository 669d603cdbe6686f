import { expect, test } from 'vitest';
import { conditionalRegistrations } from './conditional-registrations.ts';
import { findings } from './testing.ts';

test('finds a condition that the configuration does not ask for', () => {
  const found = findings(conditionalRegistrations, ({ state }) => {
    state('bpf_lamp_put', 1).sets[0]!.registrations[0]!.condition = 'CONFIG_DIMMER';
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: is registered only under CONFIG_DIMMER, which its configuration (CONFIG_LAMP) does not ask for',
  ]);
});

test('does not mind a condition beside a registration without one', () => {
  const found = findings(conditionalRegistrations, ({ state }) => {
    const { registrations } = state('bpf_lamp_get').sets[0]!;
    registrations.push({ ...registrations[0]!, condition: 'CONFIG_DIMMER' });
  });
  expect(found).toEqual([]);
});
