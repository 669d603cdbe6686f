/**
 * Filters and sorts the table of kfuncs in place; what is asked stands in the address, so that one can go
 * back and send it. Without this, the table is whole and there are pages by subsystem, flag and so on.
 */
import type { Entries } from '../search/entry.ts';
import { valuesOf } from '../search/facets.ts';
import { addressOf, readView, shownIn, sorted, type View } from '../search/table.ts';
import { makeForm } from './browse-form.ts';
import { makeTable } from './browse-table.ts';
import { loadEntries } from './search-entries.ts';

const place = document.querySelector<HTMLElement>('#filters');
const table = document.querySelector<HTMLTableElement>('table.browse');
const folder = place?.dataset.entries;
if (place && table && folder !== undefined) {
  loadEntries(new URL(folder, location.href).href).then(
    (entries) => {
      start(entries, place, table);
    },
    () => {
      place.textContent = 'The filters could not be loaded: the table below is whole.';
    },
  );
}

/** Milliseconds without a key, after which what was typed goes into the address. */
const pause = 300;

function start(entries: Entries, place: HTMLElement, table: HTMLTableElement): void {
  const { kfuncs } = entries;
  const values = valuesOf(entries);
  let view = readView(location.search);
  let timer = 0;
  const keep = (how: 'pushState' | 'replaceState') => {
    clearTimeout(timer);
    history[how](null, '', `${location.pathname}${addressOf(view)}`);
  };
  const go = (next: View) => {
    view = next;
    keep('pushState');
    draw();
  };
  const form = makeForm(kfuncs, values, {
    choose: (key, value) => {
      go({ ...view, chosen: { ...view.chosen, [key]: value } });
    },
    type: (text) => {
      view = { ...view, text };
      draw();
      // Browsers let a page set its address only so often.
      clearTimeout(timer);
      timer = window.setTimeout(keep, pause, 'replaceState');
    },
    clear: () => {
      go({ ...view, text: '', chosen: {} });
    },
  });
  const rows = makeTable(table, (key) => {
    const { sort } = view;
    const next =
      sort?.key !== key ? { key, isDown: false } : sort.isDown ? null : { key, isDown: true };
    go({ ...view, sort: next });
  });
  function draw(): void {
    const { names, problems, chosen } = shownIn(view, kfuncs, values);
    rows.sort(view.sort, view.sort === null ? null : sorted(entries, view.sort));
    rows.show(names);
    form.set(view, chosen);
    form.tell([...problems, `${names.size} of ${kfuncs.length} kfuncs.`].join(' '));
  }
  addEventListener('popstate', () => {
    view = readView(location.search);
    draw();
  });
  place.replaceChildren(form.element);
  draw();
}
