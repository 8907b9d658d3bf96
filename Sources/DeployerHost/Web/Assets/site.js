// What every page does: local times, running durations, copied calls, forms that are sent once.

const minute = 60, hour = 60 * minute, day = 24 * hour;

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const formats = {
  clock: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
};

/** @param {Date} date @param {string} format a name in `formats` */
function local(date, format) {
  return new Intl.DateTimeFormat(undefined, formats[format] ?? formats.moment).format(date);
}

/** "2.4 s", "12 s", "3 min 4 s", "2 h", "3 d 4 h": as the host writes durations. @param {number} seconds */
function duration(seconds) {
  const tenths = Math.max(0, Math.floor(Math.round(seconds * 1000) / 100)), whole = Math.floor(tenths / 10);
  if (whole < 10) return `${whole}.${tenths % 10} s`;
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return joined(Math.floor(whole / minute), 'min', whole % minute, 's');
  if (whole < day) return joined(Math.floor(whole / hour), 'h', Math.floor((whole % hour) / minute), 'min');
  return joined(Math.floor(whole / day), 'd', Math.floor((whole % day) / hour), 'h');
}

/** @param {number} large @param {string} unit @param {number} small @param {string} smallUnit */
function joined(large, unit, small, smallUnit) {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

/** Of what goes on: tenths would jump about. @param {number} seconds */
function runningDuration(seconds) {
  return seconds < 10 ? `${Math.max(0, Math.floor(seconds))} s` : duration(seconds);
}

/** "2 minutes ago" in English, as the rest of the page. @param {number} seconds */
function age(seconds) {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (seconds < minute) return 'just now';
  if (seconds < hour) return words.format(-Math.floor(seconds / minute), 'minute');
  if (seconds < day) return words.format(-Math.floor(seconds / hour), 'hour');
  return words.format(-Math.floor(seconds / day), 'day');
}

/** Writes times in the reader's zone. @param {ParentNode} part */
function localizeTimes(part) {
  for (const time of part.querySelectorAll('time[data-format]')) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    if (time.dataset.format === 'age') {
      time.textContent = age((Date.now() - date.getTime()) / 1000);
      time.title = local(date, 'moment');
    } else {
      time.textContent = local(date, time.dataset.format);
      time.title = date.toISOString();
    }
  }
}

/** Durations of what has not ended. */
function tick() {
  for (const time of document.querySelectorAll('time[data-started]')) {
    const started = Date.parse(time.dataset.started);
    if (!Number.isNaN(started)) time.textContent = runningDuration((Date.now() - started) / 1000);
  }
}

/**
 * Fetches this page again and takes over one element of it; what was open, focused or scrolled stays so.
 * @param {string} id
 * @returns {Promise<boolean>} false where the page did not come or has no such element
 */
async function refreshPart(id) {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById(id), old = document.getElementById(id);
  if (!fresh || !old) return false;
  const open = [...old.querySelectorAll('details[open][id]')].map((element) => element.id);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = old.querySelector('.scroll')?.scrollLeft ?? 0;
  old.replaceWith(document.adoptNode(fresh));
  for (const name of open) document.getElementById(name)?.setAttribute('open', '');
  fresh.querySelector('.scroll')?.scrollTo({ left: scrolled, behavior: 'instant' });
  if (focused) focusAgain(focused, fresh);
  document.title = page.title;
  prepare(fresh);
  return true;
}

/** Puts the focus where it was, or on the content. @param {Element} old @param {HTMLElement} fresh */
function focusAgain(old, fresh) {
  const detailsID = old.closest('details[id]')?.id;
  const same = old.id
    ? document.getElementById(old.id)
    : detailsID && document.getElementById(detailsID)?.querySelector('summary');
  const href = old.getAttribute('href');
  const link = href && [...fresh.querySelectorAll('a[href]')].find((element) => element.getAttribute('href') === href);
  const next = same || link || document.getElementById('main');
  next?.focus({ preventScroll: true });
}

/** `'` cannot stand inside single quotes of a shell. @param {string} text */
function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The line that does the same from a terminal. @param {HTMLElement} button */
function commandLine(button) {
  const { method, path, body } = button.dataset;
  const words = ['curl', '--fail-with-body', '-X', method, '-H', '"Authorization: Bearer $TOKEN"'];
  if (body) words.push('-H', shellQuoted('Content-Type: application/json'), '-d', shellQuoted(body));
  return [...words, shellQuoted(new URL(path, location.href).href)].join(' ');
}

/** @param {HTMLButtonElement} button */
async function copyCall(button) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(commandLine(button));
    button.textContent = 'Copied';
  } catch {
    window.prompt('Copy this line:', commandLine(button));
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}

/** A second press on a form that is on its way does nothing. @param {SubmitEvent} event */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-disabled', 'true');
}

/** A page that comes back from the browser's cache can be used again. */
function allowAgain() {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-disabled="true"]')) button.removeAttribute('aria-disabled');
}

/** @param {ParentNode} part */
function prepare(part) {
  localizeTimes(part);
  for (const button of part.querySelectorAll('[data-copy-call]')) button.hidden = false;
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy-call]') : null;
  if (button) copyCall(button);
});
// After the listeners of forms, which may find something wrong first.
window.addEventListener('submit', sendOnce);
window.addEventListener('pageshow', (event) => { if (event.persisted) allowAgain(); });
setInterval(tick, 1000);
prepare(document);
tick();

globalThis.deployerPage = Object.freeze({ duration, local, localizeTimes, refreshPart, runningDuration });
