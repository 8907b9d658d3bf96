// Forms with options: what is wrong is said before anything is sent, in the same words and places as the host does.

/** @param {HTMLElement} field @returns {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null} */
function control(field) {
  return field.querySelector('input:not([type="hidden"], [type="file"]), textarea, select');
}

/** What is wrong with a field; empty if nothing is. @param {HTMLElement} field */
function problem(field) {
  const input = control(field);
  if (!input) return '';
  const file = field.querySelector('input[type="file"]');
  const isEmpty = input.value.trim() === '' && !file?.files?.length;
  const { badInput, rangeUnderflow, rangeOverflow, stepMismatch } = input.validity;
  const mustBeFilled = 'required' in field.dataset && input.type !== 'checkbox';
  if (mustBeFilled && isEmpty && !badInput) return 'a value is required';
  if (badInput || rangeUnderflow || rangeOverflow || stepMismatch) {
    return `must be a whole number from ${input.min} to ${input.max}`;
  }
  if (input.validity.patternMismatch) return 'must be an amount such as 500Mi, 1Gi or 2';
  return '';
}

/** The value of an option as it would be sent. @param {HTMLFormElement} form @param {string} option */
function valueOf(form, option) {
  const values = new FormData(form).getAll(`option.${option}`);
  return String(values.at(-1) ?? '');
}

/** Hides the fields that do not count with the values of others. @param {HTMLFormElement} form */
function applyConditions(form) {
  for (const field of form.querySelectorAll('[data-applies-option]')) {
    const decider = form.querySelector(`[data-field="${CSS.escape(field.dataset.appliesOption)}"]`);
    if (!decider) continue;
    const values = JSON.parse(field.dataset.appliesValues);
    field.hidden = decider.hidden || !values.includes(valueOf(form, field.dataset.appliesOption));
    const hint = field.querySelector('.applies');
    if (hint) hint.hidden = true;
  }
}

/** @param {HTMLElement} field @param {string} text empty for no error */
function show(field, text) {
  const input = control(field), error = field.querySelector('.field-error');
  if (!input || !error) return;
  error.textContent = text;
  field.classList.toggle('has-error', text !== '');
  if (text === '') { input.removeAttribute('aria-invalid'); return; }
  input.setAttribute('aria-invalid', 'true');
  field.closest('details')?.setAttribute('open', '');
}

/** @param {HTMLElement} field */
function label(field) {
  return field.querySelector('label')?.firstChild?.textContent?.trim() ?? field.dataset.field ?? '';
}

/** @param {{field: HTMLElement, text: string}} wrong */
function entry({ field, text }) {
  const item = document.createElement('li'), link = document.createElement('a');
  link.href = `#${control(field)?.id ?? ''}`;
  link.textContent = label(field);
  item.append(link, `: ${text}`);
  return item;
}

/** The list at the top, with the focus on it. @param {{field: HTMLElement, text: string}[]} wrong */
function summarize(wrong) {
  document.getElementById('problems')?.remove();
  const block = document.createElement('section'), title = document.createElement('h2');
  const list = document.createElement('ul'), shape = document.createElement('span');
  block.id = 'problems';
  block.className = 'block block-failure';
  block.tabIndex = -1;
  block.setAttribute('role', 'alert');
  block.setAttribute('aria-labelledby', 'problems-title');
  shape.className = 'shape shape-failed';
  shape.setAttribute('aria-hidden', 'true');
  title.id = 'problems-title';
  const count = wrong.length === 1 ? 'One option needs' : `${wrong.length} options need`;
  title.append(shape, `${count} your attention`);
  list.append(...wrong.map(entry));
  block.append(title, list);
  document.querySelector('.page-head')?.after(block);
  block.focus();
  block.scrollIntoView({ block: 'start' });
}

/** @param {SubmitEvent} event */
function check(event) {
  const form = event.currentTarget;
  if (event.submitter?.dataset.choices) { askForChoices(event); return; }
  const fields = [...form.querySelectorAll('[data-field]:not([hidden])')];
  const wrong = fields.map((field) => ({ field, text: problem(field) })).filter(({ text }) => text !== '');
  for (const field of fields) show(field, '');
  for (const { field, text } of wrong) show(field, text);
  if (wrong.length === 0) return;
  event.preventDefault();
  summarize(wrong);
}

/** What is filled in, for the host's API. @param {HTMLFormElement} form */
function filledIn(form) {
  const options = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith('option.') && typeof value === 'string' && value !== '') options[name.slice(7)] = value;
  }
  return options;
}

