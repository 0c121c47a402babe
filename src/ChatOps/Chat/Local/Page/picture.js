// Numbers as columns side by side. Whoever does not see them hears them; the card's words say them too.
import { el } from './dom.js';

const space = 'http://www.w3.org/2000/svg';
const step = 44;
const high = 72;

function shape(name, properties, words) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
  if (words !== undefined) made.textContent = words;
  return made;
}

export function drawPicture(picture) {
  const columns = picture?.columns ?? [];
  if (!columns.length) return null;
  const most = Math.max(1, ...columns.map(({ value }) => value));
  const svg = shape('svg', {
    viewBox: `0 0 ${columns.length * step} ${high + 34}`, width: columns.length * step, role: 'img',
    'aria-label': `${picture.title}: ${columns.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
  });
  columns.forEach(({ label, value }, i) => {
    const tall = value === 0 ? 1 : Math.max(3, Math.round(value / most * high));
    const middle = i * step + step / 2;
    svg.append(
      shape('rect', { x: i * step + 8, y: 16 + high - tall, width: step - 16, height: tall, rx: 2 }),
      shape('text', { x: middle, y: 11 + high - tall, class: 'count' }, value),
      shape('text', { x: middle, y: high + 30 }, label));
  });
  return el('figure', { class: 'picture' }, el('figcaption', null, picture.title), svg);
}
