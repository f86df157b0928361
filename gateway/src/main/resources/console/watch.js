// Keeps a warning's page live: figures, bars and map by the event stream, the rest by asking for it again now and then.
// The page is whole without it.
import { Live, eventsOf, put, replace, showPresence } from './stream.js';

const page = document.getElementById('watch');
const now = document.getElementById('now');
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const self = '/console/warnings/' + encodeURIComponent(page.dataset.id);
const PAUSE = 5_000;
const LEAVING = 10_000;
let pending = null;
let asked = 0;
let timer = null;

// The server has cut the share to a tenth of a per cent: it is shown as it came, and none is computed here.
function percent(tenths) {
  return tenths.toFixed(1) + ' %';
}

function number(element, value) {
  if (value !== undefined && value !== null) {
    put(element, numbers.format(value));
  }
}

function show(coverage) {
  for (const element of now.querySelectorAll('.big [data-figure]')) {
    number(element, coverage[element.dataset.figure]);
  }
  for (const element of now.querySelectorAll('.big [data-audience]')) {
    number(element, coverage.audience?.[element.dataset.audience]);
  }
  const lower = coverage.percent?.lower ?? coverage.audience?.percent ?? null;
  if (lower !== null) {
    put(now.querySelector('.big [data-share]'), percent(lower));
    document.getElementById('reach')?.setAttribute('width', String(10 * Math.min(100, lower)));
  }
  const verdict = document.getElementById('verdict');
  if (verdict && coverage.verdict) {
    put(verdict, verdict.dataset[coverage.verdict] ?? coverage.verdict);
    verdict.className = 'verdict-' + (coverage.verdict === 'missed' ? 'open' : coverage.verdict);
  }
  for (const [name, counts] of Object.entries(coverage.channels ?? {})) {
    const row = now.querySelector('#channels [data-channel="' + CSS.escape(name) + '"]');
    if (row === null) {
      askSoon(0);
      continue;
    }
    for (const cell of row.querySelectorAll('[data-count]')) {
      number(cell, counts[cell.dataset.count] ?? 0);
    }
    bar(row, counts);
  }
}

function bar(row, counts) {
  const planned = Math.max(1, counts.planned ?? 0);
  const parts = {
    acknowledged: counts.acknowledged ?? 0,
    delivered: Math.max(0, (counts.delivered ?? 0) - (counts.acknowledged ?? 0)),
    noReport: counts.noReport ?? 0,
    open: Math.max(0, planned - (counts.delivered ?? 0) - (counts.failed ?? 0) - (counts.noReport ?? 0)),
    failed: counts.failed ?? 0,
  };
  let at = 0;
  for (const [name, count] of Object.entries(parts)) {
    const rect = row.querySelector('[data-part="' + name + '"]');
    const width = (1000 * count) / planned;
    rect?.setAttribute('x', String(at));
    rect?.setAttribute('width', String(width));
    at += width;
  }
}

// The classes of the map by the edges that the server drew it with.
function recolour(figures, rows) {
  const map = document.getElementById('map');
  const lower = figures.indexOf('lower');
  const share = figures.indexOf('lowerPercent');
  const edges = (map?.dataset.edges ?? '').split(',').filter(Boolean).map(Number);
  for (const path of map?.querySelectorAll('[data-village]') ?? []) {
    const row = rows[path.dataset.village];
    const tenths = row?.[share] ?? null;
    if (tenths !== null) {
      const place = edges.filter((edge) => tenths >= edge).length;
      path.setAttribute('class', 'c' + (3 - edges.length + place));
    }
  }
  for (const line of now.querySelectorAll('#divisions [data-code]')) {
    const row = rows[line.dataset.code];
    if (row) {
      number(line.querySelector('[data-figure]'), row[lower]);
      if ((row[share] ?? null) !== null) {
        put(line.querySelector('[data-share]'), percent(row[share]));
      }
    }
  }
}

// At most one redraw a frame, the latest figures win.
function later(coverage) {
  if (document.getElementById('no-figures')) {
    askSoon(0);
    return;
  }
  if (pending === null) {
    requestAnimationFrame(() => {
      const latest = pending;
      pending = null;
      show(latest);
    });
  }
  pending = coverage;
  live.fresh();
  askSoon(PAUSE);
}

// Problems, forecast and the like are found by the server; it is asked for them not too often.
function askSoon(pause) {
  if (timer === null) {
    timer = setTimeout(
      () => {
        timer = null;
        live.ask();
      },
      Math.max(pause, asked + PAUSE - Date.now(), 0),
    );
  }
}

// A reload would call off the way to another page on which the person is already: it waits until they are gone. Where
// they stay after all, because the way led to a file, it comes a little later.
let left = -Infinity;
addEventListener('beforeunload', () => {
  left = Date.now();
});

function reload() {
  const wait = left + LEAVING - Date.now();
  if (wait > 0) {
    setTimeout(reload, wait);
  } else {
    location.reload();
  }
}

async function refetch() {
  asked = Date.now();
  return now ? replace(now, self + '/now') : 200;
}

const live = now
  ? new Live(
      page,
      eventsOf(page.dataset.id, 'look'),
      {
        coverage: later,
        villages: ({ figures, rows }) => requestAnimationFrame(() => recolour(figures, rows)),
        presence: showPresence,
        state: ({ version, state }) => {
          if (String(version) !== page.dataset.version || state !== page.dataset.state) {
            reload();
          }
        },
      },
      refetch,
    )
  : null;
if (live === null) {
  const events = new EventSource(eventsOf(page.dataset.id, 'look'));
  events.addEventListener('presence', (event) => showPresence(JSON.parse(event.data)));
  events.addEventListener('state', (event) => {
    if (String(JSON.parse(event.data).version) !== page.dataset.version) {
      reload();
    }
  });
}
