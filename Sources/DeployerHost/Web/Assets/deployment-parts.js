// The parts of a deployment's page, and how each takes over what an event says. Nothing here talks to the host.

const symbols = new Set(['pending', 'progressing', 'warning', 'ready', 'running', 'failed']);
const kindWords = {
  state: 'State', phase: 'Phase', 'node-state': 'Node', information: 'Information', warning: 'Warning', link: 'Link',
  failure: 'Failure',
};

/**
 * @typedef {{id: number, time: string, kind: string, node?: string, state?: string, text: string, remedy?: string,
 *   logs?: string[], url?: string}} DeploymentEvent
 * @typedef {{state: string, text: string, started: string, ended?: string}} Phase
 */

const word = (state) => state.charAt(0).toUpperCase() + state.slice(1);

/** @param {string} tag @param {string} className @param {...(Node | string)} content */
function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

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
  if (label && old && label.endsWith(`, ${old}`)) {
    drawn.setAttribute('aria-label', label.slice(0, -old.length) + state);
  }
  if (text) text.textContent = state;
  const name = symbols.has(state) ? state : 'unknown';
  symbol?.setAttribute('href', symbol.getAttribute('href').replace(/-symbol-.*$/, `-symbol-${name}`));
}

/** @param {DeploymentEvent} event @returns {boolean} false where the page does not have the node */
function showNode(event) {
  const details = detailsOf(event.node);
  if (!details) return false;
  if (event.state) {
    setBadge(details.querySelector('.badge'), event.state);
    setBox(box(details.id), event.state);
  }
  details.querySelector('.node-text').textContent = event.text;
  showRemedy(details.querySelector('.node-remedy'), event.remedy);
  showLogs(details.querySelector('.node-logs'), event.logs);
  if (event.state === 'failed') details.setAttribute('open', '');
  return true;
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

/** @param {DeploymentEvent} event @returns {boolean} false where its address is not one of a web page */
function showLink(event) {
  if (!/^https?:\/\//i.test(event.url ?? '')) return false;
  const section = document.getElementById('links'), link = element('a', '', event.text || event.url);
  link.href = event.url;
  link.rel = 'noopener noreferrer';
  section.querySelector('ul').append(element('li', '', link, ' ', element('span', 'quiet', event.url)));
  section.hidden = false;
  return true;
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
  const list = document.getElementById('events');
  const time = element('time', '', deployerPage.local(new Date(event.time), 'second'));
  time.dateTime = event.time;
  time.title = event.time;
  const text = element('span', 'event-text');
  if (event.node) text.append(element('b', '', event.node), ' ');
  text.append(event.text || word(event.state ?? ''));
  const kind = element('span', 'event-kind', kindWords[event.kind] ?? event.kind);
  list.append(element('li', `event event-${event.kind}`, time, kind, text));
  const count = list.children.length;
  document.getElementById('log-count').textContent = count === 1 ? '1 event' : `${count} events`;
}

/** @param {Phase} phase */
function phaseItem(phase) {
  const shape = element('span', 'shape'), item = element('li', `phase state-${phase.state}`);
  shape.setAttribute('aria-hidden', 'true');
  const started = Date.parse(phase.started), ended = phase.ended ? Date.parse(phase.ended) : Date.now();
  const words = phase.ended ? deployerPage.duration : deployerPage.runningDuration;
  const time = element(phase.ended ? 'span' : 'time', 'duration', words((ended - started) / 1000));
  if (!phase.ended) {
    item.classList.add('is-open');
    time.classList.add('ticking');
    time.dateTime = phase.started;
    time.dataset.started = phase.started;
  }
  item.append(shape, element('span', 'phase-text', phase.text), ' ', time);
  return item;
}

/** @param {string} anchor the id of a node's details */
function mark(anchor) {
  for (const old of document.querySelectorAll('.is-selected')) old.classList.remove('is-selected');
  document.getElementById(anchor)?.classList.add('is-selected');
  box(anchor)?.classList.add('is-selected');
}

/**
 * Opens the details of a node and goes there.
 * @param {string} fragment `#` and their id
 * @returns {boolean} whether there are such details
 */
function select(fragment) {
  const details = document.getElementById(fragment.slice(1));
  if (!details?.matches('.node-details')) return false;
  mark(details.id);
  details.setAttribute('open', '');
  details.scrollIntoView({ block: 'nearest' });
  details.querySelector('summary').focus({ preventScroll: true });
  return true;
}

/** The state of the whole. @param {string} state */
function setDeploymentState(state) {
  document.getElementById('deployment').dataset.state = state;
  setBadge(document.querySelector('.state-line .badge'), state);
}

/** The state of the whole, and what it means. @param {DeploymentEvent} event */
function showState(event) {
  setDeploymentState(event.state);
  showStateText(event.text);
}

/** @param {string} text */
function showStateText(text) {
  document.getElementById('state-text').textContent = text;
}

/** @param {Phase[]} phases */
function showPhases(phases) {
  document.getElementById('phases').replaceChildren(...phases.map(phaseItem));
}

globalThis.deploymentParts = Object.freeze({
  addToLog, mark, select, setDeploymentState, showFailure, showLink, showNode, showPhases, showState, showStateText,
  showWarning, word,
});
