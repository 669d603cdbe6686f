/**
 * `/` focuses the search from everywhere, and what searches is loaded once the box has the focus: pages that
 * nobody searches from load no more than this. Without it, the box leads to the page that searches.
 */
const form = document.querySelector<HTMLFormElement>('form.search');
const input = form?.querySelector('input');
if (form && input) {
  const start = () => {
    if (form.dataset.here === undefined) {
      void import('./search-panel.ts').then(({ attach }) => {
        attach(form, input);
      });
    }
  };
  if (matchMedia('(hover: hover)').matches) input.placeholder += '  /';
  input.setAttribute('aria-keyshortcuts', '/');
  input.addEventListener('focus', start, { once: true });
  if (document.activeElement === input) start();
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (key !== '/' || ctrlKey || metaKey || altKey || isTyping(target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** Whether a key that is pressed there is text. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
