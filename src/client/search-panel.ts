import type { Answer } from '../search/rank.ts';
import { loadSearch, type Search } from './search-data.ts';
import { countWords, element, fill, tell } from './search-result.ts';

/** So many results are listed below the box; the page that searches shows all. */
const most = 8;
/** A screen reader is told how many there are once the typing pauses for so many milliseconds. */
const pause = 400;

/**
 * Makes the box a combobox: results as one types in a list below it, arrows to go through them, Enter to
 * open one, Escape to close the list.
 */
export function attach(form: HTMLFormElement, input: HTMLInputElement): void {
  const base = new URL('..', form.action).href;
  const list = element('div', 'sr-list');
  const status = element('p', 'sr-status');
  const live = element('p', 'unseen');
  const panel = element('div', 'sr-panel');
  list.id = 'search-results';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Results');
  live.setAttribute('role', 'status');
  panel.hidden = true;
  panel.append(status, list);
  form.append(panel, live);
  setAttributes(input, {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  });
  let search: Search | null = null;
  let active = -1;
  let timer = 0;

  const options = () => [...list.children] as HTMLAnchorElement[];

  function choose(index: number): void {
    const all = options();
    all[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = all[index];
    if (option === undefined) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function show(isOpen: boolean): void {
    panel.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen && list.childElementCount > 0));
    if (!isOpen) choose(-1);
  }

  function announce(words: string): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      live.textContent = words;
    }, pause);
  }

  function draw(answer: Answer): void {
    choose(-1);
    const { results, problems, isNear } = answer;
    const shown = results.slice(0, most).map((result, i) => {
      const link = option(i);
      fill(link, tell(result), base);
      return link;
    });
    if (results.length > most) {
      const link = option(most);
      link.href = `${form.action}?q=${encodeURIComponent(input.value)}`;
      link.classList.add('sr-all');
      link.textContent = `All ${results.length} results`;
      shown.push(link);
    }
    list.replaceChildren(...shown);
    list.hidden = shown.length === 0;
    const words = countWords(results.length, answer);
    // How many there are is seen; a screen reader is told.
    status.textContent = results.length === 0 || isNear ? words : problems.join(' ');
    status.hidden = status.textContent === '';
    announce(words);
    show(true);
  }

  function update(): void {
    if (search === null) return;
    if (input.value.trim() === '') {
      show(false);
      announce('');
    } else draw(search(input.value));
  }

  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    const count = list.childElementCount;
    if (event.key === 'Escape' && !panel.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey) {
      event.preventDefault();
      if (panel.hidden) update();
      else if (count > 0) choose(next(active, event.key === 'ArrowDown' ? 1 : -1, count));
    } else if (event.key === 'Enter' && !event.isComposing) {
      const first = options()[0];
      const isNamed = first?.querySelector('.sr-name')?.textContent === input.value.trim();
      const target = panel.hidden
        ? undefined
        : (options()[active] ?? (isNamed ? first : undefined));
      if (target === undefined) return;
      event.preventDefault();
      target.click();
    }
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) show(false);
  });
  input.addEventListener('focus', update);
  loadSearch(form.action).then(
    (loaded) => {
      search = loaded;
      if (document.activeElement === input) update();
    },
    () => {
      announce('The search could not be loaded.');
    },
  );
}

/** Through the box itself (-1) and round. */
function next(active: number, step: number, count: number): number {
  const at = active + step;
  return at >= count ? -1 : at < -1 ? count - 1 : at;
}

function option(index: number): HTMLAnchorElement {
  const link = document.createElement('a');
  link.id = `search-result-${index}`;
  link.tabIndex = -1;
  setAttributes(link, { role: 'option', 'aria-selected': 'false' });
  return link;
}

function setAttributes(to: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) to.setAttribute(name, value);
}
