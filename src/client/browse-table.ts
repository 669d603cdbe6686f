import type { SortKey, View } from '../search/table.ts';

/** The table, to be narrowed and put in order. */
export interface Table {
  show: (names: ReadonlySet<string>) => void;
  /** `order` is that of all names; null puts them back into their groups. */
  sort: (by: View['sort'], order: readonly string[] | null) => void;
}

/** Makes buttons of the heads of columns that can be sorted by; `onSort` hears which was pressed. */
export function makeTable(table: HTMLTableElement, onSort: (key: SortKey) => void): Table {
  const groups = [...table.tBodies].map((body) => {
    const [head, ...rows] = [...body.rows];
    return { body, head, rows, size: head?.querySelector('.size') ?? null };
  });
  const all = groups.flatMap(({ rows }) => rows);
  const byName = new Map(all.map((row) => [row.dataset.name ?? '', row]));
  const single = document.createElement('tbody');
  const heads = [...table.querySelectorAll<HTMLElement>('thead [data-sort]')];
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => {
      onSort(head.dataset.sort as SortKey);
    });
    head.append(button);
  }
  let now = '';
  return {
    show(names) {
      for (const [name, row] of byName) row.hidden = !names.has(name);
      for (const { head, rows, size } of groups) {
        const count = rows.filter((row) => !row.hidden).length;
        if (head !== undefined) head.hidden = count === 0;
        if (size !== null) size.textContent = `${count}`;
      }
    },
    sort(by, order) {
      const next = by === null ? '' : `${by.key} ${by.isDown}`;
      if (next === now) return;
      now = next;
      for (const head of heads) {
        if (by === null || head.dataset.sort !== by.key) head.removeAttribute('aria-sort');
        else head.setAttribute('aria-sort', by.isDown ? 'descending' : 'ascending');
      }
      if (order === null) {
        single.remove();
        for (const { body, rows } of groups) body.append(...rows);
      } else {
        single.append(...order.flatMap((name) => byName.get(name) ?? []));
        table.append(single);
      }
      for (const { body } of groups) body.hidden = order !== null;
    },
  };
}
