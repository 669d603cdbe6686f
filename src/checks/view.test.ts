import { expect, test } from 'vitest';
import { broken } from './testing.ts';
import { View } from './view.ts';

const record = (view: View, name: string) => view.dataset.kfuncs.find((k) => k.name === name)!;

test('a tree of which a record does not speak has what its base has', () => {
  const view = new View(broken(() => undefined));
  expect(view.before('garden')).toBe('v6.13');
  expect(view.stateAt(record(view, 'bpf_lamp_dim_impl'), 'garden')?.to).toBe('v6.13');
  expect(view.stateAt(record(view, 'bpf_lamp_dim'), 'garden')).toBeNull();
  expect(view.stateAt(record(view, 'bpf_lamp_get'), 'garden')?.from).toBe('garden');
});

test('what a tree has is not known when no record tells its base', () => {
  const view = new View(
    broken(({ record: of }) => {
      of('bpf_lamp_get').lines.pop();
    }),
  );
  expect(view.stateAt(record(view, 'bpf_lamp_put'), 'garden')).toBeUndefined();
  expect(view.isKnown('garden')).toBe(false);
  expect(view.isKnown('v7.0')).toBe(true);
});

test('without mainline, a tree has what its own line says', () => {
  const view = new View(
    broken(({ dataset, line }) => {
      dataset.releases = dataset.releases.slice(-1);
      line('bpf_lamp_get', 'garden').base = null;
      for (const { lines } of dataset.kfuncs) lines.shift();
    }),
  );
  expect(view.stateAt(record(view, 'bpf_lamp_get'), 'garden')?.from).toBe('garden');
  expect(view.stateAt(record(view, 'bpf_lamp_put'), 'garden')).toBeNull();
  expect([...view.moments()].map((moment) => moment.record.name)).toEqual(['bpf_lamp_get']);
});

test('a release that is none has nothing', () => {
  const view = new View(broken(() => undefined));
  expect(view.stateAt(record(view, 'bpf_lamp_get'), 'v9.9')).toBeUndefined();
  expect(view.before('v9.9')).toBeNull();
});
