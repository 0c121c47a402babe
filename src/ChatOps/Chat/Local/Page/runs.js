// Text as the bot sends it: runs. Each is isolated, so that its writing direction stays its own affair.
import { el } from './dom.js';
import { identity } from './identity.js';

function safeLink(href) {
  try {
    const url = new URL(href);
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function drawRun(run) {
  let node = el('bdi', null, run.text ?? '');
  if (run.code) node = el('code', { class: run.text?.includes('\n') ? 'block' : null, dir: 'auto' }, run.text);
  if (run.bold) node = el('strong', null, node);
  if (run.mention) node = el('span', { class: identity.is(run.mention) ? 'mention me' : 'mention', title: identity.is(run.mention) ? 'You' : null }, node);
  const href = run.href && safeLink(run.href);
  return href ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, node) : node;
}

export const drawRuns = runs => (runs ?? []).map(drawRun);

export const lengthOf = runs => (runs ?? []).reduce((sum, run) => sum + (run.text?.length ?? 0), 0);

export const linesOf = runs => (runs ?? []).reduce((sum, run) => sum + (run.text?.split('\n').length ?? 1) - 1, 1);
