import { nameIn, nearest } from './nearest.ts';

/** Shows, above the page's list of all names, those that are nearest to the address asked for. */
const section = document.getElementById('nearest');
const entries = [...document.querySelectorAll('#names li')].map((entry) => ({
  entry,
  name: entry.querySelector('a')?.textContent ?? '',
}));
const found = nearest(nameIn(location.pathname), entries);
if (section !== null && found.length > 0) {
  section.querySelector('ul')?.append(...found.map(({ entry }) => entry.cloneNode(true)));
  section.hidden = false;
}