/** Offers values below a field. @param {HTMLElement} field @param {{value: string, label: string, help?: string, isAvailable: boolean}[]} choices */
function offer(field, choices) {
  const list = field.querySelector('datalist'), status = field.querySelector('.lookup [role="status"]');
  const entries = choices.filter(({ isAvailable }) => isAvailable).map(({ value, label, help }) => {
    const option = document.createElement('option');
    option.value = value;
    option.label = [label, help].filter(Boolean).join(', ');
    return option;
  });
  const buttons = choices.map(({ value, label, help, isAvailable }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'choice';
    button.dataset.value = value;
    button.disabled = !isAvailable;
    button.textContent = [label, help].filter(Boolean).join(', ');
    return button;
  });
  list?.replaceChildren(...entries);
  if (status) status.textContent = choices.length === 0 ? 'There are none.' : '';
  field.querySelector('.offered')?.remove();
  const block = document.createElement('div');
  block.className = 'offered';
  block.append(...buttons);
  if (buttons.length > 0) field.append(block);
}

/** How often an option has changed: choices for those before are not shown. */
let changes = 0;

/**
 * Values that were offered may be others once another option has changed.
 * @param {HTMLFormElement} form @param {EventTarget | null} changed
 */
function forgetChoices(form, changed) {
  const own = changed instanceof Element ? changed.closest('[data-field]') : null;
  changes += 1;
  for (const lookup of form.querySelectorAll('[data-field] .lookup')) {
    const field = lookup.closest('[data-field]');
    if (field === own) continue;
    field.querySelector('.offered')?.remove();
    field.querySelector('datalist')?.replaceChildren();
    lookup.querySelector('[role="status"]')?.replaceChildren();
  }
}

/**
 * Asks the host for the values of an option. Without a script's help the host answers with the page, which is also
 * done where it has a secret that this page has not, or a file is chosen.
 * @param {SubmitEvent} event
 */
async function askForChoices(event) {
  const form = event.currentTarget, button = event.submitter, field = button.closest('[data-field]');
  const files = [...form.querySelectorAll('input[type="file"]')];
  const isListed = control(field) instanceof HTMLSelectElement;
  if (isListed || form.querySelector('.held') || files.some(({ files }) => files?.length)) return;
  event.preventDefault();
  if (button.hasAttribute('aria-disabled')) return;
  const status = field.querySelector('.lookup [role="status"]');
  const asked = changes;
  if (status) status.textContent = 'Asking …';
  show(field, '');
  button.setAttribute('aria-disabled', 'true');
  try {
    const response = await fetch(form.dataset.choicesPath, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'deploy' },
      body: JSON.stringify({ target: form.dataset.target, option: button.dataset.choices, options: filledIn(form) }),
    });
    const answer = await response.json();
    if (asked !== changes) return;
    if (response.ok) { offer(field, answer.choices); return; }
    if (status) status.textContent = '';
    show(field, [answer.title, answer.detail, answer.remedy].filter(Boolean).join('. ').replaceAll('..', '.'));
  } catch {
    if (status) status.textContent = 'The host does not answer.';
  } finally {
    if (status?.textContent === 'Asking …') status.textContent = '';
    button.removeAttribute('aria-disabled');
  }
}

/** A value that was offered is taken. @param {MouseEvent} event */
function takeOffered(event) {
  const button = event.target instanceof Element ? event.target.closest('.offered .choice') : null;
  const field = button?.closest('[data-field]'), input = field && control(field);
  if (!input) return;
  input.value = button.dataset.value;
  field.querySelector('.offered')?.remove();
  input.focus();
}

/** A link to a field that is folded away unfolds it. @param {MouseEvent} event */
function unfold(event) {
  const link = event.target instanceof Element ? event.target.closest('#problems a[href^="#"]') : null;
  const target = link && document.getElementById(link.getAttribute('href').slice(1));
  if (!target) return;
  event.preventDefault();
  target.closest('details')?.setAttribute('open', '');
  target.focus();
}

/** A file dropped on a text area is chosen. @param {DragEvent} event */
function drop(event) {
  const area = event.target instanceof Element ? event.target.closest('textarea') : null;
  const input = area?.closest('[data-field]')?.querySelector('input[type="file"]');
  if (!input || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.focus();
}

for (const form of document.querySelectorAll('form[data-checked]')) {
  form.addEventListener('submit', check);
  form.addEventListener('drop', drop);
  form.addEventListener('change', ({ target }) => { applyConditions(form); forgetChoices(form, target); });
  applyConditions(form);
}
document.addEventListener('click', unfold);
document.addEventListener('click', takeOffered);
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-checked]').forEach(applyConditions));
const focusFirst = document.getElementById('problems') ?? document.getElementById('preview');
focusFirst?.focus({ preventScroll: focusFirst.id === 'preview' });
