// Points on a plain ground: <div data-marks="id"> reads [{lat, lng, title, note, url, tone}] from that json_script.
// A point may carry `text`, a `count` at its corner, and be an `area`: a label rather than a point.
// No tiles are asked for; the ground is a grid, so that the page works without any outside address.
(() => {
  "use strict";

  const box = document.querySelector("[data-marks]");
  if (!box || !window.L) return;
  const marks = JSON.parse(document.getElementById(box.dataset.marks).textContent);
  const map = L.map(box, { zoomControl: true, attributionControl: false });
  const label = ({ text, count }) => {
    const shown = document.createElement("span");
    shown.textContent = text || "";
    if (count) shown.append(Object.assign(document.createElement("b"), { textContent: count }));
    return shown;
  };

  const dot = (mark) =>
    mark.area
      ? L.divIcon({ className: `map-area map-mark-${mark.tone}`, iconSize: null, html: label(mark) })
      : L.divIcon({ className: `map-mark map-mark-${mark.tone}`, iconSize: [22, 22], html: label(mark) });

  const words = (mark) => {
    const card = document.createElement("div");
    const link = document.createElement("a");
    const note = document.createElement("p");
    link.href = mark.url;
    link.textContent = mark.title;
    note.textContent = mark.note;
    card.append(link, note);
    return card;
  };

  marks.forEach((mark) => {
    L.marker([mark.lat, mark.lng], { icon: dot(mark), title: mark.title, alt: mark.title, zIndexOffset: mark.area ? 1000 : 0 })
      .addTo(map)
      .bindPopup(words(mark));
  });
  L.control.scale({ imperial: false }).addTo(map);
  const bounds = marks.map((mark) => [mark.lat, mark.lng]);
  if (bounds.length) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 16 });
  else box.hidden = true;
})();
