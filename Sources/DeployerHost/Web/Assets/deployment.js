// The page of a deployment: follows its events as they come and keeps every part of the page in step with them.

const firstPause = 2_000, longestPause = 30_000, spokenNodeStates = new Set(['failed', 'warning']);
const knownSymbols = new Set(['pending', 'progressing', 'warning', 'ready', 'running', 'failed']);
const kinds = ['state', 'phase', 'node-state', 'information', 'warning', 'link', 'failure'];
const kindWords = { state: 'State', phase: 'Phase', 'node-state': 'Node', information: 'Information', warning: 'Warning', link: 'Link', failure: 'Failure' };

/**
 * @typedef {{id: number, time: string, kind: string, node?: string, state?: string, text: string, remedy?: string,
 *   logs?: string[], url?: string}} DeploymentEvent
 * @typedef {{state: string, text: string, started: string, ended?: string}} Phase
 */

let last = 0, pause = firstPause, selected = '';
/** @type {EventSource | undefined} */
let source;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;

const part = () => document.getElementById('deployment');
const word = (state) => state.charAt(0).toUpperCase() + state.slice(1);

/** The address of this deployment in the API, with something after it. @param {string} rest */
function address(rest) {
  const { root, id } = part().dataset;
  return new URL(`${root}api/v1/deployments/${encodeURIComponent(id)}${rest}`, location.href);
}

/** @param {string} tag @param {string} className @param {...(Node | string)} content */
function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** Calls once, a while after the last of several requests. @param {() => void} work @param {number} wait in milliseconds */
function gathered(work, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}

// Speaking

let unspoken = [];
const speak = gathered(() => {
  document.getElementById('live').textContent = unspoken.join('. ');
  unspoken = [];
}, 400);

/** For screen readers; for what matters only. @param {string} text */
function announce(text) {
  unspoken.push(text);
  speak();
}

/** A quiet line about the connection; empty takes it away. @param {string} text */
function tellConnection(text) {
  const line = document.getElementById('connection');
  line.textContent = text;
  line.hidden = text === '';
}

// Parts of the page

/** @param {Element} shown with a class `state-…` @param {string} state */
function setState(shown, state) {
  for (const name of [...shown.classList]) if (name.startsWith('state-')) shown.classList.remove(name);
  shown.classList.add(`state-${state}`);
}

/** @param {Element | null | undefined} badge @param {string} state */
function setBadge(badge, state) {
  if (!badge) return;
  setState(badge, state);
  badge.dataset.state = state;
  badge.querySelector('.badge-word').textContent = word(state);
}

/** The details of a node. Where a shared folder is called like a node, the node is meant. @param {string} name */
function detailsOf(name) {
  const all = [...document.querySelectorAll('.node-details')].filter((details) => details.dataset.node === name);
  return all.find((details) => details.dataset.role !== 'shared-folder') ?? all[0];
}

/** The box in the drawing that leads to some details. @param {string} anchor */
function box(anchor) {
  return [...document.querySelectorAll('.pipeline a')].find((link) => link.getAttribute('href') === `#${anchor}`);
}

/** @param {Element | undefined} drawn @param {string} state */
function setBox(drawn, state) {
  if (!drawn) return;
  setState(drawn, state);
  const text = drawn.querySelector('.graph-state-word'), symbol = drawn.querySelector('.graph-state-symbol');
  const label = drawn.getAttribute('aria-label'), old = text?.textContent;
  if (label && old && label.endsWith(`, ${old}`)) drawn.setAttribute('aria-label', label.slice(0, -old.length) + state);
  if (text) text.textContent = state;
  symbol?.setAttribute('href', symbol.getAttribute('href').replace(/-symbol-.*$/, `-symbol-${knownSymbols.has(state) ? state : 'unknown'}`));
}

/** @param {DeploymentEvent} event */
function showNode(event) {
  const details = detailsOf(event.node);
  if (!details) { takeOverPage(); return; }
  if (event.state) {
    setBadge(details.querySelector('.badge'), event.state);
    setBox(box(details.id), event.state);
  }
  details.querySelector('.node-text').textContent = event.text;
  showRemedy(details.querySelector('.node-remedy'), event.remedy);
  showLogs(details.querySelector('.node-logs'), event.logs);
  if (event.state === 'failed') details.setAttribute('open', '');
}

