// Keeps a warning's page live: figures from the event stream, a reload when its state changes. The page is whole
// without it.
const page = document.getElementById('warning');
const stream = document.getElementById('stream');
const verdicts = { met: '达标 Met', likely: '可能达标 Likely met', missed: '未达标 Missed' };
const id = page.dataset.id;
let pending = null;

function put(element, value) {
  const text = String(value);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function percent(part, whole) {
  return (whole > 0 ? (100 * part) / whole : 0).toFixed(1) + ' %';
}

function show(coverage) {
  for (const element of page.querySelectorAll('dl [data-figure]')) {
    put(element, coverage[element.dataset.figure] ?? 0);
  }
  for (const element of page.querySelectorAll('dl [data-share]')) {
    put(element, percent(coverage[element.dataset.share] ?? 0, coverage.residents));
  }
  put(document.getElementById('verdict'), verdicts[coverage.verdict] ?? coverage.verdict ?? '');
  put(document.getElementById('as-of'), coverage.asOf ?? '');
  for (const [name, counts] of Object.entries(coverage.channels ?? {})) {
    const row = document.querySelector('#channels [data-channel="' + CSS.escape(name) + '"]');
    if (row) {
      for (const cell of row.querySelectorAll('[data-count]')) {
        put(cell, counts[cell.dataset.count] ?? 0);
      }
      const meter = row.querySelector('meter');
      meter.max = Math.max(1, counts.planned ?? 0);
      meter.value = counts.delivered ?? 0;
    }
  }
  for (const division of coverage.divisions ?? []) {
    const row = document.querySelector('#divisions [data-code="' + CSS.escape(division.code) + '"]');
    if (row) {
      for (const cell of row.querySelectorAll('[data-figure]')) {
        put(cell, division[cell.dataset.figure] ?? 0);
      }
    }
  }
}

// At most one redraw a frame, the latest figures win.
function later(coverage) {
  if (pending === null) {
    requestAnimationFrame(() => {
      const latest = pending;
      pending = null;
      show(latest);
    });
  }
  pending = coverage;
}

function stale(isStale) {
  page.classList.toggle('stale', isStale);
  put(stream, isStale ? '实时连接中断，数据可能已过时。 The live connection is broken; figures may be old.' : '');
}

function reloadUnlessBusy() {
  const busy = page.querySelector('details[open]');
  if (busy) {
    put(stream, '状态已变化，请刷新页面。 The state has changed: reload the page.');
  } else {
    location.reload();
  }
}

const events = new EventSource('/api/v1/warnings/' + encodeURIComponent(id) + '/events');
events.addEventListener('open', () => stale(false));
events.addEventListener('error', () => stale(true));
events.addEventListener('coverage', (event) => {
  stale(false);
  if (document.getElementById('no-figures')) {
    reloadUnlessBusy();
  } else {
    later(JSON.parse(event.data));
  }
});
events.addEventListener('state', (event) => {
  const state = JSON.parse(event.data);
  if (String(state.version) !== page.dataset.version) {
    reloadUnlessBusy();
  }
});

document.addEventListener('visibilitychange', async () => {
  if (document.visibilityState === 'visible') {
    const answer = await fetch('/api/v1/warnings/' + encodeURIComponent(id) + '/coverage');
    if (answer.ok) {
      later(await answer.json());
    }
  }
});
