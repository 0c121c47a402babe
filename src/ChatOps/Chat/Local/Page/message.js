// One message as a card. A message may be on the page twice, in the feed and in its thread; both are kept the same.
import { capital, el, icon } from './dom.js';
import { drawPicture } from './picture.js';
import { drawRuns, lengthOf, linesOf } from './runs.js';
import { store } from './store.js';
import { clock, full, moment } from './time.js';
import { busyWith, press } from './desk.js';
import { openThread } from './thread.js';

const manyFields = 16;
const opened = new Set();

function head(message) {
  const changed = Date.parse(message.updatedAt) - Date.parse(message.createdAt) > 1000;
  return el('header', { class: 'card-head' },
    el('span', { class: 'author' }, 'ChatOps'),
    el('time', { datetime: message.createdAt, title: full(message.createdAt) }, clock(message.createdAt)),
    changed && el('time', { class: 'changed', datetime: message.updatedAt, title: full(message.updatedAt) }, `updated ${moment(message.updatedAt)}`),
    /^[A-Z]+-\d+$/.test(message.subject ?? '') && el('a', { class: 'subject', href: `#${message.subject}`, title: `Link to ${message.subject}` }, message.subject));
}

function titleLine(message) {
  const plain = message.state === 'info';
  const word = el('span', { class: plain ? 'unseen' : 'state' }, capital(message.state));
  return el('div', { class: 'card-title' }, word, message.title && el('h2', { dir: 'auto' }, message.title));
}

/** Something long is folded, and stays open once it was opened. */
function folded(message, part, node, words) {
  const key = `${message.id} ${part}`;
  if (opened.has(key)) return [node];
  node.classList.add('folded');
  const more = el('button', {
    type: 'button', class: 'more', onclick: () => {
      opened.add(key);
      node.classList.remove('folded');
      node.tabIndex = -1;
      node.focus({ preventScroll: true });
      more.remove();
    },
  }, words);
  return [node, more];
}

function body(message) {
  if (!lengthOf(message.body)) return null;
  const text = el('div', { class: 'card-body' }, drawRuns(message.body));
  const long = lengthOf(message.body) > 1600 || linesOf(message.body) > 18;
  return long ? folded(message, 'body', text, 'Show all of it') : text;
}

function fields(message) {
  if (!message.fields?.length) return null;
  const grid = el('dl', { class: 'fields' }, message.fields.map(field => {
    const runs = field.runs ?? [{ text: field.value }];
    // Code is wider than its letters, and breaks badly.
    const length = lengthOf(runs) * (runs.some(({ code }) => code) ? 1.3 : 1);
    const size = length > 54 || linesOf(runs) > 1 || field.name.length > 40 ? 'long' : length > 22 ? 'wide' : null;
    return el('div', { class: size }, el('dt', { dir: 'auto' }, field.name), el('dd', null, drawRuns(runs)));
  }));
  return message.fields.length > manyFields ? folded(message, 'fields', grid, `Show all ${message.fields.length} fields`) : grid;
}

function buttons(message) {
  if (!message.buttons?.length) return null;
  const busy = busyWith(message.id);
  return el('div', { class: 'actions' }, message.buttons.map(button => el('button', {
    type: 'button', class: `action ${button.style ?? 'default'}`, dataset: { action: button.actionId, value: button.value ?? '' },
    disabled: Boolean(busy), 'aria-busy': busy === button && 'true', onclick: event => {
      // A thread is the history already; the bot tells it where there is none.
      const root = message.threadId ?? message.id;
      if (button.actionId === 'history' && store.replies(root).length) openThread(root, event.currentTarget);
      else press(message, button);
    },
  }, el('bdi', null, button.label))));
}

function thread(message) {
  const replies = store.replies(message.id);
  if (!replies.length) return null;
  const last = replies.at(-1);
  return el('button', { type: 'button', class: 'replies', onclick: event => openThread(message.id, event.currentTarget) },
    icon('thread'), el('b', null, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
    el('span', null, `· last ${moment(last.createdAt)}`), icon('next'));
}

function fill(article, message) {
  Object.assign(article.dataset, { message: message.id, subject: message.subject ?? '', state: message.state });
  const label = [/^[A-Z]+-\d+$/.test(message.subject ?? '') ? message.subject : '', capital(message.state), message.title].filter(Boolean).join(', ');
  article.setAttribute('aria-label', label);
  article.replaceChildren(...[
    head(message), titleLine(message), body(message), drawPicture(message.picture), fields(message),
    lengthOf(message.context) > 0 && el('p', { class: 'context' }, drawRuns(message.context)), buttons(message), thread(message),
  ].flat().filter(Boolean));
}

/** The card, and below it the place for notes about it. */
export function drawCard(message) {
  const article = el('article', { class: 'card', tabindex: '-1' });
  fill(article, message);
  return [article, el('div', { class: 'notes', dataset: { notesFor: message.id } })];
}

export const cardsOf = id => document.querySelectorAll(`[data-message="${CSS.escape(id)}"]`);

/** Draws a message anew wherever it is shown; the focus stays on what it was on. */
export function redrawCard(message) {
  for (const article of cardsOf(message.id)) {
    const focused = article.contains(document.activeElement) ? document.activeElement : null;
    const same = focused?.dataset.action ? `[data-action="${CSS.escape(focused.dataset.action)}"]` : focused?.className && `.${focused.className.split(' ')[0]}`;
    const stateWas = article.dataset.state;
    fill(article, message);
    if (focused && focused !== article) (article.querySelector(same) ?? article).focus({ preventScroll: true });
    if (stateWas !== message.state) flash(article);
  }
}

export function flash(article) {
  article.classList.remove('flash');
  void article.offsetWidth;
  article.classList.add('flash');
}
