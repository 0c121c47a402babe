// The bot's own HTTP API, and what can go wrong with it, in words.
import { timeZone } from './time.js';

export class ApiError extends Error {}

/** It is certain that nothing was done. */
export class NotSent extends ApiError {}

/** A form that the bot did not take: a sentence by field. */
export class FormErrors extends ApiError {
  constructor(errors) {
    super('Some fields need another look.');
    this.errors = errors;
  }
}

async function call(path, body) {
  const options = body === undefined
    ? { headers: { accept: 'application/json' } }
    : { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) };
  let response;
  let text;
  try {
    response = await fetch(path, { ...options, cache: 'no-store', signal: AbortSignal.timeout(30_000) });
    text = await response.text();
  } catch (problem) {
    if (response || problem.name === 'TimeoutError')
      throw new ApiError('No answer came back. It may have been carried out all the same: look before you repeat it.');
    throw new NotSent('Not sent: the bot cannot be reached.');
  }
  let answer = null;
  try {
    answer = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (response.status === 422 && answer?.errors) throw new FormErrors(answer.errors);
  if (!response.ok) throw new ApiError(answer?.error ?? `The bot answered with ${response.status} ${response.statusText}`.trim() + '.');
  if (answer === null) throw new ApiError('The bot gave an answer that this page cannot read.');
  return answer;
}

export const channels = () => call('/local/channels');
export const people = () => call('/local/people');
export const commands = () => call('/local/commands');
export const messages = channel => call(`/local/messages?channel=${encodeURIComponent(channel)}`);
export const command = (user, channel, text) => call('/local/command', { user, channel, text, timeZone });
export const action = (user, messageId, { actionId, value }) => call('/local/action', { user, messageId, actionId, value, timeZone });
export const form = (user, formId, values) => call('/local/form', { user, formId, values, timeZone });
