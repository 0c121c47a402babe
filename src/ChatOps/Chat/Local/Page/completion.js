// The list above the box: what could be written, and how the command that is being written goes on.
import { byId, el } from './dom.js';
import { suggest } from './suggest.js';

const popup = byId('completion');
const list = byId('completion-list');
const detail = byId('completion-detail');

export class Completion {
  #box;
  #commands = [];
  #items = [];
  #command = null;
  #chosen = -1;

  constructor(box) {
    this.#box = box;
    list.addEventListener('pointerdown', event => event.preventDefault());
    detail.addEventListener('pointerdown', event => event.preventDefault());
    list.addEventListener('click', event => {
      const option = event.target.closest('[role=option]');
      if (option) this.#accept(this.#items[Number(option.dataset.at)]);
    });
  }

  set commands(commands) {
    this.#commands = commands;
  }

  get isOpen() {
    return !popup.hidden;
  }

  update() {
    const found = suggest(this.#commands, this.#box.value);
    this.#items = found.items;
    this.#command = found.command;
    this.#chosen = -1;
    if (!this.#items.length && !this.#command) return this.close();
    list.replaceChildren(...this.#items.map((item, at) => el('li', { role: 'option', id: `completion-${at}`, 'aria-selected': 'false', dataset: { at } },
      el('code', null, item.words), el('span', null, item.summary))));
    list.hidden = !this.#items.length;
    popup.hidden = false;
    this.#box.setAttribute('aria-expanded', String(!list.hidden));
    this.#mark();
  }

  close() {
    popup.hidden = true;
    this.#items = [];
    this.#chosen = -1;
    this.#box.setAttribute('aria-expanded', 'false');
    this.#box.removeAttribute('aria-activedescendant');
  }

  #mark() {
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(at === this.#chosen));
    const option = list.children[this.#chosen];
    if (option) this.#box.setAttribute('aria-activedescendant', option.id);
    else this.#box.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
    this.#explain(this.#items[this.#chosen]?.command ?? this.#command ?? this.#items[0]?.command);
  }

  #explain(command) {
    const needs = command.needs && command.needs !== 'everyone';
    popup.classList.toggle('only-detail', !this.#items.length);
    popup.classList.toggle('browsing', this.#chosen < 0 && this.#items.length > 1);
    detail.replaceChildren(...[
      el('code', { class: 'usage' }, command.usage),
      el('p', null, command.summary),
      command.options?.length > 0 && el('dl', null, command.options.map(option => [el('dt', null, option.name), el('dd', null, option.summary)])),
      command.example && el('p', { class: 'example' }, 'For example ', el('code', null, command.example)),
      needs && el('p', { class: 'needs' }, `For: ${command.needs}`),
    ].filter(Boolean));
  }

  #accept(item) {
    this.#box.value = item.text;
    this.#box.focus();
    this.#box.setSelectionRange(item.text.length, item.text.length);
    this.#box.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @returns whether the key was for the list. Enter sends what is written, unless something in the list was chosen. */
  key(event) {
    if (!this.isOpen) return false;
    const count = this.#items.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      // From nothing chosen, either way leads into the list; past its ends back to the box.
      this.#chosen = ((this.#chosen + 1 + step + count + 1) % (count + 1)) - 1;
      this.#mark();
      return true;
    }
    if (event.key === 'Escape') {
      this.close();
      return true;
    }
    const tab = event.key === 'Tab' && !event.shiftKey;
    const item = this.#items[this.#chosen] ?? (tab ? this.#items[0] : null);
    if (!item || !(tab || event.key === 'Enter') || item.text.trim() === this.#box.value.trim()) return false;
    this.#accept(item);
    return true;
  }
}
