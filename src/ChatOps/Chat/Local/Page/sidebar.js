// Channels and what needs attention; the number of firing alerts in the tab's title and icon.
import { byId, capital, el, icon, isPhone } from './dom.js';
import { store } from './store.js';

const urgent = { firing: 0, open: 1, abnormal: 2, review: 3, acknowledged: 4 };

/** The newest card of each subject: what it is now. */
function subjects() {
  const found = new Map();
  for (const message of store.all()) if (message.subject && store.isRoot(message)) found.set(message.subject, message);
  return [...found.values()];
}

export function drawChannels(channels, current, choose) {
  byId('channels').replaceChildren(...channels.map(({ name }) => el('li', null,
    el('button', { type: 'button', 'aria-current': name === current && 'page', dataset: { channel: name }, onclick: () => choose(name) },
      el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'), el('bdi', null, name), el('span', { class: 'count' })))));
  drawAttention(current);
}

export function drawAttention(current) {
  const cards = subjects();
  const firing = cards.filter(({ state }) => state === 'firing');
  document.title = `${firing.length ? `(${firing.length}) ` : ''}#${current ?? 'on-call'} · ChatOps`;
  const href = firing.length ? '/page/icon-firing.svg' : '/page/icon.svg';
  if (byId('icon').getAttribute('href') !== href) byId('icon').setAttribute('href', href);
  for (const button of byId('channels').querySelectorAll('button')) {
    const count = firing.filter(({ channel }) => channel === button.dataset.channel).length;
    button.querySelector('.count').replaceChildren(...(count ? [String(count), el('span', { class: 'unseen' }, ' firing')] : []));
  }
  byId('open-menu').classList.toggle('alarm', firing.length > 0);
  const open = cards.filter(({ state }) => state in urgent).sort((one, other) => urgent[one.state] - urgent[other.state] || Date.parse(other.createdAt) - Date.parse(one.createdAt));
  byId('attention').replaceChildren(...(open.length ? open.slice(0, 40).map(message => el('li', null,
    el('a', { href: `#${message.subject}`, dataset: { state: message.state } },
      el('span', { class: 'line' }, el('span', { class: 'state' }, capital(message.state)), el('b', null, message.subject)),
      el('span', { class: 'what', dir: 'auto' }, message.title || message.text)))) : [el('li', { class: 'quiet' }, 'Nothing: all is well.')]));
}

export function closeMenu() {
  document.body.classList.remove('with-menu');
  byId('veil').hidden = true;
  byId('main').inert = false;
  byId('open-menu').setAttribute('aria-expanded', 'false');
}

export const menuIsOpen = () => document.body.classList.contains('with-menu');

/** On a phone the list slides in over the feed. */
export function startSidebar() {
  byId('open-menu').append(icon('menu'));
  byId('close-menu').append(icon('close'));
  byId('open-menu').addEventListener('click', () => {
    document.body.classList.add('with-menu');
    byId('veil').hidden = false;
    byId('main').inert = true;
    byId('open-menu').setAttribute('aria-expanded', 'true');
    byId('close-menu').focus();
  });
  const close = () => {
    closeMenu();
    byId('open-menu').focus();
  };
  byId('close-menu').addEventListener('click', close);
  byId('veil').addEventListener('click', close);
  byId('sidebar').addEventListener('click', event => isPhone() && event.target.closest('a, #channels button') && closeMenu());
}
