// 扫码: the code at the entrance, by the camera, from a photo of it, or typed.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;
  const EVERY = 250; // ms between two looks of the camera
  const LARGEST = 1600; // pixels of a photo that is searched for a code
  let stream = null;

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
  };

  // The browser's own detector where it reads QR codes, else the one kept with the app.
  const detector = async () => {
    const own = window.BarcodeDetector;
    if (own && (await own.getSupportedFormats()).includes("qr_code")) return new own({ formats: ["qr_code"] });
    const kept = await import(document.body.dataset.qr);
    return new kept.BarcodeDetector({ formats: ["qr_code"] });
  };

  const read = async (picture) => (await (await detector()).detect(picture))[0]?.rawValue || "";

  // A code holds the address of the app with the enterprise's number; a person may type the number or the credit code.
  const unitOf = (pack, text) => {
    const code = text.trim();
    if (!code) return null;
    const number = /^\d{1,12}$/.test(code) ? code : (code.match(/[?&]unit=(\d{1,12})(?:&|#|$)/) || [])[1];
    if (number) return pack.units.find((unit) => unit.id === Number(number)) || null;
    const found = pack.units.filter((unit) => unit.search.includes(code.toLowerCase()));
    return found.length === 1 ? found[0] : null;
  };

  const show = async () => {
    const pack = await QH.store.pack();
    const problem = h("p", { class: "error", role: "alert" });
    const take = (text) => {
      const unit = unitOf(pack, text);
      if (!unit) {
        problem.textContent = text.trim() ? "这个二维码或编号不是离线资料中的企业，请核对，或按名称查找。" : "没有看到二维码，请对准、靠近再拍。";
        return;
      }
      stop();
      location.hash = `#/start/${unit.id}`;
    };
    const video = h("video", { playsinline: "", muted: true, hidden: true, "aria-label": "摄像头画面" });
    const typed = h("input", { inputmode: "text", autocomplete: "off" });
    const photo = h("input", { type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", id: "scan-photo", onchange: async (event) => take(await fromPhoto(event.target)) });
    const camera = h("button", { class: "btn primary wide", type: "button", onclick: () => watch(video, take).catch(() => (problem.textContent = "没有取得摄像头，请拍一张二维码的照片，或输入编号。")) }, "打开摄像头扫码");
    QH.screen(
      "扫码开始检查",
      navigator.mediaDevices ? h("p", {}, camera) : null,
      video,
      h("div", { class: "field" }, photo, h("label", { class: "btn wide", for: photo.id }, "拍一张二维码的照片")),
      problem,
      field("企业编号或信用代码", typed, "编号印在二维码下面。"),
      h("p", {}, h("button", { class: "btn wide", type: "button", onclick: () => (typed.value.trim() ? take(typed.value) : (problem.textContent = "请输入企业编号或信用代码。")) }, "按编号开始")),
      h("p", {}, h("a", { class: "btn wide", href: "#/start" }, "按名称查找")),
    );
  };

  const fromPhoto = async (input) => {
    const [file] = input.files;
    input.value = "";
    if (!file) return "";
    try {
      const whole = await createImageBitmap(file);
      const scale = Math.min(1, LARGEST / Math.max(whole.width, whole.height));
      const small = await createImageBitmap(whole, { resizeWidth: Math.round(whole.width * scale), resizeHeight: Math.round(whole.height * scale) });
      return await read(small);
    } catch {
      return "";
    }
  };

  const watch = async (video, take) => {
    stop();
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    Object.assign(video, { srcObject: stream, hidden: false });
    await video.play();
    const eye = await detector();
    while (stream?.active) {
      const [code] = await eye.detect(video).catch(() => []);
      if (code) return take(code.rawValue);
      await new Promise((done) => setTimeout(done, EVERY));
    }
    return null;
  };

  window.addEventListener("hashchange", stop);

  QH.scan = { show, unitOf, read };
})();
