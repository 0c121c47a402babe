// Everything that a person does goes through here: commands, buttons, forms; and what comes back is put where it belongs.
import * as api from './api.js';
import { announce } from './dom.js';
import { askForm } from './dialog.js';
import { identity } from './identity.js';
import { cardsOf } from './message.js';
import { store } from './store.js';

const busy = new Map();

/** The button of this message that is on its way, if one is. */
export const busyWith = id => busy.get(id);

function mark(id, button) {
  if (button) busy.set(id, button);
  else busy.delete(id);
  for (const article of cardsOf(id))
    for (const shown of article.querySelectorAll(':scope > .actions button')) {
      const pressed = button && shown.dataset.action === button.actionId && shown.dataset.value === (button.value ?? '');
      shown.disabled = Boolean(button);
      if (pressed) shown.setAttribute('aria-busy', 'true');
      else shown.removeAttribute('aria-busy');
    }
}

/** The time of a note among the messages: the bot's own clock where it gave one. */
function timeOf(replies) {
  const newest = store.all().at(-1)?.createdAt;
  const now = new Date().toISOString();
  return replies?.[0]?.createdAt ?? (newest && Date.parse(newest) > Date.now() ? newest : now);
}

function show(note) {
  const words = note.error ?? note.replies.map(({ text }) => text).join('\n');
  store.addNote({ at: timeOf(note.replies), ...note });
  announce(words || 'Sent.');
}

/** Replies are shown; a form is asked, and what its answer brings is shown in its turn. */
async function settle(answer, place) {
  const replies = answer.replies ?? [];
  if (replies.length || (place.command && !answer.form)) show({ ...place, replies });
  if (!answer.form) return;
  const user = identity.name;
  await askForm(answer.form, async values => {
    const next = await api.form(user, answer.form.formId, values);
    return () => settle(next, place);
  });
}

/** Sends what was typed. Throws what the box should say; then nothing is lost. */
export async function sendCommand(channel, text) {
  const user = await identity.need();
  if (!user) return false;
  const answer = await api.command(user, channel, text);
  settle(answer, { channel, anchor: null, command: text });
  return true;
}

export async function press(message, button) {
  if (busy.has(message.id)) return;
  const user = await identity.need();
  if (!user) return;
  const focused = document.activeElement;
  const view = focused?.closest('#feed, #thread');
  mark(message.id, button);
  let answer;
  const place = { channel: message.channel, anchor: message.id };
  try {
    answer = await api.action(user, message.id, button);
  } catch (problem) {
    show({ ...place, error: `“${button.label}”: ${problem.message}` });
  } finally {
    mark(message.id, null);
    // A disabled button loses the focus: it goes back there, or to the card when the button is gone.
    const card = view?.querySelector(`[data-message="${CSS.escape(message.id)}"]`);
    const same = card?.querySelector(`:scope > .actions [data-action="${CSS.escape(button.actionId)}"]`);
    if (document.activeElement === document.body) (same ?? card)?.focus({ preventScroll: true });
  }
  if (answer) await settle(answer, place);
}
