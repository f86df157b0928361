// On every page: a second click on a form while the first is under way sends nothing, so that an answer that tells
// something once is not lost. Where the answer does not come, it may be sent again after ten seconds.
addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') {
    return;
  }
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 10_000) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = String(Date.now());
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
  }
});
