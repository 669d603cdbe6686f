import { expect, test } from 'vitest';
import { excuses, fits, isAmong } from './matching.ts';

test('a star stands for any characters, and nothing else does', () => {
  expect(fits('bpf_*_get', 'bpf_lamp_get')).toBe(true);
  expect(fits('bpf_lamp', 'bpf_lamp_get')).toBe(false);
  expect(fits('v6.1', 'v6x1')).toBe(false);
  expect(fits('*', 'a\nb')).toBe(true);
});

test('a range of releases goes by version, ends included', () => {
  expect(isAmong('v6.10..v7.2', 'v6.10')).toBe(true);
  expect(isAmong('v6.10..v7.2', 'v7.2')).toBe(true);
  expect(isAmong('v6.10..v7.2', 'v6.9')).toBe(false);
  expect(isAmong('v6.10..v7.2', 'v7.3')).toBe(false);
  expect(isAmong('v6.15..', 'v7.3')).toBe(true);
  expect(isAmong('v6.15..', 'v6.9')).toBe(false);
  expect(isAmong('v6.10..v7.2', 'v7.2.13')).toBe(true);
  expect(isAmong('v6.10..v7.2', 'debian-13')).toBe(false);
  expect(isAmong('v6.10..v7.2', 'debian-13', 'v6.12.107')).toBe(true);
  expect(isAmong('debian-*', 'debian-13')).toBe(true);
});

test('a finding of no release is excused only by an exception for all', () => {
  const exception = { check: 'a', subject: 'bpf_lamp_*', releases: 'v6.*', reason: 'so' };
  const finding = { subject: 'bpf_lamp_get', release: null, message: 'is dark' };
  expect(excuses(exception, 'a', finding)).toBe(false);
  expect(excuses({ ...exception, releases: '*' }, 'a', finding)).toBe(true);
  expect(excuses(exception, 'a', { ...finding, release: 'v6.12' })).toBe(true);
  expect(excuses(exception, 'b', { ...finding, release: 'v6.12' })).toBe(false);
});
