/** Colours say what words say too: nobody has to tell red from green. */
const STYLE = `
:root { color-scheme: light dark; --text: #1a2129; --soft: #5a6673; --line: #d9dfe5; --ground: #f6f8fa; --card: #fff;
  --up: #1a7f4b; --warn: #9a6700; --down: #c02f2f; --calm: #5a6673; }
@media (prefers-color-scheme: dark) { :root { --text: #e6ebf0; --soft: #9aa7b4; --line: #2c3540; --ground: #12171d;
  --card: #1a2129; --up: #4cc38a; --warn: #e3b341; --down: #ff7b72; --calm: #9aa7b4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.35rem; margin: 0; } h2 { font-size: 1rem; margin: 2rem 0 .75rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; flex-wrap: wrap; }
.soft { color: var(--soft); font-size: .875rem; }
#banner { margin: 1.25rem 0; padding: .9rem 1.1rem; border-radius: .5rem; border: 1px solid var(--line);
  border-left: .4rem solid var(--calm); background: var(--card); }
#banner[data-state=sees] { border-left-color: var(--up); }
#banner[data-state=waits] { border-left-color: var(--warn); }
#banner[data-state=blind] { border-left-color: var(--down); }
#banner strong { display: block; }
ul { list-style: none; margin: 0; padding: 0; }
#services { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem; }
#services li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .9rem 1.1rem; }
#services b { overflow-wrap: anywhere; }
.top { display: flex; justify-content: space-between; gap: .75rem; }
.verdict { font-weight: 600; white-space: nowrap; color: var(--calm); }
.verdict::before { content: '\\25CF\\00A0'; }
.verdict[data-verdict=up] { color: var(--up); }
.verdict[data-verdict=degraded], .verdict[data-verdict=mute], .verdict[data-verdict=missing] { color: var(--warn); }
.verdict[data-verdict=down] { color: var(--down); }
#events li { padding: .4rem 0; border-bottom: 1px solid var(--line); display: flex; gap: 1rem; }
#events time { color: var(--soft); font-variant-numeric: tabular-nums; }
#events span { overflow-wrap: anywhere; }
#books { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .7rem; text-align: right; white-space: nowrap; }
th { color: var(--soft); font-weight: 400; }
th:first-child, td:first-child { padding-left: 1.1rem; text-align: left; white-space: normal; }
th:last-child, td:last-child { padding-right: 1.1rem; }
tbody tr { border-top: 1px solid var(--line); }
a { color: inherit; }
`;

