// The map of the area: our own outlines, no tiles of others. Whatever is drawn becomes lines of the text field below,
// which is what the form sends.
const TIGHT = 5;

function script(address) {
  return new Promise((done, failed) => {
    if (window.L) { done(); return; }
    const element = document.createElement('script');
    element.src = address;
    element.addEventListener('load', done);
    element.addEventListener('error', failed);
    document.head.append(element);
  });
}

function chosen() {
  const codes = new Set();
  for (const box of document.querySelectorAll('[name=division]')) {
    if (box.type === 'hidden' || box.checked) codes.add(box.value.replace(/(000){1,2}$/, ''));
  }
  return codes;
}

export async function show(place, text, changed) {
  await script(place.dataset.leaflet);
  const L = window.L;
  place.classList.add('ready');
  document.getElementById('map-tools').classList.remove('hidden');
  const map = L.map(place, { scrollWheelZoom: false, attributionControl: false, zoomSnap: 0.5 }).setView([34.2, 116.1], 9);
  const css = getComputedStyle(document.documentElement);
  const ink = css.getPropertyValue('--faint').trim();
  const act = css.getPropertyValue('--act').trim();
  const answer = await fetch(place.dataset.outlines);
  const outlines = L.geoJSON(await answer.json(), { interactive: false }).addTo(map);
  const paint = () => {
    const codes = chosen();
    outlines.setStyle((feature) => {
      const code = feature.properties.code;
      const on = [...codes].some((one) => code.startsWith(one));
      return { color: ink, weight: feature.properties.level === 'village' ? 0.6 : 2, fillColor: act, fillOpacity: on ? 0.35 : 0.02 };
    });
  };
  paint();
  document.getElementById('issue').addEventListener('change', paint);
  if (outlines.getLayers().length > 0) map.fitBounds(outlines.getBounds());

  const drawn = L.layerGroup().addTo(map);
  const corners = L.layerGroup().addTo(map);
  let shapes = { polygons: [], circles: [], whole: true };

  const at = (place) => `${+place[0].toFixed(6)},${+place[1].toFixed(6)}`;
  const ringLine = (ring) => ring.slice(0, -1).map(at).join(' ');
  const circleLine = (one) => `${at(one)} ${+one[2].toFixed(3)}`;
  const write = () => {
    // What could not be read stays as it is: a map must not delete what somebody typed.
    if (shapes.whole) text.value = shapes.polygons.map(ringLine).concat(shapes.circles.map(circleLine)).join('\n');
    draw();
    changed();
  };
  const add = (kind, shape, line) => {
    shapes[kind].push(shape);
    if (!shapes.whole) text.value = `${text.value.trimEnd()}\n${line}`;
    write();
  };

  const draw = () => {
    drawn.clearLayers();
    shapes.polygons.forEach((ring) => {
      L.polygon(ring, { color: act, interactive: false }).addTo(drawn);
      ring.slice(0, -1).forEach((corner, at) => {
        const handle = L.marker(corner, {
          draggable: shapes.whole,
          keyboard: false,
          icon: L.divIcon({ className: 'corner', iconSize: [18, 18] }),
        }).addTo(drawn);
        handle.on('dragend', () => {
          const to = handle.getLatLng();
          ring[at] = [to.lat, to.lng];
          if (at === 0) ring[ring.length - 1] = ring[0];
          write();
        });
      });
    });
    shapes.circles.forEach((one) => L.circle([one[0], one[1]], { radius: one[2] * 1000, color: act, interactive: false }).addTo(drawn));
  };

  document.addEventListener('shapes', (event) => { shapes = event.detail; draw(); });
  changed();

  const tools = {};
  document.querySelectorAll('[data-tool]').forEach((button) => { tools[button.dataset.tool] = button; });
  const state = document.getElementById('map-state');
  let tool = null;
  let points = [];

  const idle = () => {
    tool = null;
    points = [];
    corners.clearLayers();
    tools.polygon.setAttribute('aria-pressed', 'false');
    tools.circle.setAttribute('aria-pressed', 'false');
    tools.done.disabled = tools.cancel.disabled = true;
    state.textContent = state.dataset.idle;
    map.getContainer().classList.remove('drawing');
  };
  const begin = (name) => {
    idle();
    tool = name;
    tools[name].setAttribute('aria-pressed', 'true');
    tools.cancel.disabled = false;
    state.textContent = state.dataset[name];
  };
  const finish = () => {
    if (points.length >= 3) {
      const ring = [...points, points[0]];
      add('polygons', ring, ringLine(ring));
    }
    idle();
  };
  tools.polygon.addEventListener('click', () => begin('polygon'));
  tools.circle.addEventListener('click', () => begin('circle'));
  tools.cancel.addEventListener('click', idle);
  tools.done.addEventListener('click', finish);
  map.on('click', (event) => {
    if (!tool) return;
    const place = [event.latlng.lat, event.latlng.lng];
    if (tool === 'circle' && points.length === 1) {
      const kilometres = map.distance(points[0], place) / 1000;
      if (kilometres > 0) {
        const circle = [...points[0], kilometres];
        add('circles', circle, circleLine(circle));
      }
      idle();
      return;
    }
    points.push(place);
    L.circleMarker(place, { radius: TIGHT, color: act }).addTo(corners);
    if (tool === 'polygon') {
      if (points.length > 1) L.polyline(points.slice(-2), { color: act }).addTo(corners);
      tools.done.disabled = points.length < 3;
    }
  });
  idle();
}
