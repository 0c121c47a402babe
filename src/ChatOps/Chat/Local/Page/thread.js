// A card with its replies: beside the feed on a laptop, over everything on a phone.
import { byId, el, icon, isPhone } from './dom.js';
import { cardsOf, drawCard, redrawCard } from './message.js';
import { notesIn } from './notes.js';
import { store } from './store.js';

const panel = byId('thread');
let root = null;
let opener = null;

export const threadIsOpen = () => root !== null;

/** On a phone the sheet covers the page: what is under it is out of reach. */
function coverPage() {
  const covered = threadIsOpen() && isPhone();
  for (const id of ['main', 'sidebar']) byId(id).inert = covered;
  panel.setAttribute('role', covered ? 'dialog' : 'complementary');
  if (covered) panel.setAttribute('aria-modal', 'true');
  else panel.removeAttribute('aria-modal');
}

export function openThread(id, from) {
  const message = store.get(id);
  if (!message) return;
  root = id;
  opener = { element: from, id };
  panel.replaceChildren(
    el('header', { class: 'thread-head' },
      el('button', { type: 'button', class: 'plain only-phone', 'aria-label': 'Back to the channel', onclick: closeThread }, icon('back')),
      el('div', null, el('h2', { id: 'thread-title' }, 'Thread'), el('p', { dir: 'auto' }, [message.subject, message.title].filter(Boolean).join(' · '))),
      el('button', { type: 'button', class: 'plain only-laptop', 'aria-label': 'Close the thread', title: 'Close (Esc)', onclick: closeThread }, icon('close'))),
    el('div', { class: 'thread-scroll', tabindex: '0', 'aria-label': 'Thread messages', role: 'region' },
      el('div', { class: 'thread-root' }, drawCard(message)),
      el('p', { class: 'thread-count' }),
      el('ol', { class: 'thread-replies' })));
  panel.hidden = false;
  document.body.classList.add('with-thread');
  redrawReplies();
  notesIn(panel);
  coverPage();
  panel.querySelector(isPhone() ? '.thread-head button' : '.thread-scroll').focus({ preventScroll: true });
}

export function closeThread() {
  if (!threadIsOpen()) return;
  const { element, id } = opener;
  root = null;
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove('with-thread');
  coverPage();
  const back = element?.isConnected ? element : [...cardsOf(id)][0]?.querySelector('.replies') ?? byId('command');
  back.focus({ preventScroll: true });
}

function redrawReplies() {
  const list = panel.querySelector('.thread-replies');
  const replies = store.replies(root);
  const known = new Map([...list.children].map(item => [item.dataset.key, item]));
  let at = list.firstElementChild;
  for (const reply of replies) {
    let item = known.get(reply.id);
    known.delete(reply.id);
    if (!item) {
      item = el('li', { dataset: { key: reply.id } }, drawCard(reply));
      notesIn(item);
    }
    if (item === at) at = at.nextElementSibling;
    else list.insertBefore(item, at);
  }
  for (const item of known.values()) item.remove();
  const count = replies.length;
  panel.querySelector('.thread-count').replaceChildren(el('span', null, count === 0 ? 'No replies yet' : count === 1 ? '1 reply' : `${count} replies`));
}

/** Keeps an open thread up to date; someone who reads its end stays at its end. */
export function threadChanged(message) {
  if (!threadIsOpen()) return;
  if (!store.get(root)) return closeThread();
  if (message.id !== root && message.threadId !== root) return;
  const scroller = panel.querySelector('.thread-scroll');
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  redrawReplies();
  if (message.channel) redrawCard(message);
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

/** A note in the thread comes into view: it answers what was just pressed there. */
export function showThreadNote(note) {
  panel.querySelector(`[data-ephemeral="${note.id}"]`)?.scrollIntoView({ block: 'nearest' });
}

matchMedia('(max-width: 820px)').addEventListener('change', coverPage);
