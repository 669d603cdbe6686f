/**
 * Puts a button that copies the text of an element into each list that names one: without this, one
 * selects the text. Where the browser lets no page write the clipboard (no TLS), the text is selected.
 */
for (const list of document.querySelectorAll('[data-copies]')) {
  const target = document.getElementById(list.getAttribute('data-copies') ?? '');
  if (target === null) continue;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void copy(target).then((done) => {
      button.textContent = done ? 'Copied' : 'Selected: copy it with Ctrl-C';
    });
  });
  const item = document.createElement('li');
  item.append(button);
  list.prepend(item);
}

async function copy(target: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(target.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(target);
    return false;
  }
}
