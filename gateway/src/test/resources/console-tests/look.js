// What is wrong with a page for the eye, as a list of sentences: wider than the window, cut words, keys of phrases,
// template expressions, words of the other language where the console itself speaks. Is given the names that are data.
(names) => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) =>
    element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + [...element.classList].map((one) => '.' + one).join('');
  const hiddenText = (element) => element.closest('.hidden, .skip') !== null;

  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        shown(element) && !element.closest('.scroll, .led, svg, pre, .skip') && element.getBoundingClientRect().right > width + 1,
    );
    found.push('is ' + document.documentElement.scrollWidth + ' wide: ' + wide.slice(0, 4).map(name).join(' '));
  }
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip' || style.overflowY === 'hidden';
    if (
      cuts && style.clipPath === 'none' && style.textOverflow !== 'ellipsis' && shown(element) && !hiddenText(element) && !element.closest('svg, .leaflet-container') &&
      (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    ) {
      found.push('cuts off ' + name(element) + ' ' + element.textContent.trim().slice(0, 40));
    }
  }

  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('code, pre, textarea') === null) texts.push(walker.currentNode.data);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [alt], [placeholder], button[value]')) {
    for (const attribute of ['aria-label', 'title', 'alt', 'placeholder']) texts.push(element.getAttribute(attribute) ?? '');
  }
  const key = /(^|[\s(:：])(base|access|issue|duty|sign|watch|operate|audit|report|reports|public)\.[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*/;
  const expression = /\{\{|\}\}|\{%|%\}|\{\d\}|\bundefined\b|\bNaN\b|\bnull\b|Optional\[|@[0-9a-f]{6,}/;
  for (const text of texts) {
    if (key.test(text)) found.push('shows a key: ' + text.trim().slice(0, 80));
    if (expression.test(text)) found.push('shows an expression: ' + text.trim().slice(0, 80));
  }

  // The console's own words; what people and imports have said may be in any language.
  const own = document.querySelectorAll('label, legend, summary, caption, dt, option, thead th, nav a, button, h2, .hint, .tag');
  const english = document.documentElement.lang === 'en-US';
  const data = new RegExp(names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  for (const element of own) {
    if (element.closest('[data-own], code') || (element.closest('[lang]') ?? document.documentElement) !== document.documentElement) continue;
    const words = element.cloneNode(true);
    for (const code of words.querySelectorAll('code, time, [lang]')) code.remove();
    const text = words.textContent.replace(data, '').trim();
    const chinese = /[\u4e00-\u9fff]/.test(text);
    if (english ? chinese : !chinese && /[A-Za-z]{4}/.test(text)) found.push('is not in its language: ' + name(element) + ' ' + text.slice(0, 60));
  }
  return found;
}
