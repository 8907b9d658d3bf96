// The page of a deployment: follows its events as they come and keeps the page in step with them.

const parts = globalThis.deploymentParts;
const firstPause = 2_000, longestPause = 30_000, spokenNodeStates = new Set(['failed', 'warning']);
const kinds = ['state', 'phase', 'node-state', 'information', 'warning', 'link', 'failure'];

let last = 0, lastPhase = 0, pause = firstPause;
/** @type {EventSource | undefined} */
let source;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;

const part = () => document.getElementById('deployment');

/** The address of this deployment in the API, with something after it. @param {string} rest */
function address(rest) {
  const { root, id } = part().dataset;
  return new URL(`${root}api/v1/deployments/${encodeURIComponent(id)}${rest}`, location.href);
}

/** Calls once for all requests of a while. @param {() => void} work @param {number} wait in milliseconds */
function gathered(work, wait) {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => { isPlanned = false; work(); }, wait);
  };
}

let unspoken = [];
const speak = gathered(() => {
  document.getElementById('live').textContent = unspoken.map((text) => text.replace(/\.$/, '')).join('. ');
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

/** The state, and what belongs to which phase, is the host's to say. */
const updatePhases = gathered(async () => {
  const deployment = await current();
  // Once it has ended the page comes anew, and tells more of the last phase.
  if (!deployment?.isActive || part().dataset.active === undefined) return;
  // An answer that is older than what is shown is followed by another one.
  if (deployment.lastEvent < lastPhase) return;
  parts.setDeploymentState(deployment.state);
  parts.showPhases(deployment.phases);
}, 150);

/** The page anew where it lacks what an event speaks of, such as nodes that were not known before. */
const takeOverPage = gathered(async () => {
  if (!await refresh()) return;
  // What came while the page was fetched may be missing in it.
  if (Number(part().dataset.lastEvent) < last) {
    readLastEvent();
    connect();
  }
}, 500);

/** @returns {Promise<boolean>} false where the page cannot be had now */
async function refresh() {
  const selected = document.querySelector('.node-details.is-selected')?.id;
  if (!await deployerPage.refreshPart('deployment').catch(() => false)) return false;
  if (selected) parts.mark(selected);
  return true;
}

function readLastEvent() {
  last = Number(part().dataset.lastEvent) || 0;
}

/** @param {{id: number, kind: string, node?: string, state?: string, text: string}} event */
function show(event) {
  switch (event.kind) {
    case 'state':
      if (!event.state) break;
      parts.showState(event);
      lastPhase = event.id;
      updatePhases();
      announce(parts.word(event.state));
      break;
    case 'phase':
      // Phases are states too. One that comes out of turn changes nothing, which the host tells right after.
      if (event.state) parts.showState(event); else parts.showStateText(event.text);
      lastPhase = event.id;
      updatePhases();
      announce(event.text);
      break;
    case 'node-state':
      if (!parts.showNode(event)) takeOverPage();
      if (spokenNodeStates.has(event.state)) announce(`Node ${event.node}: ${event.state}, ${event.text}`);
      break;
    case 'warning':
      parts.showWarning(event);
      announce(`Warning: ${event.text}`);
      break;
    case 'link':
      if (parts.showLink(event)) announce(`There is a page to open: ${event.text || event.url}`);
      break;
    case 'failure':
      parts.showFailure(event);
      announce(`Failed: ${event.text}`);
      break;
  }
}

/** @param {MessageEvent<string>} message */
function receive(message) {
  const event = JSON.parse(message.data);
  if (event.id <= last) return;
  last = event.id;
  parts.addToLog(event);
  show(event);
}

/** Once nothing more will happen: the page anew, with the buttons that fit. */
async function finish() {
  source?.close();
  clearTimeout(retry);
  if (!await refresh() || part().dataset.active !== undefined) { again(); return; }
  tellConnection('');
  announce(`Ended: ${parts.word(part().dataset.state)}`);
}

function connect() {
  source?.close();
  source = new EventSource(address(`/events?after=${last}`));
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

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (link && parts.select(link.getAttribute('href'))) event.preventDefault();
});
window.addEventListener('hashchange', () => parts.select(location.hash));
if (location.hash) parts.select(location.hash);

/** Others may have begun something new with a deployment that had ended: looked at when the reader comes back. */
async function catchUp() {
  if (document.visibilityState !== 'visible' || part().dataset.active !== undefined) return;
  const deployment = await current();
  if (!deployment || deployment.lastEvent <= Number(part().dataset.lastEvent) || !await refresh()) return;
  readLastEvent();
  if (part().dataset.active !== undefined) connect();
}

document.addEventListener('visibilitychange', catchUp);
window.addEventListener('online', () => { if (source?.readyState === EventSource.CLOSED) connect(); });
readLastEvent();
if (part().dataset.active !== undefined) connect();
