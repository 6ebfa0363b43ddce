/*
 * The mailbox's page: one document with its style and script inside, so that it works without any other host.
 */

import { faultScenarios } from './faults';

/** A mail's HTML with its links set to open in a new tab. */
export const sandboxedHtml = (html: string): string => {
  const base = '<base target="_blank">';
  // Before the doctype it would switch the browser to its ancient layout.
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
};

const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f2; --paper: #ffffff; --ink: #1d1c1a; --soft: #5f5b53; --line: #dedad2;
  --accent: #8a3b12; --chosen: #f3e6dc; --new: #b4532a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161513; --paper: #1f1e1b; --ink: #efece6; --soft: #a9a398; --line: #38352f;
    --accent: #f0a47c; --chosen: #372a22; --new: #f0a47c;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template: auto 1fr / minmax(17rem, 24rem) 1fr; background: var(--ground); color: var(--ink);
  font: 0.9375rem/1.5 system-ui, sans-serif;
}
header {
  grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center;
  padding: 0.75rem 1rem; border-bottom: 1px solid var(--line); background: var(--paper);
}
h1 { font-size: 1.0625rem; margin: 0; letter-spacing: -0.01em; }
header p { margin: 0; color: var(--soft); }
input, button {
  font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 0.5rem;
  padding: 0.375rem 0.75rem; min-height: 2.5rem;
}
input { flex: 1 1 14rem; min-width: 0; max-width: 28rem; margin-left: auto; }
input::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav { overflow-y: auto; border-right: 1px solid var(--line); background: var(--paper); min-height: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a {
  display: grid; grid-template-columns: 1fr auto; gap: 0 0.75rem; padding: 0.75rem 1rem; color: inherit;
  text-decoration: none; border-bottom: 1px solid var(--line);
}
nav a:hover { background: var(--ground); }
nav a[aria-current] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
nav strong { font-weight: 600; grid-column: 1 / -1; overflow-wrap: anywhere; }
nav span, nav time { color: var(--soft); font-size: 0.8125rem; }
nav span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav a.fresh strong::before { content: "● "; color: var(--new); font-size: 0.75em; vertical-align: 0.15em; }
main { display: flex; flex-direction: column; min-width: 0; min-height: 0; overflow-y: auto; }
.empty { padding: 3rem 1.5rem; color: var(--soft); text-align: center; max-width: 34rem; margin: 0 auto; }
article { display: flex; flex-direction: column; flex: 1; padding: 1rem 1.25rem; gap: 0.75rem; min-height: 0; }
h2 { font-size: 1.375rem; line-height: 1.25; letter-spacing: -0.015em; margin: 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 0.75rem; margin: 0; font-size: 0.875rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.tabs { display: flex; gap: 0.375rem; flex-wrap: wrap; }
.tabs button[aria-selected="true"] { background: var(--chosen); border-color: var(--accent); }
iframe { flex: 1; min-height: 32rem; width: 100%; border: 1px solid var(--line); border-radius: 0.75rem; background: #fff; }
pre {
  margin: 0; padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem;
  white-space: pre-wrap; overflow-wrap: anywhere; font: 0.875rem/1.6 ui-monospace, monospace;
}
.back { display: none; align-self: start; }
details { position: relative; }
summary {
  cursor: pointer; list-style: none; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.375rem 0.75rem;
  min-height: 2.5rem; background: var(--ground);
}
summary.armed { border-color: var(--accent); color: var(--accent); }
details form {
  position: absolute; right: 0; top: calc(100% + 0.375rem); z-index: 1; display: grid; gap: 0.5rem; width: min(22rem, 90vw);
  padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem;
}
details label { display: grid; gap: 0.125rem; font-size: 0.8125rem; color: var(--soft); }
details input, select { max-width: none; margin: 0; color: var(--ink); }
select {
  font: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.375rem 0.5rem;
  min-height: 2.5rem;
}
details p { font-size: 0.875rem; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
@media (max-width: 46rem) {
  body { grid-template-columns: 1fr; }
  nav { border-right: 0; }
  input { max-width: none; margin-left: 0; flex-basis: 100%; }
  body.reading nav, body.reading header, body:not(.reading) main { display: none; }
  .back { display: inline-block; }
  article { padding: 0.75rem; }
}
`;

const SCRIPT = `
const POLL_MS = 2000;
const list = document.getElementById('list');
const main = document.getElementById('main');
const count = document.getElementById('count');
const search = document.getElementById('search');
const startedAt = new Date().toISOString();
const seen = new Set(JSON.parse(sessionStorage.getItem('seen') || '[]'));
let mails = [];
let etag = '';
let shown = '';
let view = 'html';

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};
const chosenId = () => decodeURIComponent(location.hash.slice(1));
const clock = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat([], { day: 'numeric', month: 'short' });
const shortTime = (iso) => {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : calendar.format(date);
};

const showList = () => {
  const current = chosenId();
  list.replaceChildren(...mails.map((mail) => {
    const link = element('a', { href: '#' + mail.id, className: mail.createdAt > startedAt && !seen.has(mail.id) ? 'fresh' : '' },
      element('strong', { textContent: mail.subject }),
      element('span', { textContent: mail.to.join(', '), title: mail.to.join(', ') }),
      element('time', { dateTime: mail.createdAt, textContent: shortTime(mail.createdAt) }));
    if (mail.id === current) link.setAttribute('aria-current', 'true');
    return element('li', {}, link);
  }));
  const text = mails.length === 1 ? '1 mail' : mails.length + ' mails';
  if (count.textContent !== text) count.textContent = text;
};

const rows = (mail) => [
  ['From', mail.from], ['To', mail.to.join(', ')], ['Cc', mail.cc.join(', ')], ['Bcc', mail.bcc.join(', ')],
  ['Reply to', mail.replyTo.join(', ')], ['Sent', new Date(mail.createdAt).toLocaleString()],
  ['Scheduled', mail.scheduledAt],
  ['Attached', mail.attachments.map((file) => (file.filename || 'unnamed') + ' (' + file.bytes + ' bytes)').join(', ')],
].filter(([, value]) => value);

const headersText = (mail) => [
  ['Id', mail.id], ['Idempotency-Key', mail.idempotencyKey], ['Batch', mail.batchId],
  ...Object.entries(mail.headers), ...mail.tags.map((tag) => ['Tag', tag.name + '=' + tag.value]),
].filter(([, value]) => value).map(([name, value]) => name + ': ' + value).join('\\n');

const fates = [['email.delivered', 'Delivered'], ['email.bounced', 'Bounced'], ['email.complained', 'Marked as spam']];
const reportBar = (mail) => {
  const said = element('span', { role: 'status' });
  const buttons = fates.map(([type, text]) => element('button', { type: 'button', textContent: text, onclick: async () => {
    const answer = await fetch('/api/mails/' + mail.id + '/events', { method: 'POST', body: JSON.stringify({ type }) });
    said.textContent = answer.ok ? 'Reported: ' + text.toLowerCase() : answer.status === 409 ? 'Nobody is set who could be told.' : 'That did not work.';
  } }));
  return element('div', { className: 'tabs' }, ...buttons, said);
};

const body = (mail, tab) => {
  if (tab === 'html') {
    const frame = element('iframe', { title: 'The mail', src: '/mails/' + mail.id + '/html' });
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    return frame;
  }
  return element('pre', { textContent: tab === 'text' ? mail.text : headersText(mail) });
};

const showMail = () => {
  const id = chosenId();
  const mail = mails.find((candidate) => candidate.id === id);
  document.body.classList.toggle('reading', Boolean(mail));
  if (!mail) {
    shown = '';
    main.replaceChildren(element('p', { className: 'empty', textContent: mails.length > 0
      ? 'Choose a mail to read it.'
      : 'Nothing here yet. Every mail that Convene sends on this machine lands here within a moment; none leaves it.' }));
    return;
  }
  const tabs = [mail.html && 'html', mail.text && 'text', 'headers'].filter(Boolean);
  const tab = tabs.includes(view) ? view : tabs[0];
  if (shown === id + tab) return;
  shown = id + tab;
  seen.add(id);
  sessionStorage.setItem('seen', JSON.stringify([...seen].slice(-200)));
  const facts = element('dl');
  for (const [name, value] of rows(mail)) facts.append(element('dt', { textContent: name }), element('dd', { textContent: value }));
  const bar = element('div', { className: 'tabs', role: 'tablist' });
  for (const name of tabs) {
    const button = element('button', { type: 'button', role: 'tab', textContent: name === 'html' ? 'HTML' : name === 'text' ? 'Text' : 'Headers',
      onclick: () => { view = name; showMail(); } });
    button.setAttribute('aria-selected', String(name === tab));
    bar.append(button);
  }
  const back = element('button', { type: 'button', className: 'back', textContent: '← All mails', onclick: () => { location.hash = ''; } });
  main.replaceChildren(element('article', {}, back, element('h2', { textContent: mail.subject, tabIndex: -1 }), facts, reportBar(mail), bar, body(mail, tab)));
};

const show = () => { showMail(); showList(); };

const load = async () => {
  const answer = await fetch('/api/mails?q=' + encodeURIComponent(search.value.trim()), { headers: etag ? { 'if-none-match': etag } : {} });
  if (answer.status === 304) return;
  etag = answer.headers.get('etag') || '';
  mails = (await answer.json()).mails;
  show();
};
const planned = document.getElementById('planned');
const showFaults = ({ faults }) => {
  const times = faults.reduce((sum, fault) => sum + fault.times, 0);
  document.querySelector('summary').classList.toggle('armed', times > 0);
  planned.textContent = times === 0 ? 'All sends succeed.' : faults.map((fault) =>
    fault.times + ' × ' + [fault.kind, fault.status, fault.name, fault.when === 'after' ? 'mail taken' : '', fault.to].filter(Boolean).join(', ')).join('; ');
};
const loadFaults = async () => showFaults(await (await fetch('/_control')).json());
document.getElementById('fail').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { scenario, times, to } = Object.fromEntries(new FormData(event.target));
  const fault = { ...JSON.parse(scenario), times: Number(times), ...(to ? { to } : {}) };
  const answer = await fetch('/_control', { method: 'POST', body: JSON.stringify({ faults: [fault] }) });
  if (answer.ok) showFaults(await answer.json());
  else planned.textContent = 'That was refused.';
});
document.getElementById('heal').addEventListener('click', async () => {
  showFaults(await (await fetch('/_control', { method: 'DELETE' })).json());
});

const poll = async () => {
  if (!document.hidden) {
    try { await load(); await loadFaults(); } catch { count.textContent = 'The mailbox does not answer'; etag = ''; }
  }
  setTimeout(poll, POLL_MS);
};

search.addEventListener('input', () => { etag = ''; load(); });
addEventListener('hashchange', show);
document.addEventListener('visibilitychange', () => { if (!document.hidden) load(); });
document.getElementById('clear').addEventListener('click', async () => {
  if (!confirm('Delete all mails?')) return;
  await fetch('/api/mails', { method: 'DELETE' });
  location.hash = '';
  await load();
});
poll();
`;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%238a3b12'/%3E%3Cpath d='M7 11h18v11H7zm0 0 9 7 9-7' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const scenarioOptions = Object.entries(faultScenarios)
  .map(([name, fault]) => `<option value="${escaped(JSON.stringify(fault))}">${escaped(name)}</option>`)
  .join('');

/** @param nonce what the page's policy allows its style and script by */
export const mailboxPage = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Convene mailbox</title>
<link rel="icon" href="${ICON}">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header>
<h1>Convene mailbox</h1>
<p id="count" role="status"></p>
<input id="search" type="search" placeholder="Recipient or subject" aria-label="Search by recipient or subject" autocomplete="off">
<details>
<summary>Fail on purpose</summary>
<form id="fail">
<label>The next sends meet<select name="scenario">${scenarioOptions}</select></label>
<label>How many<input name="times" type="number" min="1" max="10000" value="1" required></label>
<label>Only to this address<input name="to" type="email" placeholder="any" autocomplete="off"></label>
<button type="submit">Fail</button>
<button id="heal" type="button">Let all succeed</button>
<p id="planned" role="status"></p>
</form>
</details>
<button id="clear" type="button">Delete all</button>
</header>
<nav aria-label="Mails"><ul id="list"></ul></nav>
<main id="main"></main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
