// Keeps a warning's page live: figures from the event stream, a reload when its state changes. The page is whole
// without it.
const page = document.getElementById('warning');
const stream = document.getElementById('stream');
const age = document.getElementById('age');
const verdicts = { met: '达标 Met', likely: '可能达标 Likely met', missed: '未达标 Missed' };
const self = '/api/v1/warnings/' + encodeURIComponent(page.dataset.id);
const SHORTEST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;
let pending = null;
let wait = SHORTEST_WAIT;
let updated = Date.now();

function put(element, value) {
  const text = String(value);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function percent(part, whole) {
  // Cut, never rounded up: 89.96 % is not 90 %.
  return (whole > 0 ? Math.floor((1000 * part) / whole + 1e-6) / 10 : 0).toFixed(1) + ' %';
}

function time(written) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(written);
  return parts === null
    ? written
    : `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日 ${parts[4]} ${parts[5].replace('Z', '+00:00')}`;
}

function show(coverage) {
  for (const element of page.querySelectorAll('dl [data-figure]')) {
    put(element, coverage[element.dataset.figure] ?? 0);
  }
  for (const element of page.querySelectorAll('dl [data-share]')) {
    put(element, (coverage.percent?.[element.dataset.share] ?? 0).toFixed(1) + ' %');
  }
  put(document.getElementById('verdict'), verdicts[coverage.verdict] ?? coverage.verdict ?? '');
  put(document.getElementById('as-of'), time(coverage.asOf ?? ''));
  for (const [name, counts] of Object.entries(coverage.channels ?? {})) {
    const row = document.querySelector('#channels [data-channel="' + CSS.escape(name) + '"]');
    if (row === null) {
      // A channel that was not there when the page was made.
      reloadUnlessBusy();
      continue;
    }
    for (const cell of row.querySelectorAll('[data-count]')) {
      put(cell, counts[cell.dataset.count] ?? 0);
    }
    const meter = row.querySelector('meter');
    meter.max = Math.max(1, counts.planned ?? 0);
    meter.value = counts.delivered ?? 0;
    put(row.querySelector('[data-rate]'), percent(counts.delivered ?? 0, counts.planned ?? 0));
  }
  const divisions = new Map((coverage.divisions ?? []).map((division) => [division.code, division]));
  if (divisions.size > 0) {
    showVillages((code, figure) => divisions.get(code)?.[figure]);
  }
}

function showVillages(valueOf) {
  for (const row of document.querySelectorAll('#divisions [data-code]')) {
    for (const cell of row.querySelectorAll('[data-figure]')) {
      put(cell, valueOf(row.dataset.code, cell.dataset.figure) ?? cell.textContent);
    }
  }
}

// At most one redraw a frame, the latest figures win.
function later(coverage) {
  if (document.getElementById('no-figures')) {
    reloadUnlessBusy();
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
  updated = Date.now();
  tick();
}

function tick() {
  const seconds = Math.max(0, Math.round((Date.now() - updated) / 1000));
  put(
    age,
    seconds < 120
      ? `${seconds} 秒前更新 Updated ${seconds} s ago`
      : `${Math.floor(seconds / 60)} 分钟前更新 Updated ${Math.floor(seconds / 60)} min ago`,
  );
}

function live() {
  page.classList.remove('stale');
  put(stream, '实时 Live');
}

function stale(message) {
  page.classList.add('stale');
  put(stream, message);
}

function reloadUnlessBusy() {
  if (page.querySelector('details[open]')) {
    put(stream, '状态已变化，请刷新页面。 The state has changed: reload the page.');
  } else {
    location.reload();
  }
}

// The browser itself comes again after a break, but not after a refusal: then we do, ever more slowly.
function connect() {
  const events = new EventSource(self + '/events');
  events.addEventListener('open', () => {
    wait = SHORTEST_WAIT;
    live();
  });
  events.addEventListener('error', () => {
    stale('实时连接中断，正在重连，数据可能已过时。 The live connection is broken; figures may be old. Trying again.');
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(refused, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    }
  });
  events.addEventListener('coverage', (event) => later(JSON.parse(event.data)));
  events.addEventListener('villages', (event) => {
    const { figures, rows } = JSON.parse(event.data);
    requestAnimationFrame(() => showVillages((code, figure) => rows[code]?.[figures.indexOf(figure)]));
  });
  events.addEventListener('state', (event) => {
    if (String(JSON.parse(event.data).version) !== page.dataset.version) {
      reloadUnlessBusy();
    }
  });
}

async function refused() {
  if (await refetch()) {
    connect();
  }
}

// False when there is no use in going on.
async function refetch() {
  try {
    const answer = await fetch(self + '/coverage');
    if (answer.status === 401) {
      stale('登录已失效，请刷新页面重新登录。 You are signed out: reload the page to sign in again.');
      return false;
    }
    if (answer.status === 200) {
      later(await answer.json());
    }
  } catch {
    // The network is away: the stream's own state says so.
  }
  return true;
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    refetch();
  }
});
setInterval(tick, 1_000);
connect();
