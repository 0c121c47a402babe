// Puts the page together.
import * as api from './api.js';
import { announce, byId, memory } from './dom.js';
import { sendCommand } from './desk.js';
import * as feed from './feed.js';
import { fillBox, say, setCommands, startComposer } from './composer.js';
import { identity, startIdentity } from './identity.js';
import { startKeys } from './keys.js';
import { redrawCard } from './message.js';
import { closeMenu, drawAttention, drawChannels, startSidebar } from './sidebar.js';
import { store } from './store.js';
import { listen } from './stream.js';
import { closeThread, openThread, showThreadNote, threadChanged } from './thread.js';

let channels = [{ name: 'on-call', topic: '' }];
let current = memory.get('channel') ?? 'on-call';
let reading = false;
let everRead = false;
let again = false;
let live = true;

function choose(name) {
  if (name !== current) closeThread();
  current = name;
  memory.set('channel', name);
  byId('channel').textContent = `#${name}`;
  byId('topic').textContent = channels.find(channel => channel.name === name)?.topic ?? '';
  drawChannels(channels, current, choose);
  feed.showChannel(name);
  if (everRead) feed.showEmpty();
}

function problem(words) {
  byId('problem').textContent = words ?? '';
  byId('problem').hidden = !words;
}

/** Reads everything: at the start, and after every break in the stream. */
async function readAll() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  again = false;
  const since = performance.now();
  try {
    const [found, commands] = await Promise.all([api.channels(), api.commands()]);
    setCommands(commands);
    channels = found.length ? found : channels;
    if (!channels.some(({ name }) => name === current)) current = channels[0].name;
    const lists = await Promise.all(channels.map(({ name }) => api.messages(name)));
    live = false;
    const first = !everRead;
    const read = () => lists.forEach((messages, at) => store.putAll(channels[at].name, messages, since));
    if (first) read();
    else feed.keepPlace(read);
    everRead = true;
    if (first) choose(current);
    else drawChannels(channels, current, choose);
    feed.showEmpty();
    problem(null);
    if (first) followLink();
  } catch (failure) {
    problem(everRead ? null : `The messages cannot be read: ${failure.message} This page tries again by itself.`);
  } finally {
    live = true;
    reading = false;
  }
  if (again) readAll();
}

/** #A-12 goes to that card, in whichever channel it is. */
function followLink() {
  const subject = /^#([A-Za-z]+-\d+)$/.exec(location.hash)?.[1].toUpperCase();
  if (!subject) return;
  const about = store.all().filter(message => message.subject === subject);
  const message = about.findLast(found => store.isRoot(found)) ?? store.get(about.at(-1)?.threadId);
  if (!message) return say(`There is no card for ${subject} here.`);
  closeMenu();
  if (message.channel !== current) choose(message.channel);
  feed.goTo(message.id);
}

store.addEventListener('message', ({ detail }) => {
  if (everRead) feed.onMessage(detail, live);
  threadChanged(detail.message);
  if (!live || !detail.fresh) return;
  announce(`New message: ${detail.message.text}`.slice(0, 400));
  if (!channels.some(({ name }) => name === detail.message.channel)) readAll();
});
store.addEventListener('message', later(() => drawAttention(current)));
store.addEventListener('gone', ({ detail }) => {
  feed.onGone(detail);
  threadChanged(detail.message);
  drawAttention(current);
});
store.addEventListener('note', ({ detail }) => {
  feed.onNote(detail);
  showThreadNote(detail.note);
});
store.addEventListener('note-gone', ({ detail }) => feed.onNoteGone(detail));
// Another person is mentioned now.
identity.addEventListener('change', () => feed.keepPlace(() => [...store.all(), ...store.answers()].forEach(redrawCard)));

/** Many calls at once become one, soon. */
function later(act) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      act();
    });
  };
}

startSidebar();
startIdentity();
startComposer(text => sendCommand(current, text));
feed.startFeed(fillBox);
startKeys();
byId('channel').textContent = `#${current}`;
addEventListener('hashchange', followLink);
document.addEventListener('click', event => {
  // The hash may be the same as before; the card is gone to all the same.
  const link = event.target.closest('a[href^="#"]');
  if (link && link.getAttribute('href') === location.hash) followLink();
});
listen({ opened: readAll, message: message => store.put(message), failed: () => everRead || readAll() });
