import type { KfuncEntry } from '../search/entry.ts';
import { type FacetKey, facetKeys, facets, type Values } from '../search/facets.ts';
import { counted, type View } from '../search/table.ts';
import { element } from './search-result.ts';

interface Heard {
  choose: (key: FacetKey, value: string) => void;
  type: (text: string) => void;
  clear: () => void;
}

/** The controls above the table. */
export interface Form {
  element: HTMLElement;
  /** Shows a view; `chosen` is what the values in it were understood as. */
  set: (view: View, chosen: View['chosen']) => void;
  /** Says how many kfuncs are shown, to a screen reader too. */
  tell: (words: string) => void;
}

export function makeForm(kfuncs: readonly KfuncEntry[], values: Values, heard: Heard): Form {
  const form = document.createElement('form');
  const text = document.createElement('input');
  const more = document.createElement('details');
  const status = element('p', 'br-status');
  const clear = document.createElement('button');
  form.className = 'br-form';
  form.setAttribute('aria-label', 'Filter the table');
  text.type = 'search';
  text.placeholder = 'cpumask flag:KF_RCU';
  text.spellcheck = false;
  text.autocomplete = 'off';
  more.open = matchMedia('(width >= 40rem)').matches;
  more.className = 'br-more';
  status.setAttribute('role', 'status');
  clear.type = 'button';
  clear.textContent = 'Clear';
  const selects = facetKeys.map((key) => [key, selectOf(key, kfuncs, values)] as const);
  const labelled = selects.map(([key, select]) => labelOf(facets[key].label, select, `by-${key}`));
  const fields = element('div', 'br-fields');
  fields.append(...labelled);
  more.append(element('summary', '', 'Filters'), fields);
  const foot = element('div', 'br-foot');
  foot.append(status, clear);
  form.append(labelOf('Name, or filters in words', text, 'by-words'), foot, more);
  text.addEventListener('input', () => {
    heard.type(text.value);
  });
  for (const [key, select] of selects) {
    select.addEventListener('change', () => {
      heard.choose(key, select.value);
    });
  }
  clear.addEventListener('click', () => {
    heard.clear();
    text.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  return {
    element: form,
    set(view, chosen) {
      if (text.value !== view.text) text.value = view.text;
      for (const [key, select] of selects) show(select, chosen[key] ?? view.chosen[key] ?? '');
      clear.hidden = view.text === '' && Object.values(view.chosen).every((value) => value === '');
    },
    tell(words) {
      if (status.textContent !== words) status.textContent = words;
    },
  };
}

function selectOf(key: FacetKey, kfuncs: readonly KfuncEntry[], values: Values): HTMLSelectElement {
  const select = document.createElement('select');
  const known = counted(key, kfuncs, values);
  // The newest release first.
  const options = key === 'since' ? known.toReversed() : known;
  select.append(
    new Option('any', ''),
    ...options.map(([value, count]) => new Option(`${value} (${count})`, value)),
  );
  return select;
}

/** A value that has no option of its own (`6.6..6.8`) gets one. */
function show(select: HTMLSelectElement, value: string): void {
  if (select.value === value) return;
  const has = [...select.options].some((option) => option.value === value);
  if (!has) select.append(new Option(value, value));
  select.value = value;
}

/** A control below its label. */
function labelOf(words: string, control: HTMLElement, id: string): HTMLElement {
  const field = element('div', 'br-field');
  const label = document.createElement('label');
  label.textContent = words;
  label.htmlFor = id;
  control.id = id;
  field.append(label, control);
  return field;
}
