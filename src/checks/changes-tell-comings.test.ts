import { expect, test } from 'vitest';
import { changesTellComings } from './changes-tell-comings.ts';
import { findings } from './testing.ts';

test('finds a coming and a going that nothing tells', () => {
  const found = findings(changesTellComings, ({ line }) => {
    line('bpf_lamp_dim').changes = [];
    line('bpf_lamp_dim_impl').changes = [];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: is added, and no change tells it',
    'bpf_lamp_dim_impl@v6.12: is added, and no change tells it',
    'bpf_lamp_dim_impl@v7.0: is removed, and no change tells it',
  ]);
});

test('finds a going that did not happen', () => {
  const found = findings(changesTellComings, ({ line }) => {
    const { changes } = line('bpf_lamp_get');
    changes.push({ ...changes[0]!, release: 'v7.0', kind: 'removed' });
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: is told as removed, expected nothing']);
});

test('finds a coming told with another declaration, and one after another release', () => {
  const found = findings(changesTellComings, ({ line }) => {
    line('bpf_lamp_get').changes[0]!.now = ['int f(void)'];
    line('bpf_lamp_dim').changes[0]!.after = 'v6.12';
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: is told as added after v6.12, expected v6.13',
    'bpf_lamp_get@v6.12: is told as added with int f(void), not as it is declared',
  ]);
});

test('asks for what comes back to be told as returned', () => {
  const found = findings(changesTellComings, ({ line, state }) => {
    line('bpf_lamp_put').states = [
      state('bpf_lamp_put'),
      { ...state('bpf_lamp_put', 1), from: 'v7.0' },
    ];
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: is removed, and no change tells it',
    'bpf_lamp_put@v7.0: is returned, and no change tells it',
  ]);
});
