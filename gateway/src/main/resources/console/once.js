// A form is sent once: a second click while the first is under way would break off its answer, and with it what is told
// only once. Where no answer comes, it may be sent again. Pages are whole without this.
const PATIENCE = 10_000;
const sent = new WeakMap();

addEventListener('submit', (event) => {
  // Whoever has taken the submit over (htmx, a script of the page) sees to this.
  if (event.defaultPrevented || event.target.method !== 'post') {
    return;
  }
  if (Date.now() - (sent.get(event.target) ?? -Infinity) < PATIENCE) {
    event.preventDefault();
  } else {
    sent.set(event.target, Date.now());
  }
});
// The page is shown again by the way back.
addEventListener('pageshow', (event) => {
  if (event.persisted) {
    for (const form of document.forms) {
      sent.delete(form);
    }
  }
});
