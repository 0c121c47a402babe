// The keyboard: everything can be reached without a mouse, and the often used without many keys.
import { byId, el, icon } from './dom.js';
import { newest, step } from './feed.js';
import { closeMenu, menuIsOpen } from './sidebar.js';
import { openThread, closeThread, threadIsOpen } from './thread.js';

const shortcuts = [
  ['/', 'write a command'],
  ['j  k', 'next and previous message'],
  ['t', 'open the thread of the message'],
  ['g', 'go to the newest message'],
  ['Esc', 'close what is open'],
  ['?', 'this list'],
  ['Tab', 'in the box: complete the command'],
  ['↑  ↓', 'in the box: choose a command; when it is empty, bring back earlier ones'],
  ['Shift Enter', 'in the box: a new line'],
];

export function showKeys() {
  const dialog = byId('keys-dialog');
  dialog.replaceChildren(el('header', null, el('h2', { id: 'keys-title' }, 'Keyboard shortcuts'),
    el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'))),
  el('dl', null, shortcuts.map(([keys, does]) => [el('dt', null, keys.split('  ').map(key => el('kbd', null, key))), el('dd', null, does)])));
  if (!dialog.open) dialog.showModal();
}

const actions = {
  '/': () => byId('command').focus(),
  j: () => step(1),
  k: () => step(-1),
  t: () => {
    const article = document.activeElement.closest('#messages article');
    if (article) openThread(article.dataset.message, article);
  },
  g: newest,
  '?': showKeys,
};

export function startKeys() {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog:modal')) return;
    if (event.key === 'Escape') {
      if (menuIsOpen()) {
        closeMenu();
        byId('open-menu').focus();
      } else if (threadIsOpen()) closeThread();
      return;
    }
    if (event.target.closest('input, textarea, select, [role=menu]')) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  byId('show-keys').addEventListener('click', showKeys);
  for (const link of document.querySelectorAll('[data-skip]'))
    link.addEventListener('click', event => {
      event.preventDefault();
      byId(link.dataset.skip).focus();
    });
}