/** @param {HTMLElement} line @param {string | undefined} remedy */
function showRemedy(line, remedy) {
  line.hidden = !remedy;
  line.querySelector('span').textContent = remedy ?? '';
}

/** @param {HTMLElement} place @param {string[] | undefined} lines */
function showLogs(place, lines) {
  place.hidden = !lines?.length;
  place.querySelector('pre').textContent = lines?.join('\n') ?? '';
}

/** @param {DeploymentEvent} event */
function showWarning(event) {
  const section = document.getElementById('warnings'), kind = element('span', 'note-kind');
  const shape = element('span', 'shape shape-warning'), text = element('span', '');
  shape.setAttribute('aria-hidden', 'true');
  kind.append(shape, 'Warning');
  if (event.node) text.append(element('b', '', event.node), ': ');
  text.append(event.text);
  const item = element('li', 'note note-warning', kind, text);
  if (event.remedy) item.append(element('span', 'remedy', element('b', '', 'What to do'), ` ${event.remedy}`));
  section.querySelector('ul').append(item);
  section.hidden = false;
}

/** @param {DeploymentEvent} event */
function showLink(event) {
  if (!/^https?:\/\//i.test(event.url ?? '')) return;
  const section = document.getElementById('links'), link = element('a', '', event.text || event.url);
  link.href = event.url;
  link.rel = 'noopener noreferrer';
  section.querySelector('ul').append(element('li', '', link, ' ', element('span', 'quiet', event.url)));
  section.hidden = false;
  announce(`There is a page to open: ${link.textContent}`);
}

/** Until the page comes with the whole story. @param {DeploymentEvent} event */
function showFailure(event) {
  const shape = element('span', 'shape shape-failed'), block = element('section', 'block block-failure');
  shape.setAttribute('aria-hidden', 'true');
  block.append(element('h2', '', shape, event.text));
  if (event.remedy) block.append(element('p', 'remedy', element('b', '', 'What to do'), ` ${event.remedy}`));
  document.getElementById('failure').replaceChildren(block);
}

/** @param {DeploymentEvent} event */
function addToLog(event) {
  const list = document.getElementById('events'), time = element('time', '', deployerPage.local(new Date(event.time), 'second'));
  time.dateTime = event.time;
  time.title = event.time;
  const text = element('span', 'event-text');
  if (event.node) text.append(element('b', '', event.node), ' ');
  text.append(event.text || word(event.state ?? ''));
  list.append(element('li', `event event-${event.kind}`, time, element('span', 'event-kind', kindWords[event.kind] ?? event.kind), text));
  const count = list.children.length;
  document.getElementById('log-count').textContent = count === 1 ? '1 event' : `${count} events`;
}

/** @param {Phase} phase */
function phaseItem(phase) {
  const shape = element('span', 'shape'), item = element('li', `phase state-${phase.state}`);
  shape.setAttribute('aria-hidden', 'true');
  const started = Date.parse(phase.started), ended = phase.ended ? Date.parse(phase.ended) : Date.now();
  const time = element(phase.ended ? 'span' : 'time', 'duration', deployerPage.duration((ended - started) / 1000));
  if (!phase.ended) {
    item.classList.add('is-open');
    time.classList.add('ticking');
    time.dateTime = phase.started;
    time.dataset.started = phase.started;
  }
  item.append(shape, element('span', 'phase-text', phase.text), ' ', time);
  return item;
}

/** What belongs to which phase is the host's to say. */
const showPhases = gathered(async () => {
  const deployment = await current();
  if (deployment?.phases) document.getElementById('phases').replaceChildren(...deployment.phases.map(phaseItem));
}, 150);

/** The page anew where it lacks what an event speaks of, such as nodes that were not known before. */
const takeOverPage = gathered(async () => {
  if (await deployerPage.refreshPart('deployment').catch(() => false)) afterRefresh();
}, 500);

function afterRefresh() {
  last = Math.max(last, Number(part().dataset.lastEvent) || 0);
  if (selected) mark(selected);
}

// Events

/** @param {DeploymentEvent} event */
function show(event) {
  switch (event.kind) {
    case 'state':
      if (!event.state) break;
      part().dataset.state = event.state;
      setBadge(document.querySelector('.state-line .badge'), event.state);
      document.getElementById('state-text').textContent = event.text;
      showPhases();
      announce(word(event.state));
      break;
    case 'phase':
      document.getElementById('state-text').textContent = event.text;
      showPhases();
      announce(event.text);
      break;
    case 'node-state':
      showNode(event);
      if (spokenNodeStates.has(event.state)) announce(`Node ${event.node}: ${event.state}, ${event.text}`);
      break;
    case 'warning':
      showWarning(event);
      announce(`Warning: ${event.text}`);
      break;
    case 'link':
      showLink(event);
      break;
    case 'failure':
      showFailure(event);
      announce(`Failed: ${event.text}`);
      break;
  }
}

/** @param {MessageEvent<string>} message */
function receive(message) {
  /** @type {DeploymentEvent} */
  const event = JSON.parse(message.data);
  if (event.id <= last) return;
  last = event.id;
  addToLog(event);
  show(event);
}

/** Once nothing more will happen: the page anew, with the buttons that fit. */
async function finish() {
  source?.close();
  clearTimeout(retry);
  const isFresh = await deployerPage.refreshPart('deployment').catch(() => false);
  if (!isFresh) { again(); return; }
  afterRefresh();
  if (part().dataset.active !== undefined) { again(); return; }
  announce(`Ended: ${word(part().dataset.state)}`);
}

function connect() {
  source?.close();
  source = new EventSource(address(`/events?after=${last}`), { withCredentials: false });
  source.onopen = () => { pause = firstPause; tellConnection(''); };
  source.onerror = dropped;
  source.onmessage = receive;
  for (const kind of kinds) source.addEventListener(kind, receive);
  source.addEventListener('end', finish);
}

/** The browser tries again by itself, except after an answer that was no stream. */
function dropped() {
  if (source.readyState === EventSource.CLOSED) { ask(); return; }
  tellConnection('The connection has dropped. Trying again.');
}

/** @returns {Promise<any>} the deployment; undefined where it cannot be had now */
async function current() {
  try {
    const answer = await fetch(address(''), { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    if (answer.status === 401) tellConnection('You have been signed out. Open this page from the portal again.');
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/** Why there is no stream: because all is over, or because of the network. */
async function ask() {
  const deployment = await current();
  if (deployment && !deployment.isActive) { finish(); return; }
  again();
}

function again() {
  const line = document.getElementById('connection');
  if (line.hidden) tellConnection('The connection has dropped. Trying again.');
  clearTimeout(retry);
  retry = setTimeout(connect, pause);
  pause = Math.min(pause * 2, longestPause);
}

// Drawing and details

/** @param {string} anchor the id of a node's details */
function mark(anchor) {
  selected = anchor;
  for (const old of document.querySelectorAll('.is-selected')) old.classList.remove('is-selected');
  document.getElementById(anchor)?.classList.add('is-selected');
  box(anchor)?.classList.add('is-selected');
}

/** Opens the details of a node and goes there. @param {string} fragment `#` and their id @returns {boolean} whether there are such details */
function select(fragment) {
  const details = document.getElementById(fragment.slice(1));
  if (!details?.matches('.node-details')) return false;
  mark(details.id);
  details.setAttribute('open', '');
  details.scrollIntoView({ block: 'nearest' });
  details.querySelector('summary').focus({ preventScroll: true });
  return true;
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (link && select(link.getAttribute('href'))) event.preventDefault();
});
window.addEventListener('hashchange', () => select(location.hash));
if (location.hash) select(location.hash);

last = Number(part().dataset.lastEvent) || 0;
if (part().dataset.active !== undefined) {
  connect();
  window.addEventListener('online', () => { if (source.readyState === EventSource.CLOSED) connect(); });
}
