import { describe, expect, it } from 'vitest';
import { parseFilterNote } from './notes.ts';

const note = { filter: 'lamp_filter', file: 'kernel/lamp.c', since: 'v6.12' };

describe('the front matter of a note on a filter', () => {
  it('names the filter, its file and the oldest release it was read in', () => {
    expect(parseFilterNote('content/filters/lamp_filter.md', note)).toEqual(note);
  });

  it('is refused when a field is missing, with the file and the field', () => {
    expect(() => parseFilterNote('lamp_filter.md', { ...note, since: undefined })).toThrow(
      /^lamp_filter\.md: since: /,
    );
  });

  it('is refused when a field has a name of its own', () => {
    expect(() => parseFilterNote('lamp_filter.md', { ...note, until: 'v7.0' })).toThrow(/until/);
  });

  it('is refused when it is missing as a whole', () => {
    expect(() => parseFilterNote('lamp_filter.md', undefined)).toThrow(/^lamp_filter\.md: /);
  });

  it('is refused when the file is named for another filter', () => {
    expect(() => parseFilterNote('content/filters/sun_filter.md', note)).toThrow(
      'content/filters/sun_filter.md: filter is lamp_filter, which the file is not named for.',
    );
  });
});
