import type { SortKey, View } from '../search/table.ts';

/** The table, to be narrowed and put in order. */
export interface Table {
  show: (names: ReadonlySet<string>) => void;
  /** `order` is that of all names; null puts them back into their groups. */
  sort: (by: View['sort'], order: readonly string[] | null) => void;
}

/** So many rows come back at once; more fill no window, and the browser needs time for them. */
const atOnce = 60;

/** Makes buttons of the heads of columns that can be sorted by; `onSort` hears which was pressed. */
export function makeTable(table: HTMLTableElement, onSort: (key: SortKey) => void): Table {
  const groups = [...table.tBodies].map((body) => {
    const [head, ...rows] = [...body.rows];
    return { body, head, rows, size: head?.querySelector('.size') ?? null };
  });
  const byName = new Map(
    groups.flatMap(({ rows }) => rows).map((row) => [row.dataset.name ?? '', row]),
  );
  const heads = headsOf(table, onSort);
  const single = document.createElement('tbody');
  let names: readonly string[] = [...byName.keys()];
  let sortedBy = '';
  let frame = 0;

  function reveal(rows: HTMLTableRowElement[]): void {
    for (const row of rows.splice(0, atOnce)) row.hidden = false;
    if (rows.length > 0) {
      frame = requestAnimationFrame(() => {
        reveal(rows);
      });
    }
  }

  return {
    show(wanted) {
      cancelAnimationFrame(frame);
      const back: HTMLTableRowElement[] = [];
      for (const name of names) {
        const row = byName.get(name);
        if (row === undefined) continue;
        if (!wanted.has(name)) row.hidden = true;
        else if (row.hidden) back.push(row);
      }
      for (const { head, rows, size } of groups) {
        const count = rows.filter((row) => wanted.has(row.dataset.name ?? '')).length;
        if (head !== undefined) head.hidden = count === 0;
        if (size !== null) size.textContent = `${count}`;
      }
      reveal(back);
    },
    sort(by, order) {
      const next = by === null ? '' : `${by.key} ${by.isDown}`;
      if (next === sortedBy) return;
      sortedBy = next;
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
      names = order ?? [...byName.keys()];
    },
  };
}

function headsOf(table: HTMLTableElement, onSort: (key: SortKey) => void): HTMLElement[] {
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
  return heads;
}
