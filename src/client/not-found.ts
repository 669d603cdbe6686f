import { nameIn, nearest } from './nearest.ts';

/**
 * Puts the names that are nearest to the address asked for above the page's list of all. The section is made
 * here: text browsers would show one that is hidden.
 */
const all = document.getElementById('names');
const entries = [...(all?.querySelectorAll('li') ?? [])].map((entry) => ({
  entry,
  name: entry.querySelector('a')?.textContent ?? '',
}));
const found = nearest(nameIn(location.pathname), entries);
if (found.length > 0) {
  const heading = document.createElement('h2');
  heading.id = 'nearest';
  heading.textContent = 'Did you mean';
  const list = document.createElement('ul');
  list.append(...found.map(({ entry }) => entry.cloneNode(true)));
  const section = document.createElement('section');
  section.setAttribute('aria-labelledby', heading.id);
  section.append(heading, list);
  all?.before(section);
}
