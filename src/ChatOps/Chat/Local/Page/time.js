// Times as people read them: in the browser's zone, 24 hours.
const language = 'en-GB';
const clockFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const fullFormat = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' });
const dayFormat = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const yearFormat = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const written = (format, at) => (Number.isNaN(at.getTime()) ? '' : format.format(at));

export const clock = iso => written(clockFormat, new Date(iso));

export const full = iso => written(fullFormat, new Date(iso));

export const dayKey = iso => new Date(iso).toDateString();

export function day(iso) {
  const at = new Date(iso);
  const now = new Date();
  if (at.toDateString() === now.toDateString()) return 'Today';
  if (at.toDateString() === new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString()) return 'Yesterday';
  return written(at.getFullYear() === now.getFullYear() ? dayFormat : yearFormat, at);
}

/** The clock, with the day where it is not today. */
export function moment(iso) {
  const today = dayKey(iso) === new Date().toDateString();
  return today ? clock(iso) : `${written(shortFormat, new Date(iso))} ${clock(iso)}`;
}
