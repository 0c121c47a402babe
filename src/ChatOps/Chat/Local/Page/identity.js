// Who is at this browser. Nothing is sent without a name; it is asked for once and kept.
import * as api from './api.js';
import { byId, el, icon, memory } from './dom.js';

const someoneElse = 'Someone else…';
const tidy = name => name.trim().replace(/^@+/, '').replace(/\s+/g, ' ').slice(0, 80);

class Identity extends EventTarget {
  name = tidy(memory.get('user') ?? '') || null;

  is(person) {
    return Boolean(this.name) && person.replace(/^@/, '').toLowerCase() === this.name.toLowerCase();
  }

  choose(name) {
    this.name = tidy(name);
    memory.set('user', this.name);
    this.dispatchEvent(new Event('change'));
  }

  /** The name; asked for where there is none yet. Null when the person would rather not say. */
  need() {
    return this.name ? Promise.resolve(this.name) : this.ask();
  }

  #waiting = [];

  async ask() {
    const dialog = byId('who-dialog');
    const answer = new Promise(resolve => this.#waiting.push(resolve));
    if (!dialog.open) {
      drawDialog(dialog, name => this.#done(dialog, name));
      dialog.show();
      loadPeople().then(people => suggest(dialog, people, name => this.#done(dialog, name)));
    }
    dialog.querySelector('input').focus();
    return answer;
  }

  #done(dialog, name) {
    dialog.close();
    if (name) this.choose(name);
    for (const resolve of this.#waiting.splice(0)) resolve(this.name);
    byId('command').focus({ preventScroll: true });
  }
}

export const identity = new Identity();

/** Names the bot knows; none when it cannot be asked. */
export async function loadPeople() {
  try {
    return (await api.people()).map(({ name }) => name);
  } catch {
    return [];
  }
}

function drawDialog(dialog, done) {
  const input = el('input', { name: 'name', type: 'text', id: 'who-name', maxlength: '40', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', dir: 'auto', placeholder: 'Your name, as the team writes it' });
  const form = el('form', {
    onsubmit: event => {
      event.preventDefault();
      if (tidy(input.value)) done(tidy(input.value));
      else input.focus();
    },
  }, el('h2', { id: 'who-title' }, 'Who are you?'),
    el('p', null, 'Your name goes with what you send and press, so that the others see who did it. It stays in this browser; you can read along without one.'),
    el('div', { class: 'chips' }),
    el('div', { class: 'row' }, el('label', { class: 'unseen', for: 'who-name' }, 'Your name'), input,
      el('button', { type: 'submit', class: 'action primary' }, 'That is me'),
      el('button', { type: 'button', class: 'action', onclick: () => done(null) }, 'Later')));
  dialog.replaceChildren(form);
  dialog.onkeydown = event => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    done(null);
  };
}

function suggest(dialog, people, done) {
  dialog.querySelector('.chips')?.replaceChildren(...people.slice(0, 12).map(name =>
    el('button', { type: 'button', class: 'chip', dir: 'auto', onclick: () => done(name) }, name)));
}

/** The button in the header and its menu. */
export function startIdentity() {
  const button = byId('whoami');
  const menu = byId('who-menu');

  function drawButton() {
    const name = identity.name;
    button.replaceChildren(el('span', { class: 'avatar', 'aria-hidden': 'true' }, name ? [...name][0].toUpperCase() : '?'),
      el('span', { class: 'unseen' }, name ? 'I am ' : ''), el('bdi', { class: 'name' }, name ?? 'I am…'), icon('open'));
  }

  function close(refocus) {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (refocus) button.focus();
  }

  async function open() {
    button.setAttribute('aria-expanded', 'true');
    const people = await loadPeople();
    if (identity.name && !people.some(person => identity.is(person))) people.unshift(identity.name);
    menu.replaceChildren(el('p', { role: 'presentation' }, 'I am'),
      ...people.map(name => el('button', {
        type: 'button', role: 'menuitemradio', tabindex: '-1', 'aria-checked': String(identity.is(name)), onclick: () => {
          identity.choose(name);
          close(true);
        },
      }, icon('check'), el('bdi', null, name))),
      el('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: () => (close(false), identity.ask()) }, icon('next'), someoneElse));
    menu.hidden = false;
    (menu.querySelector('[aria-checked="true"]') ?? menu.querySelector('button')).focus();
  }

  button.addEventListener('click', () => (menu.hidden ? open() : close(true)));
  menu.addEventListener('keydown', event => {
    const items = [...menu.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to % items.length).focus();
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', event => menu.hidden || menu.parentElement.contains(event.target) || close(false));
  identity.addEventListener('change', drawButton);
  drawButton();
  if (!identity.name) identity.ask();
}
