/**
 * Light, dark, or as the system has it: applied in the head, before anything is painted, and kept. The
 * button is made here, so that pages without scripts show none; the style sheet keeps its place free.
 * Bundled on its own (`?worker&url`), since a module would run after the first paint.
 */
export {};

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const key = 'kfunc-atlas-theme';
const root = document.documentElement;

function kept(): Theme {
  try {
    const word = localStorage.getItem(key);
    return themes.find((theme) => theme === word) ?? 'system';
  } catch {
    return current();
  }
}

function current(): Theme {
  return themes.find((theme) => theme === root.dataset.theme) ?? 'system';
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage is closed to the page: the choice holds for this page alone.
  }
}

const button = document.createElement('button');
button.type = 'button';
button.className = 'theme';

function apply(theme: Theme): void {
  root.dataset.theme = theme;
  button.title = `Theme: ${theme}`;
  button.setAttribute('aria-label', button.title);
}

button.addEventListener('click', () => {
  const next = themes[(themes.indexOf(current()) + 1) % themes.length]!;
  keep(next);
  apply(next);
});
addEventListener('storage', () => {
  apply(kept());
});
// A page that comes back from the browser's memory has missed what was chosen since.
addEventListener('pageshow', () => {
  apply(kept());
});
document.addEventListener('DOMContentLoaded', () => {
  document.querySelector('.switch')?.append(button);
});
apply(kept());
