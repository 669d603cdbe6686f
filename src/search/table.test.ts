import { describe, expect, it } from 'vitest';
import { valuesOf } from './facets.ts';
import { addressOf, counted, readView, shownIn, sorted } from './table.ts';
import { entries } from './testing.ts';

const values = valuesOf(entries);
const shown = (address: string) => shownIn(readView(address), entries.kfuncs, values);

describe('the address of the table', () => {
  it.each(['', '?flag=KF_RCU&sort=-since', '?q=lamp&since=v6.8&status=removed', '?sort=name'])(
    'is the same when %s was read',
    (address) => {
      const { text, chosen, sort } = readView(address);
      const again = readView(addressOf({ text, chosen, sort }));
      expect(again).toEqual({ text, chosen, sort });
      expect(addressOf(again).length).toBe(address.length);
    },
  );

  it('is passed over where it is not understood', () => {
    expect(readView('?sort=colour&colour=red&flag=')).toEqual({ text: '', chosen: {}, sort: null });
  });
});

describe('what the table shows', () => {
  it('is what has all that was chosen', () => {
    expect([...shown('?flag=KF_ACQUIRE&since=v6.8').names]).toEqual(['bpf_lamp_acquire_any']);
  });

  it('takes filters in words beside those chosen', () => {
    expect([...shown('?q=lamp flag:KF_RET_NULL&flag=KF_ACQUIRE').names]).toEqual([
      'bpf_lamp_acquire',
    ]);
  });

  it('takes values as people write them, and tells what it took them for', () => {
    expect(shown('?flag=rcu&since=6.8').chosen).toEqual({ flag: 'KF_RCU', since: 'v6.8' });
  });

  it('says what it does not know, and leaves that out', () => {
    const { names, problems } = shown('?flag=KF_FOO');
    expect(names.size).toBe(entries.kfuncs.length);
    expect(problems[0]).toContain('No flag is called “KF_FOO”');
  });
});

describe('the order of the table', () => {
  it('is by age, and by name where that is the same', () => {
    const order = sorted(entries, { key: 'since', isDown: true });
    expect(order.slice(0, 3)).toEqual(['bpf_lamp_acquire_any', 'bpf_oil_fill', 'bpf_wick_trim']);
    expect(sorted(entries, { key: 'since', isDown: false }).at(-1)).toBe('bpf_oil_fill');
  });

  it('is by what became of them', () => {
    expect(sorted(entries, { key: 'status', isDown: true }).slice(0, 2)).toEqual([
      'bpf_oil_pour',
      'bpf_wick_trim',
    ]);
  });
});

describe('the numbers beside values', () => {
  it('leave out what no kfunc has', () => {
    expect(counted('since', entries.kfuncs, values)).toEqual([
      ['v6.1', 4],
      ['v6.6', 1],
      ['v6.8', 2],
    ]);
  });
});
