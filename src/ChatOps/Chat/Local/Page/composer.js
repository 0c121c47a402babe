// The command box: always at hand, it keeps what could not be sent.
import { Completion } from './completion.js';
import { byId, icon, memory } from './dom.js';

const box = byId('command');
const send = byId('send');
const notice = byId('notice');
const completion = new Completion(box);
const kept = 50;
let history = JSON.parse(memory.get('history') ?? '[]');
let looking = -1;

export const setCommands = commands => (completion.commands = commands);

/** Says what went wrong, right above the box. */
export function say(words) {
  notice.textContent = words ?? '';
  notice.hidden = !words;
}

function grow() {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + 2}px`;
}

function write(text) {
  box.value = text;
  box.setSelectionRange(text.length, text.length);
  grow();
}

/** Puts a command into the box, to be looked at and sent. */
export function fillBox(text) {
  write(text);
  box.focus();
  completion.update();
}

function remember(text) {
  history = [text, ...history.filter(other => other !== text)].slice(0, kept);
  memory.set('history', JSON.stringify(history));
  looking = -1;
}

function lookBack(event) {
  const back = event.key === 'ArrowUp' && (box.value === '' || looking >= 0);
  const forth = event.key === 'ArrowDown' && looking >= 0;
  if (!back && !forth) return false;
  const to = looking + (back ? 1 : -1);
  if (to >= history.length) return true;
  looking = to;
  completion.close();
  write(history[looking] ?? '');
  return true;
}

async function submit(sendCommand) {
  const text = box.value.trim();
  if (!text || send.disabled) return;
  completion.close();
  say(null);
  send.disabled = true;
  box.readOnly = true;
  send.setAttribute('aria-busy', 'true');
  try {
    if (!(await sendCommand(text))) return;
    remember(text);
    write('');
  } catch (problem) {
    say(problem.message);
  } finally {
    send.disabled = false;
    box.readOnly = false;
    send.removeAttribute('aria-busy');
  }
}

/** @param sendCommand sends a text; false when it was not sent after all, an error with words when it could not be */
export function startComposer(sendCommand) {
  send.append(icon('send'));
  byId('composer').addEventListener('submit', event => {
    event.preventDefault();
    submit(sendCommand);
  });
  box.addEventListener('input', () => {
    looking = -1;
    grow();
    say(null);
    completion.update();
  });
  box.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (completion.key(event) || lookBack(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit(sendCommand);
    }
  });
  box.addEventListener('blur', () => completion.close());
  box.addEventListener('focus', () => box.value && looking < 0 && completion.update());
}
