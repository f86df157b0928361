// Keeps what is typed: on the server a moment after each change, in this browser while the server cannot be reached.
// The form works without it; only drawing on the map needs it, and the number fields beside the map do the same.
const form = document.getElementById('issue');
const state = document.getElementById('kept');
const revision = form?.elements.revision;
const key = form?.dataset.keep ? `tocsin-draft:${form.dataset.keep}` : null;
let timer = 0;
let sending = false;
let again = false;

function content() {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of ['act', 'revision', 'version', 'q', 'latitude', 'longitude', 'radius', 'newArea', 'onlyMe']) fields.delete(name);
  return fields.toString();
}

function say(text, bad) {
  state.textContent = text;
  state.classList.toggle('bad', Boolean(bad));
}

function remember(submitted) {
  try {
    localStorage.setItem(key, JSON.stringify({ revision: Number(revision.value), fields: content(), submitted }));
  } catch {
    // A browser that keeps nothing still has the form itself.
  }
}

function forget() {
  try { localStorage.removeItem(key); } catch { /* see above */ }
}

async function keep() {
  clearTimeout(timer);
  if (sending) { again = true; return; }
  sending = true;
  const body = content();
  remember(false);
  try {
    const answer = await fetch(form.dataset.keep, {
      method: 'POST',
      body: new URLSearchParams(`${body}&revision=${revision.value}`),
      redirect: 'manual',
    });
    if (answer.type === 'opaqueredirect') {
      say(form.dataset.ended, true);
    } else if (answer.ok) {
      show(await answer.json());
      if (content() === body) forget();
    } else if (answer.status === 409 || answer.status === 410) {
      clash((await answer.json()).message);
      return;
    } else {
      later();
    }
  } catch {
    later();
  } finally {
    sending = false;
    if (again) { again = false; soon(); }
  }
}

function later() {
  say(form.dataset.offline, true);
  clearTimeout(timer);
  timer = setTimeout(keep, 4000);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(keep, 700);
}

function show(kept) {
  revision.value = kept.revision;
  say(`${form.dataset.kept} ${kept.saved}`, false);
  for (const [name, text] of Object.entries(kept.counts)) {
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
      if (place.textContent !== text) place.textContent = text;
    }
  }
  document.getElementById('reach').textContent = kept.reach;
  const wrong = document.getElementById('shapes-wrong');
  if (wrong) {
    wrong.replaceChildren(...kept.shapes.problems.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }));
    document.dispatchEvent(new CustomEvent('shapes', { detail: kept.shapes }));
  }
}

// Two contents of one draft: nothing is overwritten until somebody chooses.
function clash(message, mine) {
  const box = document.createElement('span');
  const use = document.createElement('button');
  const drop = document.createElement('button');
  use.type = drop.type = 'button';
  use.className = drop.className = 'plain';
  use.textContent = form.dataset.use;
  drop.textContent = form.dataset.drop;
  use.addEventListener('click', async () => {
    const page = await fetch(location.pathname, { redirect: 'manual' });
    if (!page.ok) { say(form.dataset.ended, true); return; }
    const there = new DOMParser().parseFromString(await page.text(), 'text/html');
    const current = there.querySelector('#issue [name=revision]');
    if (!current) { location.reload(); return; }
    revision.value = current.value;
    if (mine) restore(mine);
    keep();
  });
  drop.addEventListener('click', () => { forget(); location.replace(location.pathname); });
  box.append(message, ' ', use, ' ', drop);
  state.replaceChildren(box);
  state.classList.add('bad');
}

function restore(fields) {
  const values = new URLSearchParams(fields);
  for (const control of form.elements) {
    if (!control.name || control.type === 'submit' || control.name === 'revision') continue;
    if (control.type === 'checkbox' || control.type === 'radio') {
      control.checked = values.getAll(control.name).includes(control.value);
    } else if (values.has(control.name) && control.type !== 'hidden') {
      control.value = values.get(control.name);
    }
  }
}

// Whether somebody has typed before this script was there.
function touched() {
  return [...form.elements].some((control) => control.tagName === 'TEXTAREA' && control.value !== control.defaultValue);
}

function start() {
  let local = null;
  try { local = JSON.parse(localStorage.getItem(key) ?? 'null'); } catch { forget(); }
  if (local && document.querySelector('.clash') === null) {
    const now = Number(revision.value);
    if (local.fields === content() || (local.submitted && now > local.revision)) {
      forget();
    } else if (now === local.revision) {
      restore(local.fields);
      say(form.dataset.restored, false);
      keep();
    } else {
      clash(form.dataset.here, local.fields);
    }
  }
  if (!local && document.querySelector('.clash') === null && touched()) soon();
  form.addEventListener('input', (event) => {
    // A time counts before a number of hours: whoever chooses other hours means these.
    if (event.target.name === 'hours' && form.elements.until) form.elements.until.value = '';
    if (event.target.name !== 'q') soon();
  });
  form.addEventListener('change', (event) => {
    if (event.target.name === 'level') {
      form.requestSubmit(form.querySelector('button[value=stay]'));
    } else if (event.target.name === 'division') {
      chip(event.target);
    }
  });
  form.addEventListener('submit', () => { clearTimeout(timer); remember(true); });
  window.addEventListener('online', keep);
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}

// A ticked division has its chip at once.
function chip(box) {
  const chips = document.getElementById('chips');
  chips.querySelector(`[data-chip="${box.value}"]`)?.remove();
  if (!box.checked) return;
  const item = document.createElement('li');
  item.dataset.chip = box.value;
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'quiet';
  remove.textContent = '✕';
  remove.setAttribute('aria-label', `${form.dataset.remove} ${box.dataset.name}`);
  remove.addEventListener('click', () => { box.checked = false; item.remove(); box.focus(); soon(); });
  item.append(`${box.dataset.name} `, remove);
  chips.append(item);
}

function search(box) {
  const found = document.getElementById('found');
  let wait = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`${box.dataset.search}?q=${encodeURIComponent(box.value)}`, { redirect: 'manual' });
      const text = await answer.text();
      if (answer.ok && mine === asked) found.innerHTML = text;
    } catch {
      // The button beside it still searches once the link is back.
    }
  };
  box.addEventListener('input', (event) => {
    if (event.isComposing) return;
    clearTimeout(wait);
    wait = setTimeout(ask, 200);
  });
  // Typed before this script was there.
  if (box.value && box.value !== box.defaultValue) ask();
  box.addEventListener('compositionend', ask);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); ask(); }
  });
}

function speech() {
  if (!('speechSynthesis' in window)) return;
  for (const button of document.querySelectorAll('[data-say]')) {
    button.classList.remove('hidden');
    button.addEventListener('click', () => {
      speechSynthesis.cancel();
      const words = new SpeechSynthesisUtterance(button.dataset.say);
      words.lang = button.dataset.lang;
      speechSynthesis.speak(words);
    });
  }
}

if (form) {
  if (key) start();
  const box = document.getElementById('q');
  if (box) search(box);
  speech();
  const drawing = document.getElementById('drawing');
  if (drawing) {
    const open = async () => {
      if (!drawing.open) return;
      drawing.removeEventListener('toggle', open);
      const map = await import('/console/files/issue-map.js');
      map.show(document.getElementById('map'), document.getElementById('shapes'), soon);
    };
    drawing.addEventListener('toggle', open);
    open();
  }
}
