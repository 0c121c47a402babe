// What only this person sees: answers to what was sent or pressed, kept in this tab until dismissed.
import { el, icon, byId } from './dom.js';
import { drawCard } from './message.js';
import { store } from './store.js';
import { clock, full } from './time.js';

export function drawNote(note) {
  const drawn = el('section', { class: note.error ? 'note failed' : 'note', dataset: { ephemeral: note.id }, tabindex: '-1', 'aria-label': 'Only you can see this' },
    el('header', { class: 'note-head' }, icon('unseen'), el('span', null, 'Only you can see this'),
      el('time', { datetime: note.at, title: full(note.at) }, clock(note.at)),
      el('button', {
        type: 'button', class: 'plain dismiss', 'aria-label': 'Dismiss', title: 'Dismiss', onclick: () => {
          const next = drawn.closest('li')?.querySelector('article');
          store.dismiss(note);
          (next && !drawn.contains(next) ? next : byId('command')).focus({ preventScroll: true });
        },
      }, icon('close'))),
    note.command && el('p', { class: 'said' }, el('code', { dir: 'auto' }, note.command)),
    note.error && el('p', { class: 'failure' }, note.error),
    note.replies?.map(drawCard),
    !note.error && !note.replies?.length && el('p', { class: 'context' }, 'Sent. The bot had nothing to add.'));
  for (const place of drawn.querySelectorAll('[data-notes-for]')) fillPlace(place);
  return drawn;
}

function fillPlace(place) {
  place.replaceChildren(...store.notes(place.dataset.notesFor).map(drawNote));
}

/** Brings the notes under a message up to date, wherever it is shown. */
export function redrawNotes(anchor) {
  for (const place of document.querySelectorAll(`[data-notes-for="${CSS.escape(anchor)}"]`)) fillPlace(place);
}

export const notesIn = root => root.querySelectorAll('[data-notes-for]').forEach(fillPlace);
