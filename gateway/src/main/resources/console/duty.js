// Keeps the duty view live, and calls a person when something new needs one: by the title, and by a sound where the
// person has allowed it. The page is whole without it.
import { Live, put, replace, words } from './stream.js';

const page = document.getElementById('duty');
const now = document.getElementById('now');
const announce = document.getElementById('announce');
const button = document.getElementById('sound');
const title = document.title;
const KEY = 'tocsin-duty-sound';
let wanted = localStorage.getItem(KEY) === 'on';
let audio = null;
let known = new Set(needs());

function needs() {
  return (document.getElementById('needs')?.dataset.needs ?? '').split(' ').filter(Boolean);
}

function call() {
  const all = needs();
  const fresh = all.filter((need) => !known.has(need));
  known = new Set(all);
  document.title = all.length > 0 ? '(' + all.length + ') ' + title : title;
  if (fresh.length > 0) {
    put(announce, words(announce.dataset.words, all.length));
    beep();
  }
}

// Two tones, half a second; nothing where the browser does not let a page sound before it was touched.
function beep() {
  if (!wanted || audio === null || audio.state !== 'running') {
    return;
  }
  document.documentElement.dataset.sounded = String(Number(document.documentElement.dataset.sounded ?? 0) + 1);
  [880, 660].forEach((pitch, at) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.2;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at / 4);
    tone.stop(audio.currentTime + (at + 1) / 4);
  });
}

async function allow() {
  audio ??= new AudioContext();
  await audio.resume();
  label();
}

function label() {
  button.setAttribute('aria-pressed', String(wanted));
  const waits = wanted && (audio === null || audio.state !== 'running');
  put(button, wanted ? (waits ? button.dataset.waits : button.dataset.on) : button.dataset.off);
}

button.hidden = false;
button.addEventListener('click', async () => {
  const waits = wanted && (audio === null || audio.state !== 'running');
  wanted = waits ? true : !wanted;
  localStorage.setItem(KEY, wanted ? 'on' : 'off');
  label();
  if (wanted) {
    await allow();
    beep();
  }
});
// A browser lets a page sound only once it was touched: remembered, so any touch will do.
addEventListener('pointerdown', () => wanted && allow(), { once: true });
addEventListener('keydown', () => wanted && allow(), { once: true });
label();
call();

let timer = null;
let asked = 0;
const PAUSE = 2_000;

function soon() {
  if (timer === null) {
    timer = setTimeout(
      () => {
        timer = null;
        live.ask();
      },
      Math.max(0, asked + PAUSE - Date.now()),
    );
  }
}

const live = new Live(page, '/console/duty/events', { changed: soon }, async () => {
  asked = Date.now();
  const status = await replace(now, '/console/duty/now');
  if (status === 200) {
    call();
  }
  return status;
});
// Links and terminals come and go without an event.
setInterval(soon, 15_000);
