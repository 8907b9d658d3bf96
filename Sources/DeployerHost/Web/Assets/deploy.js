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
  const fields = [...form.querySelectorAll('[data-field]')];
  const wrong = fields.map((field) => ({ field, text: problem(field) })).filter(({ text }) => text !== '');
  for (const field of fields) show(field, '');
  for (const { field, text } of wrong) show(field, text);
  if (wrong.length === 0) return;
  event.preventDefault();
  summarize(wrong);
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
}
document.addEventListener('click', unfold);
const focusFirst = document.getElementById('problems') ?? document.getElementById('preview');
focusFirst?.focus({ preventScroll: focusFirst.id === 'preview' });
