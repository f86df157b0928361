// The page of a decision: says who else looks at it, and that it has changed. It is whole without this.
import { eventsOf, put, showPresence } from './stream.js';

const page = document.getElementById('decide');
const changed = document.getElementById('changed');
const line = document.querySelector('[data-presence]');
const events = new EventSource(eventsOf(page.dataset.id, line.dataset.doing));
events.addEventListener('presence', (event) => showPresence(JSON.parse(event.data)));
events.addEventListener('state', (event) => {
  if (String(JSON.parse(event.data).version) !== page.dataset.version) {
    put(changed, page.dataset.changed);
    changed.hidden = false;
  }
});
