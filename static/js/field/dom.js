// Small helpers of the screens: elements, messages, photos made smaller, the place of the phone when it is asked for.
(() => {
  "use strict";

  const { QH } = window;
  const LONGEST = 2048;
  const QUALITY = 0.84;

  const h = (tag, attributes = {}, ...children) => {
    const item = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) item.addEventListener(name.slice(2), value);
      else if (name in item && typeof value === "boolean") item[name] = value;
      else if (name === "value") item.value = value;
      else if (value !== null && value !== undefined && value !== false) item.setAttribute(name, value);
    }
    item.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return item;
  };

  const field = (label, control, hint = "") => {
    control.id ||= `f${Math.random().toString(36).slice(2)}`;
    return h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint && h("p", { class: "hint" }, hint));
  };

  const screen = (title, ...content) => {
    document.getElementById("title").textContent = title;
    const box = document.getElementById("screen");
    box.replaceChildren(...content.flat().filter(Boolean));
  };

  const flash = (text) => {
    const box = document.getElementById("flash");
    box.textContent = text;
    clearTimeout(flash.timer);
    flash.timer = setTimeout(() => (box.textContent = ""), 6000);
  };

  const shrink = async (file) => {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 900 * 1024) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      return small && small.size < file.size ? small : file;
    } catch {
      return file;
    }
  };

  // Only at the start and with evidence; a refusal or a slow receiver is no obstacle.
  const place = () =>
    new Promise((done) => {
      if (!navigator.geolocation) return done({});
      const found = ({ coords }) => done({ lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6) });
      navigator.geolocation.getCurrentPosition(found, () => done({}), { enableHighAccuracy: true, timeout: 4000, maximumAge: 60000 });
      setTimeout(() => done({}), 4500);
    });

  const day = (moment = new Date(QH.now())) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  Object.assign(QH, { h, field, screen, flash, shrink, place, day });
})();
