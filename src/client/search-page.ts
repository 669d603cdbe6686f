/** The page that searches: what `?q=` asks for, and what one goes on to type. */
import type { Answer } from '../search/rank.ts';
import { loadSearch } from './search-data.ts';
import { countWords, element, fill, tell } from './search-result.ts';

/** So many results are shown until all are asked for. */
const first = 100;

const form = document.querySelector<HTMLFormElement>('form.search[data-here]');
const input = form?.querySelector('input');
const place = document.querySelector('#results');
if (form && input && place) {
  const base = new URL('..', form.action).href;
  const status = element('p', 'sr-count');
  const list = document.createElement('ol');
  status.setAttribute('role', 'status');
  list.className = 'sr-results';
  const asked = () => new URLSearchParams(location.search).get('q') ?? '';
  const draw = (answer: Answer, most: number) => {
    const { results } = answer;
    const items = results.slice(0, most).map((result) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      fill(link, tell(result), base);
      item.append(link);
      return item;
    });
    list.replaceChildren(...items);
    status.textContent = input.value.trim() === '' ? '' : countWords(results.length, answer);
    place.replaceChildren(status, list);
    if (results.length > most) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `Show all ${results.length}`;
      button.addEventListener('click', () => {
        draw(answer, Infinity);
        list.children[most]?.querySelector('a')?.focus();
      });
      place.append(button);
    }
  };
  input.value = asked();
  loadSearch(form.action).then(
    (search) => {
      const update = () => {
        draw(search(input.value), first);
      };
      const follow = (keep: 'pushState' | 'replaceState') => {
        if (input.value === asked()) return;
        history[keep](null, '', `?q=${encodeURIComponent(input.value)}`);
      };
      input.addEventListener('input', () => {
        follow('replaceState');
        update();
      });
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        follow('pushState');
        update();
      });
      addEventListener('popstate', () => {
        input.value = asked();
        update();
      });
      update();
    },
    () => {
      place.textContent = 'The search could not be loaded. Try again, or browse instead.';
    },
  );
}
