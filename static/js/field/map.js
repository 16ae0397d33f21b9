// 地图: where the enterprises on the phone lie, on a plain ground without tiles; the list below follows the map's middle.
(() => {
  "use strict";

  const { QH } = window;
  const { h } = QH;
  const NEAREST = 10;
  const METRES = 111320; // of one degree of latitude
  const COLOURS = { red: "#b4232f", orange: "#b35c00", yellow: "#8a6d00", blue: "#1f5fa8" };

  const away = (unit, here) => METRES * Math.hypot(unit.lat - here.lat, (unit.lon - here.lon) * Math.cos((here.lat * Math.PI) / 180));

  const words = (metres) => (metres < 1000 ? `${Math.round(metres / 10) * 10}米` : `${(metres / 1000).toFixed(1)}公里`);

  const nearest = (units, here) => units.map((unit) => [away(unit, here), unit]).sort((a, b) => a[0] - b[0]).slice(0, NEAREST);

  const card = (unit, note) => h("li", {}, h("a", { class: "card", href: `#/start/${unit.id}` }, h("strong", {}, unit.name), h("span", {}, [note, unit.address].filter(Boolean).join("　"))));

  const show = async () => {
    const units = (await QH.store.pack()).units.filter((unit) => unit.lat !== null && unit.lon !== null);
    const box = h("div", { class: "map", id: "place-map", role: "region", "aria-label": "企业位置图" });
    const picked = h("ul", { class: "cards", id: "picked", "aria-live": "polite" });
    const list = h("ul", { class: "cards", id: "nearby" });
    const told = h("h2", {}, "地图中间附近的企业");
    const here = h("button", { class: "btn", type: "button" }, "到我的位置");
    QH.screen(
      "按地图选择",
      units.length ? null : h("p", { class: "hint" }, "离线资料中的企业都没有登记位置，请按名称查找。"),
      h("p", { class: "buttons" }, units.length ? here : null, h("a", { class: "btn", href: "#/start" }, "按名称查找")),
      units.length ? [box, picked, told, list] : null,
    );
    if (!units.length) return;
    await QH.parts.load(document.body.dataset.leaflet);
    if (box.isConnected) draw(box, units, { picked, list, here });
  };

  const draw = (box, units, { picked, list, here }) => {
    const { L } = window;
    const map = L.map(box, { zoomControl: false, attributionControl: false, preferCanvas: true });
    L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    const pick = (unit) => picked.replaceChildren(card(unit, "点此开始检查"));
    const dot = (unit) => L.circleMarker([unit.lat, unit.lon], { radius: 9, weight: 2, color: "#fff", fillColor: COLOURS[unit.risk] || "#51606f", fillOpacity: 1 });
    for (const unit of units) dot(unit).on("click", () => pick(unit)).addTo(map);
    const follow = () => {
      const { lat, lng } = map.getCenter();
      list.replaceChildren(...nearest(units, { lat, lon: lng }).map(([metres, unit]) => card(unit, words(metres))));
    };
    map.on("moveend", follow);
    map.fitBounds(units.map((unit) => [unit.lat, unit.lon]), { padding: [24, 24], maxZoom: 16, animate: false });
    here.addEventListener("click", async () => {
      const place = await QH.place();
      if (!place.lat) return QH.flash("没有取得位置，请在地图上选，或按名称查找。");
      const point = [Number(place.lat), Number(place.lon)];
      L.circleMarker(point, { radius: 6, color: "#1d2733", fillColor: "#fff", fillOpacity: 1, interactive: false }).addTo(map);
      return map.setView(point, 16, { animate: false });
    });
  };

  QH.map = { show, nearest, away };
})();
