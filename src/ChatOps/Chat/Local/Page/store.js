// What the page knows: messages by id, who answers whom, and the notes that only this tab has.

/** Events: "message" {message, fresh}, "gone" {id}, "note" {note}, "note-gone" {note}. */
class Store extends EventTarget {
  #kept = new Map();
  #replies = new Map();
  #notes = [];
  #arrivals = 0;

  get(id) {
    return this.#kept.get(id)?.message;
  }

  /** A root, or a reply whose root is not there. */
  isRoot(message) {
    return !message.threadId || !this.#kept.has(message.threadId);
  }

  all() {
    return [...this.#kept.values()].sort(inOrder).map(({ message }) => message);
  }

  replies(id) {
    return [...(this.#replies.get(id) ?? [])].map(reply => this.#kept.get(reply)).sort(inOrder).map(({ message }) => message);
  }

  arrival(id) {
    return this.#kept.get(id)?.arrival ?? ++this.#arrivals;
  }

  /** Takes a message in, new or changed. One that is older than what is known changes nothing. */
  put(message) {
    const known = this.#kept.get(message.id);
    if (known && (Date.parse(message.updatedAt) < Date.parse(known.message.updatedAt) || JSON.stringify(known.message) === JSON.stringify(message))) return;
    this.#kept.set(message.id, { message, arrival: known?.arrival ?? ++this.#arrivals, touched: performance.now() });
    if (message.threadId) {
      if (!this.#replies.has(message.threadId)) this.#replies.set(message.threadId, new Set());
      this.#replies.get(message.threadId).add(message.id);
    }
    this.#tell('message', { message, fresh: !known });
  }

  /** The whole of a channel, as read after `since`: what is not in it is gone, unless it came by the stream meanwhile. */
  putAll(channel, messages, since) {
    const there = new Set(messages.map(({ id }) => id));
    for (const [id, { message, touched }] of [...this.#kept])
      if (message.channel === channel && !there.has(id) && touched < since) this.#drop(id, message);
    // Roots first: a reply is placed by its root.
    for (const message of [...messages].sort((one, other) => Boolean(one.threadId) - Boolean(other.threadId))) this.put(message);
  }

  #drop(id, message) {
    this.#kept.delete(id);
    this.#replies.get(message.threadId)?.delete(id);
    this.#tell('gone', { id, message });
  }

  /** What only this person sees: anchored under a message, or (anchor null) in a channel's feed. */
  addNote(note) {
    const made = { id: `note-${++this.#arrivals}`, arrival: this.#arrivals, ...note };
    this.#notes.push(made);
    this.#tell('note', { note: made });
    return made;
  }

  notes(anchor) {
    return this.#notes.filter(note => note.anchor === anchor);
  }

  /** Every message in a note. */
  answers() {
    return this.#notes.flatMap(({ replies }) => replies ?? []);
  }

  dismiss(note) {
    this.#notes = this.#notes.filter(other => other !== note);
    this.#tell('note-gone', { note });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const inOrder = (one, other) => Date.parse(one.message.createdAt) - Date.parse(other.message.createdAt) || one.arrival - other.arrival;

export const store = new Store();
