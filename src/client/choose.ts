/**
 * Lets one tick kfuncs and save their feeds as a file: the one of all kfuncs, cut down. Without this, one
 * takes a file as it is.
 */
const list = document.querySelector('#choose ul');
const all = document.querySelector<HTMLAnchorElement>('#all-feeds');
if (list !== null && all !== null) {
  const boxes = [...list.children].map((item) => {
    const box = document.createElement('input');
    const label = document.createElement('label');
    const name = item.textContent.trim();
    box.type = 'checkbox';
    box.value = name;
    box.setAttribute('aria-label', `Follow ${name}`);
    label.append(box);
    item.prepend(label, ' ');
    return box;
  });
  const button = document.createElement('button');
  button.type = 'button';
  list.before(button);
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const tell = () => {
    const { length } = chosen();
    button.disabled = length === 0;
    button.textContent =
      length === 0 ? 'Tick what you call' : `Save the feeds of ${length} as a file (OPML)`;
  };
  list.addEventListener('change', tell);
  button.addEventListener('click', () => void save(all.href, new Set(chosen())));
  tell();
}

async function save(from: string, names: ReadonlySet<string>): Promise<void> {
  const text = await (await fetch(from)).text();
  const file = new DOMParser().parseFromString(text, 'text/xml');
  for (const outline of file.querySelectorAll('outline')) {
    if (!names.has(outline.getAttribute('text') ?? '')) outline.remove();
    for (const name of ['xmlUrl', 'htmlUrl']) {
      outline.setAttribute(name, new URL(outline.getAttribute(name) ?? '', from).href);
    }
  }
  const link = document.createElement('a');
  const body = new XMLSerializer().serializeToString(file);
  link.href = URL.createObjectURL(new Blob([body], { type: 'text/x-opml' }));
  link.download = 'kfuncs.opml';
  link.click();
  URL.revokeObjectURL(link.href);
}