const SCRIPT = `
'use strict';
const at = (id) => document.getElementById(id);
const services = new Map();
let status;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function cardOf(service) {
  const card = element('li');
  const top = element('div', undefined, 'top');
  const verdict = element('span', service.verdict, 'verdict');
  verdict.dataset.verdict = service.verdict;
  top.append(element('b', service.service), verdict);
  const counts = Object.entries(service.instances).map(([state, count]) => count + ' ' + state).join(', ');
  card.append(top, element('div', service.alive + ' of ' + service.expected + ' alive', 'soft'));
  card.append(element('div', counts || 'no instances', 'soft'));
  if (service.maintenance) {
    card.append(element('div', 'maintenance until ' + new Date(service.maintenance.until).toLocaleString(), 'soft'));
  }
  return card;
}

function drawServices() {
  const sorted = [...services.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
  at('services').replaceChildren(...sorted.map(cardOf));
  at('none').hidden = sorted.length > 0;
}

/** What its books and contracts say of an edge, worst first. */
function verdictOf(edge) {
  const { notAccepted, unknownType, unknownVersion, invalidData } = edge.contracts.mismatches;
  if (!edge.balanced) return ['down', edge.books.lost + ' lost'];
  if (notAccepted || unknownType || unknownVersion || invalidData) return ['degraded', 'contracts differ'];
  return edge.books.published ? ['up', 'balanced'] : ['quiet', 'no messages yet'];
}

function rowOf(edge) {
  const row = element('tr');
  const [verdict, words] = verdictOf(edge);
  const shown = element('span', words, 'verdict');
  shown.dataset.verdict = verdict;
  const said = element('td');
  said.append(shown);
  const { published, delivered, inFlight, deadLettered } = edge.books;
  const { p99 } = edge.latencyMs;
  row.append(element('td', edge.producer + ' \\u2192 ' + edge.consumer + ' over ' + edge.topic), said);
  for (const number of [published, delivered, inFlight, deadLettered, edge.counts.duplicate])
    row.append(element('td', number.toLocaleString()));
  row.append(element('td', p99 === null ? '' : Math.round(p99).toLocaleString() + ' ms'));
  return row;
}

async function drawEdges() {
  const answer = await fetch('api/edges?limit=100').catch(() => undefined);
  if (!answer?.ok) return;
  const booked = (await answer.json()).items.filter(({ watchedBy }) => watchedBy === 'books');
  at('edges').replaceChildren(...booked.map(rowOf));
  at('edging').hidden = booked.length === 0;
}

function drawStatus() {
  const expected = status.reasons.every(({ reason }) => reason === 'warming' || reason === 'settling');
  at('banner').dataset.state = !status.blind ? 'sees' : expected ? 'waits' : 'blind';
  at('headline').textContent = !status.blind
    ? status.massSilence ? 'Many fell silent at once, and the channel works: this is real' : 'The monitor sees: verdicts can be trusted'
    : expected ? 'Verdicts are held for a moment' : 'The monitor is blind: verdicts are held';
  const why = status.reasons.map(({ reason, explanation }) => reason + ': ' + explanation).join('; ');
  at('why').textContent = why || 'since ' + new Date(status.since).toLocaleString();
  at('alerts').replaceChildren(...status.alerts.map((alert) =>
    element('li', [alert.severity, alert.name, alert.service, alert.summary].filter(Boolean).join(' \\u00B7 '))));
  at('alerting').hidden = status.alerts.length === 0;
}

function drawAge() {
  if (!status) return;
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(status.asOf)) / 1000));
  at('age').textContent = 'facts are ' + seconds + ' s old \\u00B7 replica ' + status.replica;
}

function tell(when, what) {
  const line = element('li');
  line.append(element('time', new Date(when).toLocaleTimeString()), element('span', what));
  at('events').prepend(line);
  at('calm').hidden = true;
  while (at('events').children.length > 50) at('events').lastChild.remove();
}

const stream = new EventSource('api/stream');
const on = (type, use) => stream.addEventListener(type, (event) => use(JSON.parse(event.data)));
on('snapshot', (all) => {
  services.clear();
  for (const service of all.services) services.set(service.service, service);
  status = all.status;
  drawServices(); drawStatus(); drawAge(); drawEdges();
});
on('service', (service) => { services.set(service.service, service); drawServices(); });
on('status', (next) => { status = next; drawStatus(); drawAge(); drawEdges(); });
on('transition', (t) => tell(t.at, t.service + ' ' + t.instanceId + ': ' + t.from + ' \\u2192 ' + t.to + ' (' + t.reason + ')'));
on('restart', (r) => tell(r.at, r.service + ' ' + r.instanceId + ': restarted'));
on('burial', (b) => tell(b.at, b.service + ' ' + b.instanceId + ': no longer shown (' + b.reason + ')'));
stream.onerror = () => {
  at('banner').dataset.state = 'blind';
  at('headline').textContent = 'No connection to the monitor';
  at('why').textContent = 'what is shown below is old; this page connects again by itself';
};
setInterval(drawAge, 1000);
`;

/** The one page of the monitor, and the hashes under which a browser may run its style and script. */
export const livePage = {
  style: STYLE,
  script: SCRIPT,
  html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latido: who is alive</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>Latido: who is alive</h1><span class="soft" id="age"></span></header>
<div id="banner" role="status" aria-live="polite"><strong id="headline">Connecting</strong><span class="soft" id="why"></span></div>
<section id="alerting" hidden><h2>Alerts that fire</h2><ul id="alerts"></ul></section>
<section><h2>Services</h2><p class="soft" id="none">No heartbeat was heard yet.</p><ul id="services"></ul></section>
<section id="edging" hidden><h2>Messages</h2><div id="books"><table>
<thead><tr><th>edge</th><th>books</th><th>sent</th><th>arrived</th><th>on the way</th><th>dead letters</th><th>twice</th><th>p99</th></tr></thead>
<tbody id="edges"></tbody></table></div></section>
<section><h2>What happened</h2><p class="soft" id="calm">Nothing since this page was opened.</p><ul id="events" aria-live="off"></ul></section>
<p class="soft"><a href="docs">API</a> · <a href="api/status">status</a> · <a href="api/edges">edges</a></p>
<noscript>This page needs JavaScript; <a href="api/services">/api/services</a> says the same.</noscript>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`,
} as const;
