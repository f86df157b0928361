// What all live pages share: one event stream that comes back, an honest state line, the age of the data, a poll where
// no stream comes through, and who else has the warning open.
const SHORTEST_WAIT = 3_000;
const LONGEST_WAIT = 60_000;
const POLL = 15_000;

export function put(element, value) {
  const text = String(value);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

export function words(template, ...values) {
  return values.reduce((text, value, at) => text.replace('{' + at + '}', value), template ?? '');
}

export class Live {
  // address: of the events; handlers: by event's name; refetch: asks for all again, true when it came.
  constructor(page, address, handlers, refetch) {
    this.page = page;
    this.address = address;
    this.handlers = handlers;
    this.refetch = refetch;
    this.line = document.getElementById('stream');
    this.age = document.getElementById('age');
    this.updated = Date.now();
    this.wait = SHORTEST_WAIT;
    this.up = false;
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.ask();
      }
    });
    // A stream may look open for minutes after the network has gone.
    addEventListener('offline', () => {
      this.up = false;
      this.say('lost');
    });
    addEventListener('online', () => {
      if (this.events.readyState === EventSource.OPEN) {
        this.up = true;
        this.say('live');
      }
      this.ask();
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) {
        this.ask();
      }
    });
    setInterval(() => this.tick(), 1_000);
    setInterval(() => {
      if (!this.up || Date.now() - this.updated > 2 * POLL) {
        this.ask();
      }
    }, POLL);
    this.connect();
  }

  // Something fresh has been shown.
  fresh() {
    this.updated = Date.now();
    this.tick();
  }

  tick() {
    if (!this.age) {
      return;
    }
    const seconds = Math.max(0, Math.round((Date.now() - this.updated) / 1000));
    put(
      this.age,
      seconds < 120
        ? words(this.age.dataset.seconds, seconds)
        : words(this.age.dataset.minutes, Math.floor(seconds / 60)),
    );
  }

  say(state) {
    if (this.line) {
      put(this.line, this.line.dataset[state]);
    }
    this.page.classList.toggle('stale', state === 'lost' || state === 'out');
  }

  // The browser itself comes again after a break, but not after a refusal: then we do, ever more slowly.
  connect() {
    const events = new EventSource(this.address);
    this.events = events;
    let before = this.up;
    events.addEventListener('open', () => {
      this.wait = SHORTEST_WAIT;
      this.up = true;
      this.say('live');
      if (before === false) {
        before = true;
      } else {
        // It was away: what was told meanwhile was told to nobody.
        this.ask();
      }
    });
    events.addEventListener('error', () => {
      this.up = false;
      this.say('lost');
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), this.wait);
        this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
        this.ask();
      }
    });
    for (const [name, handler] of Object.entries(this.handlers)) {
      events.addEventListener(name, (event) => handler(JSON.parse(event.data)));
    }
  }

  async ask() {
    if (this.asking) {
      return;
    }
    this.asking = true;
    try {
      const status = await this.refetch();
      if (status === 401) {
        this.say('out');
      } else if (status === 200) {
        this.fresh();
        if (!this.up) {
          this.say('polling');
        }
      }
    } catch {
      // The network is away: the stream's own state says so.
    } finally {
      this.asking = false;
    }
  }
}

// Asks for a part of the page and puts it in its place; what was open stays open, what had the focus keeps it.
export async function replace(place, address) {
  const answer = await fetch(address, { redirect: 'manual' });
  if (answer.type === 'opaqueredirect') {
    return 401;
  }
  if (answer.status === 200) {
    const open = new Set([...place.querySelectorAll('details[open][id]')].map((details) => details.id));
    const scrolled = new Map([...place.querySelectorAll('.scroll')].map((box, at) => [at, [box.scrollLeft, box.scrollTop]]));
    const focus = document.activeElement;
    const inside = place.contains(focus);
    const trail = inside ? [...place.querySelectorAll('a[href], summary, [tabindex]')].indexOf(focus) : -1;
    const href = inside ? focus.getAttribute('href') : null;
    place.innerHTML = await answer.text();
    open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    [...place.querySelectorAll('.scroll')].forEach((box, at) => {
      [box.scrollLeft, box.scrollTop] = scrolled.get(at) ?? [0, 0];
    });
    if (inside) {
      const same = href === null ? null : place.querySelector('a[href="' + CSS.escape(href) + '"]');
      (same ?? place.querySelectorAll('a[href], summary, [tabindex]')[trail])?.focus({ preventScroll: true });
    }
  }
  return answer.status;
}

// The line that says who else is here.
export function showPresence({ guests, others }) {
  for (const line of document.querySelectorAll('[data-presence]')) {
    const said = guests
      .filter((guest) => guest.id !== line.dataset.me)
      .map((guest) => words(line.dataset[guest.doing], guest.name));
    if (others > 0) {
      said.push(words(line.dataset.more, others));
    }
    put(line, said.join(' · '));
    line.hidden = said.length === 0;
  }
}

export function eventsOf(id, doing) {
  return '/api/v1/warnings/' + encodeURIComponent(id) + '/events' + (doing ? '?as=' + doing : '');
}
