// Small helpers for building the page out of nodes. Data only ever becomes text or an attribute.

/** An element: properties starting with "on" are listeners, "dataset" an object, the rest attributes (null, undefined and false are left out). */
export function el(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'dataset') Object.assign(made.dataset, value);
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const shapes = {
  close: 'M5 5l10 10M15 5L5 15',
  back: 'M12.5 4.5L7 10l5.5 5.5',
  next: 'M7.5 4.5L13 10l-5.5 5.5',
  down: 'M10 4v12M5 11l5 5 5-5',
  open: 'M5 8l5 5 5-5',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  send: 'M3.5 10h12M10.5 4.5L16 10l-5.5 5.5',
  thread: 'M4 4.5h12v8.5H9.5L6 16v-3H4z',
  unseen: 'M3 10c2-3.3 4.3-5 7-5s5 1.7 7 5c-2 3.3-4.3 5-7 5s-5-1.7-7-5zM4 16L16 4',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
};

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

export const capital = word => word.charAt(0).toUpperCase() + word.slice(1);

export const byId = id => document.getElementById(id);

export const isPhone = () => matchMedia('(max-width: 820px)').matches;

/** Says something to screen readers, once what was said before has been read out. */
export function announce(words) {
  const line = el('p', null, words);
  byId('announcer').append(line);
  setTimeout(() => line.remove(), 10_000);
}

/** What the browser remembers; a browser that refuses to is no reason to stop. */
export const memory = {
  get(key) {
    try {
      return localStorage.getItem(`chatops.${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`chatops.${key}`, value);
    } catch {
      // It lasts as long as the page.
    }
  },
};
