// News from the bot as they happen. EventSource comes back by itself after a broken connection, not after a refusal: that is done here.
import { byId } from './dom.js';

const words = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…' };

function show(state) {
  const sign = byId('connection');
  if (sign.dataset.state === state) return;
  sign.dataset.state = state;
  sign.lastElementChild.textContent = words[state];
}

/** @param opened called whenever the stream is there (again): what was missed has to be read */
export function listen({ opened, message, failed }) {
  let source;
  let wait = 1000;
  let timer;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource('/local/stream');
    source.addEventListener('open', () => {
      wait = 1000;
      show('live');
      opened();
    });
    for (const kind of ['message', 'update'])
      source.addEventListener(kind, event => {
        try {
          message(JSON.parse(event.data));
        } catch (problem) {
          console.error('An event of the stream could not be shown.', problem);
        }
      });
    source.addEventListener('error', () => {
      show('reconnecting');
      failed();
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, 15_000);
    });
  }

  function now() {
    if (source.readyState === EventSource.CLOSED) connect();
  }

  addEventListener('online', now);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && now());
  connect();
}
