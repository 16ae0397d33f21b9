// 上报: "记录当前位置" fills the hidden coordinates (WGS-84) when the person asks for it; nothing is read before.
(() => {
  "use strict";

  const box = document.querySelector("[data-locate]");
  if (!box || !("geolocation" in navigator)) return;
  const form = box.closest("form");
  const note = box.querySelector("[role=status]");
  box.hidden = false;

  const found = ({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(6);
    form.elements.longitude.value = coords.longitude.toFixed(6);
    note.textContent = `已记录（误差约${Math.round(coords.accuracy)}米）`;
  };
  const failed = () => {
    note.textContent = "没有取得位置，可以不填，请写清具体部位。";
  };
  box.querySelector("button").addEventListener("click", () => {
    note.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000 });
  });
})();
