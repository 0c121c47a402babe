// Forms: asked in a dialog, checked by the bot, which says by field what is wrong.
import { byId, el, icon } from './dom.js';
import { FormErrors } from './api.js';
import { loadPeople } from './identity.js';

const types = { text: 'text', date: 'date', time: 'time', person: 'text' };

function drawInput(field, id) {
  const common = {
    id, name: field.name, 'aria-required': field.required && 'true', dir: 'auto',
    'aria-describedby': `${field.hint ? `${id}-hint ` : ''}${id}-error`,
  };
  if (field.kind === 'multiline') {
    const area = el('textarea', { ...common, rows: '4' });
    area.value = field.value ?? '';
    return area;
  }
  if (field.kind === 'select') {
    const options = (field.options ?? []).map(option => el('option', { value: option.value }, option.label));
    const empty = (!field.required || !field.value) && el('option', { value: '' }, field.required ? 'Choose…' : '–');
    const select = el('select', common, empty, options);
    select.value = field.value ?? '';
    return select;
  }
  const input = el('input', { ...common, type: types[field.kind] ?? 'text', autocomplete: 'off', list: field.kind === 'person' && `${id}-people` });
  input.value = field.value ?? '';
  return input;
}

function drawField(field, at) {
  const id = `field-${at}`;
  const input = drawInput(field, id);
  const people = field.kind === 'person' && el('datalist', { id: `${id}-people` });
  if (people) loadPeople().then(names => people.replaceChildren(...names.map(name => el('option', { value: name }))));
  return el('div', { class: `field ${field.kind}`, dataset: { field: field.name } },
    el('label', { for: id }, field.label, field.required ? el('span', { class: 'required', title: 'needed' }, ' *') : el('span', { class: 'optional' }, ' optional')),
    input, people,
    field.hint && el('p', { class: 'hint', id: `${id}-hint`, dir: 'auto' }, field.hint),
    el('p', { class: 'error', id: `${id}-error` }));
}

function showErrors(dialog, errors) {
  const rest = { ...errors };
  let first;
  for (const place of dialog.querySelectorAll('[data-field]')) {
    const words = rest[place.dataset.field];
    delete rest[place.dataset.field];
    const input = place.querySelector('input, textarea, select');
    place.querySelector('.error').textContent = words ?? '';
    if (words) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    if (words) first ??= input;
  }
  const general = dialog.querySelector('.form-problem');
  general.textContent = Object.values(rest).join(' ');
  general.hidden = !general.textContent;
  (first ?? dialog.querySelector('[type=submit]')).focus();
}

/**
 * Asks a form until it is sent or given up.
 * @param send posts the values; what it returns is called once the dialog is gone
 */
export function askForm(form, send) {
  const dialog = byId('form-dialog');
  if (dialog.open) dialog.close();
  const before = document.activeElement;
  return new Promise(resolve => {
    let then;
    const submit = el('button', { type: 'submit', class: 'action primary' }, el('bdi', null, form.submit || 'Send'));
    const cancel = () => dialog.close();

    async function sendIt(event) {
      event.preventDefault();
      if (submit.disabled) return;
      const values = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
      submit.disabled = true;
      submit.setAttribute('aria-busy', 'true');
      try {
        then = await send(values);
        if (dialog.open && dialog.contains(submit)) dialog.close();
      } catch (problem) {
        submit.disabled = false;
        showErrors(dialog, problem instanceof FormErrors ? problem.errors : { '': problem.message });
      } finally {
        submit.disabled = false;
        submit.removeAttribute('aria-busy');
      }
    }

    dialog.replaceChildren(el('form', { novalidate: true, onsubmit: sendIt, autocomplete: 'off' },
      el('header', null, el('h2', { id: 'form-title', dir: 'auto' }, form.title),
        el('button', { type: 'button', class: 'plain', 'aria-label': 'Cancel', onclick: cancel }, icon('close'))),
      el('div', { class: 'form-fields' },
        el('p', { class: 'form-problem', role: 'alert', hidden: true }),
        form.fields.map(drawField)),
      el('footer', null,
        form.fields.some(({ required }) => required) && el('p', { class: 'hint' }, el('span', { class: 'required' }, '*'), ' needed'),
        el('button', { type: 'button', class: 'action', onclick: cancel }, 'Cancel'), submit)));
    dialog.onkeydown = event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) dialog.querySelector('form').requestSubmit();
    };
    dialog.onclose = () => {
      const back = before?.isConnected && before !== document.body ? before : byId('command');
      back.focus({ preventScroll: true });
      resolve(then?.());
    };
    dialog.showModal();
    dialog.querySelector('.form-fields input, .form-fields textarea, .form-fields select')?.focus();
  });
}
