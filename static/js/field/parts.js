// What visits and self-checks show alike: three thumbs for an item, and its photos.
(() => {
  "use strict";

  const { QH } = window;
  const { h } = QH;
  const OUTCOMES = [["ok", "合格"], ["bad", "不合格"], ["na", "不涉及"]];

  const thumbs = (name, legend, chosen, choose) =>
    h(
      "fieldset", { class: "thumbs" }, h("legend", {}, legend),
      OUTCOMES.map(([value, label]) => h("label", { class: `thumb ${value}` }, h("input", { type: "radio", name, value, checked: chosen === value, onchange: () => choose(value) }), h("span", {}, label))),
    );

  // `own`: { photos (all of the record, changed in place), uid, row, stage, label, changed() }
  const shots = (own) => {
    const list = h("ul", { class: "shots" });
    const mine = () => own.photos.filter((photo) => photo.row === own.row && photo.stage === own.stage);
    const draw = () => list.replaceChildren(...mine().map((photo) => shot(own, photo, draw)));
    const take = async (event) => {
      const files = [...event.target.files];
      event.target.value = "";
      const here = files.length ? await QH.place() : {};
      for (const file of files) {
        try {
          own.photos.push(await QH.store.addPhoto(own.uid, own.row, own.stage, await QH.shrink(file), here));
        } catch (error) {
          QH.flash(error.message);
        }
        draw();
      }
      await own.changed();
    };
    const input = h("input", { type: "file", accept: "image/*", multiple: true, class: "visually-hidden", onchange: take, id: `s-${own.row}-${own.stage}` });
    draw();
    return h("div", { class: "field" }, input, h("label", { class: "btn", for: input.id }, `拍照：${own.label}`), list);
  };

  const shot = (own, photo, draw) => {
    const image = h("img", { alt: own.label, src: URL.createObjectURL(photo.blob) });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    const drop = async () => {
      await QH.store.db().photos.delete(photo.id);
      own.photos.splice(own.photos.indexOf(photo), 1);
      draw();
    };
    return h("li", {}, image, photo.sent ? null : h("button", { class: "btn small", type: "button", "aria-label": `删除${own.label}`, onclick: drop }, "删除"));
  };

  // A script needed only on some screens; kept by the service worker like the rest.
  const loaded = {};
  const load = (address) =>
    (loaded[address] ||= new Promise((done, failed) => {
      document.head.append(h("script", { src: address, onload: done, onerror: failed }));
    }).catch((error) => {
      delete loaded[address];
      throw error;
    }));

  QH.parts = { OUTCOMES, thumbs, shots, load };
})();
