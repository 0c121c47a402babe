// The feed of a channel: oldest to newest, held where the reader is.
import { byId, el, isPhone } from './dom.js';
import { drawCard, flash, redrawCard } from './message.js';
import { drawNote, notesIn, redrawNotes } from './notes.js';
import { store } from './store.js';
import { day, dayKey } from './time.js';

const scroller = byId('feed');
const list = byId('messages');
const pill = byId('newer');
let channel = null;
let entries = [];
let atEnd = true;
let unread = 0;

const toEnd = () => {
  scroller.scrollTop = scroller.scrollHeight;
  atEnd = true;
};

function firstVisible() {
  const top = scroller.getBoundingClientRect().top;
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (entries[middle].item.getBoundingClientRect().bottom > top) to = middle;
    else from = middle + 1;
  }
  return entries[from]?.item;
}

/** Changes the feed so that the reader stays where they were: at the end, or at what they were reading. */
export function keepPlace(change) {
  const wasAtEnd = atEnd;
  // Someone about to press a button keeps it under their finger.
  const aiming = matchMedia('(hover: hover)').matches && document.activeElement !== scroller && list.querySelector('.actions button:hover, .actions button:focus-visible');
  const held = wasAtEnd && !aiming ? null : firstVisible();
  const top = held?.getBoundingClientRect().top;
  change();
  if (!held) toEnd();
  else if (held.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - top;
}

function place(entry) {
  let at = entries.length;
  while (at > 0 && (entries[at - 1].time - entry.time || entries[at - 1].arrival - entry.arrival) > 0) at--;
  entries.splice(at, 0, entry);
  list.insertBefore(entry.item, entries[at + 1]?.item ?? null);
  markDay(at);
  markDay(at + 1);
}

/** The first of a day says which day it is. */
function markDay(at) {
  const entry = entries[at];
  if (!entry) return;
  const first = at === 0 || dayKey(entries[at - 1].when) !== dayKey(entry.when);
  const sign = entry.item.querySelector(':scope > .day');
  if (first && !sign) entry.item.prepend(el('div', { class: 'day' }, el('span', null, day(entry.when))));
  else if (!first) sign?.remove();
}

function add(key, when, arrival, nodes) {
  place({ key, when, time: Date.parse(when), arrival, item: el('li', null, nodes) });
}

function remove(key) {
  const at = entries.findIndex(entry => entry.key === key);
  if (at < 0) return;
  entries.splice(at, 1)[0].item.remove();
  markDay(at);
}

const addMessage = message => {
  add(message.id, message.createdAt, store.arrival(message.id), drawCard(message));
  notesIn(entries.find(({ key }) => key === message.id).item);
};

function showEmpty() {
  byId('empty').hidden = entries.length > 0 || !channel;
}

function showPill() {
  pill.hidden = unread === 0;
  pill.textContent = unread === 1 ? '1 new message ↓' : `${unread} new messages ↓`;
}

/** Shows a channel from scratch, or what it holds after everything was read again. */
export function showChannel(name) {
  channel = name;
  entries = [];
  list.replaceChildren();
  keepPlace(() => {
    for (const message of store.all()) if (message.channel === channel && store.isRoot(message)) addMessage(message);
    for (const note of store.notes(null)) if (note.channel === channel) add(note.id, note.at, note.arrival, drawNote(note));
  });
  toEnd();
  unread = 0;
  showPill();
}

export function onMessage({ message, fresh }, live) {
  if (message.channel !== channel) return;
  const root = store.isRoot(message);
  const change = () => {
    if (root && fresh) {
      for (const reply of store.replies(message.id)) remove(reply.id);
      addMessage(message);
    } else redrawCard(message);
    if (!root) redrawCard(store.get(message.threadId));
    showEmpty();
  };
  if (!live) return change();
  keepPlace(change);
  if (!fresh || !root) return;
  flash(list.querySelector(`[data-message="${CSS.escape(message.id)}"]`));
  if (!atEnd || scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 80) unread++;
  showPill();
}

export function onGone({ id, message }) {
  keepPlace(() => {
    remove(id);
    if (store.get(message.threadId)) redrawCard(store.get(message.threadId));
  });
  showEmpty();
}

export function onNote({ note }) {
  const before = note.anchor !== null;
  keepPlace(() => (before ? redrawNotes(note.anchor) : note.channel === channel && add(note.id, note.at, note.arrival, drawNote(note))));
  showEmpty();
  const shown = list.querySelector(`[data-ephemeral="${note.id}"]`);
  shown?.scrollIntoView({ block: 'nearest' });
}

export function onNoteGone({ note }) {
  keepPlace(() => (note.anchor === null ? remove(note.id) : redrawNotes(note.anchor)));
  showEmpty();
}

/** Goes to a card, as its permalink does. */
export function goTo(id) {
  const article = list.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (!article) return false;
  atEnd = false;
  article.scrollIntoView({ block: article.offsetHeight > scroller.clientHeight ? 'start' : 'center' });
  article.focus({ preventScroll: true });
  flash(article);
  return true;
}

/** The next (1) or the previous (-1) message gets the focus. */
export function step(by) {
  const articles = [...list.querySelectorAll('article')];
  const at = articles.findIndex(article => article.contains(document.activeElement));
  const next = at < 0 ? articles.at(-1) : articles[at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: next.offsetHeight > scroller.clientHeight ? 'start' : 'nearest' });
}

export function newest() {
  toEnd();
  unread = 0;
  showPill();
}

export function startFeed(tryCommand) {
  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
    if (atEnd && unread) newest();
  }, { passive: true });
  const keepEnd = new ResizeObserver(() => atEnd && toEnd());
  keepEnd.observe(scroller);
  pill.addEventListener('click', () => {
    newest();
    scroller.focus({ preventScroll: true });
  });
  byId('empty').replaceChildren(el('h2', null, 'It is quiet here'),
    el('p', null, 'Alerts, handovers and announcements appear in this channel as they happen. Until then, try one of these:'),
    el('ul', null, [['/oncall join', 'put yourself on the rotation'], ['/oncall who', 'see who is on call now'], ['/help', 'everything the bot can do']].map(([words, does]) =>
      el('li', null, el('button', { type: 'button', dataset: { example: words }, onclick: () => tryCommand(words) }, el('code', null, words), el('span', null, does))))),
    el('p', { class: 'hint' }, isPhone() ? 'Tap one and it is put into the box below.' : 'A click puts it into the box below; Enter sends it.'));
}

export { showEmpty };
