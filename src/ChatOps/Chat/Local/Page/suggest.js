// Which commands fit what is typed. Pure: text in, suggestions out.

const flat = text => text.trimStart().replace(/\s+/g, ' ').toLowerCase();

/** How it would be written with a slash: words without one are commands too. */
const slashed = text => (text.startsWith('/') ? text : `/${text}`);

/** @returns {{ command: object|null, items: Array<{ text: string, words: string, summary: string, command: object }> }} */
export function suggest(commands, typed) {
  const text = flat(typed);
  if (!text || typed.includes('\n')) return { command: null, items: [] };
  const wanted = slashed(text);
  const command = commands
    .filter(({ words }) => wanted === words.toLowerCase() || wanted.startsWith(`${words.toLowerCase()} `))
    .sort((one, other) => other.words.length - one.words.length)[0] ?? null;

  const last = text.split(' ').at(-1);
  if (command && last.startsWith('-')) return { command, items: optionItems(command, typed, last) };

  const starting = commands.filter(({ words }) => words.toLowerCase().startsWith(wanted));
  if (starting.length || command) return { command, items: starting.map(commandItem) };

  // Any order, anywhere in it: "/escal" finds "/alert escalate". Ordinary words do not open a list.
  if (!text.startsWith('/')) return { command: null, items: [] };
  const parts = text.slice(1).split(' ').filter(Boolean);
  const weigh = found => parts.filter(part => found.words.toLowerCase().includes(part)).length;
  const loose = commands
    .filter(({ words, summary }) => parts.every(part => `${words} ${summary}`.toLowerCase().includes(part)))
    .sort((one, other) => weigh(other) - weigh(one));
  return { command: null, items: loose.map(commandItem) };
}

const commandItem = command => ({ text: `${command.words} `, words: command.words, summary: command.summary, command });

function optionItems(command, typed, last) {
  const before = typed.slice(0, typed.length - last.length);
  const rest = typed.toLowerCase();
  return (command.options ?? [])
    .filter(({ name }) => name.startsWith(last) && !rest.slice(0, -last.length).includes(`${name} `))
    .map(({ name, summary }) => ({ text: `${before}${name} `, words: name, summary, command }));
}
