/** The ids that Sphinx gives to the headings of a page: docutils, nodes.py, make_id() and set_id(). */

/** Letters that do not come apart into one of ASCII and a mark, as docutils spells them. */
const spelt: Readonly<Record<string, string>> = {
  ß: 'sz',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
};

/** `2.3.1 __sz Annotation` -> `sz-annotation`; empty where nothing is left. */
export function makeId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßæœøđħıłŧ]/g, (letter) => spelt[letter]!)
    .normalize('NFKD')
    .replace(/[^\0-\x7f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .replace(/-$/, '');
}

/** The text of a title without its markup: ``` ``struct cpumask`` ``` -> `struct cpumask`. */
export function titleText(title: string): string {
  return (
    title
      .trim()
      // :c:func:`f`, :ref:`words <label>`
      .replace(/(?<![\w:])(?::[A-Za-z][\w.-]{0,30}){1,3}:(?=`[^`])/g, '')
      .replace(/``([^`]+)``/g, '$1')
      .replace(/`([^`<]+?)(?:\s*<[^`<>]*>)?`_{0,2}/g, '$1')
      .replace(/\*{1,2}(?=\S)([^*]+)\*{1,2}/g, '$1')
      .replace(/\\(.)/g, '$1')
      .replace(/\s+/g, ' ')
  );
}

/** The ids of one page, given out in the order in which its text asks for them. */
export class Anchors {
  private readonly taken = new Set<string>();
  private count = 0;

  /** The id of something that has a name; `isOwn` tells one made of it from a number (`id1`). */
  named(name: string): { id: string; isOwn: boolean } {
    const id = makeId(name);
    if (id === '' || this.taken.has(id)) return { id: this.numbered(), isOwn: false };
    this.taken.add(id);
    return { id, isOwn: true };
  }

  /** The id of something without a name. */
  numbered(): string {
    let id: string;
    do id = `id${++this.count}`;
    while (this.taken.has(id));
    this.taken.add(id);
    return id;
  }
}
