import type { Locale, NotificationCategory, NotificationType } from '@convene/common';

/** A mail as the page lists it, once for each language. */
export type PreviewEntry = {
  type: NotificationType;
  category: NotificationCategory;
  locale: Locale;
  subject: string;
};

/*
 * One document with its style and script inside, so that it works without any other host. Without the script the list
 * still opens each mail in the frame.
 */

const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f2ee; --paper: #fff; --ink: #1c1b19; --soft: #6a655b; --line: #e4dfd6; --accent: #1f4d3f; --chosen: #e6efe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #151513; --paper: #1f1e1b; --ink: #f5f2ec; --soft: #a8a296; --line: #37342e; --accent: #9ad7bd; --chosen: #24332c;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template: auto 1fr / minmax(16rem, 22rem) 1fr; background: var(--ground); color: var(--ink);
  font: 0.9375rem/1.5 system-ui, sans-serif;
}
header {
  grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center;
  padding: 0.625rem 1rem; border-bottom: 1px solid var(--line); background: var(--paper);
}
h1 { font-size: 1.0625rem; margin: 0 auto 0 0; letter-spacing: -0.01em; }
fieldset { display: flex; gap: 0.25rem; margin: 0; padding: 0; border: 0; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
label { cursor: pointer; }
label span {
  display: block; padding: 0.375rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--ground);
}
label input { position: absolute; opacity: 0; }
label input:checked + span { background: var(--chosen); border-color: var(--accent); }
label input:focus-visible + span, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav { overflow-y: auto; border-right: 1px solid var(--line); background: var(--paper); min-height: 0; }
h2 { font-size: 0.8125rem; margin: 0; padding: 1rem 1rem 0.25rem; color: var(--soft); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 0.5rem 1rem; color: inherit; text-decoration: none; }
nav a:hover { background: var(--ground); }
nav a[aria-current] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
nav a strong { display: block; font-weight: 600; overflow-wrap: anywhere; }
nav a span { display: block; color: var(--soft); font-size: 0.8125rem; }
main { display: flex; justify-content: center; min-width: 0; min-height: 0; padding: 1rem; overflow: auto; }
iframe { width: 100%; height: 100%; border: 1px solid var(--line); border-radius: 0.75rem; background: Canvas; }
body[data-width="phone"] iframe { width: 390px; }
@media (max-width: 46rem) {
  body { grid-template: auto minmax(8rem, 30vh) 1fr / 1fr; }
  nav { border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 0; }
  iframe { border: 0; border-radius: 0; }
}
`;

const SCRIPT = `
const form = document.querySelector('form');
const frame = document.querySelector('iframe');
const anchors = [...document.querySelectorAll('nav a')];
const chosen = () => Object.fromEntries(new FormData(form));
const show = () => {
  const { locale, format, width, scheme } = chosen();
  const type = decodeURIComponent(location.hash.slice(1)) || anchors[0].dataset.type;
  document.body.dataset.width = width;
  for (const anchor of anchors) {
    const isShown = anchor.dataset.locale === locale;
    anchor.parentElement.hidden = !isShown;
    if (isShown && anchor.dataset.type === type) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
  const source = type + '/' + locale + '/' + (format === 'text' ? format : scheme);
  if (frame.getAttribute('src') !== source) frame.src = source;
};
for (const anchor of anchors) anchor.addEventListener('click', (event) => {
  event.preventDefault();
  location.hash = anchor.dataset.type;
});
form.addEventListener('change', show);
addEventListener('hashchange', show);
show();
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const choice = (name: string, legend: string, options: [value: string, label: string][]): string =>
  `<fieldset><legend>${legend}</legend>${options
    .map(
      ([value, label], index) =>
        `<label><input type="radio" name="${name}" value="${value}"${index === 0 ? ' checked' : ''}><span>${label}</span></label>`,
    )
    .join('')}</fieldset>`;

const line = ({ type, locale, subject }: PreviewEntry): string =>
  `<li><a href="${type}/${locale}/html" target="mail" data-type="${type}" data-locale="${locale}"><strong>${type}</strong><span lang="${locale}">${escaped(subject)}</span></a></li>`;

const byCategory = (entries: PreviewEntry[]): string =>
  [...new Set(entries.map(({ category }) => category))]
    .map((category) => {
      const lines = entries.filter((entry) => entry.category === category).map(line);
      return `<h2>${category}</h2><ul>${lines.join('')}</ul>`;
    })
    .join('');

/** The page with every mail in every language, as HTML and as text, at two widths, light and dark. */
export const previewPage = (entries: PreviewEntry[]): string => {
  const count = new Set(entries.map(({ type }) => type)).size;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Convene: ${count} mails</title>
<style>${STYLE}</style>
</head>
<body data-width="desktop">
<header>
<h1>${count} mails</h1>
<form>
<div style="display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem">
${choice('locale', 'Language', [
  ['en', 'English'],
  ['ro', 'Română'],
])}
${choice('format', 'Part', [
  ['html', 'HTML'],
  ['text', 'Text'],
])}
${choice('width', 'Width', [
  ['desktop', 'Desktop'],
  ['phone', 'Phone'],
])}
${choice('scheme', 'Colours', [
  ['html', 'As the device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
])}
</div>
</form>
</header>
<nav aria-label="Mails">${byCategory(entries)}</nav>
<main><iframe name="mail" title="The mail" sandbox="allow-popups"></iframe></main>
<script>${SCRIPT}</script>
</body>
</html>
`;
};
