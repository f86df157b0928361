// Tells others that this page is open, and says who else is there: for a page that is not live otherwise, such as a form.
import { eventsOf, showPresence } from './stream.js';

const line = document.querySelector('[data-presence]');
if (line) {
  const events = new EventSource(eventsOf(line.dataset.presence, line.dataset.doing));
  events.addEventListener('presence', (event) => showPresence(JSON.parse(event.data)));
}
