// Photo inputs (<input type="file" data-photos data-most="9">): previews, taking one out, and shrinking before sending.
// Without this script, and where a browser cannot decode a picture, the plain input sends the files as they are.
(() => {
  "use strict";

  const LONGEST = 2560; // px: sharp enough to read a nameplate, small enough for a weak signal
  const QUALITY = 0.86;
  const ALREADY_SMALL = 900 * 1024; // bytes below which a picture is sent untouched

  // EXIF time and place matter as evidence: the JPEG's APP1 segment is carried over to the smaller picture.
  const exifOf = async (file) => {
    const view = new DataView(await file.slice(0, 256 * 1024).arrayBuffer());
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 4 < view.byteLength && view.getUint8(at) === 0xff; ) {
      const size = view.getUint16(at + 2) + 2;
      if (view.getUint16(at) === 0xffe1 && at + size <= view.byteLength) {
        const segment = new Uint8Array(view.buffer.slice(at, at + size));
        dropOrientation(segment);
        return segment;
      }
      if (view.getUint16(at) === 0xffda) return null;
      at += size;
    }
    return null;
  };

  // The canvas has turned the picture upright already: orientation 1, or it would be turned twice.
  const dropOrientation = (segment) => {
    const view = new DataView(segment.buffer);
    const tiff = 10;
    if (view.byteLength < tiff + 8) return;
    const little = view.getUint16(tiff) === 0x4949;
    const first = tiff + view.getUint32(tiff + 4, little);
    if (first + 2 > view.byteLength) return;
    const entries = view.getUint16(first, little);
    for (let n = 0; n < entries && first + 2 + (n + 1) * 12 <= view.byteLength; n += 1) {
      const entry = first + 2 + n * 12;
      if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
    }
  };

  const shrink = async (file) => {
    if (file.size <= ALREADY_SMALL || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!small || small.size >= file.size) return file;
    const exif = await exifOf(file);
    const parts = exif ? [small.slice(0, 2), exif, small.slice(2)] : [small];
    const name = file.name.replace(/\.\w+$/, "") + ".jpg";
    return new File(parts, name, { type: "image/jpeg", lastModified: file.lastModified });
  };

  const enhance = (input) => {
    const most = Number(input.dataset.most) || 9;
    const box = document.createElement("div");
    box.className = "photo-picker";
    const list = document.createElement("ul");
    list.className = "photo-picker-list";
    const status = document.createElement("p");
    status.className = "form-hint";
    status.setAttribute("role", "status");
    const button = document.createElement("label");
    button.className = "btn";
    button.htmlFor = input.id;
    button.textContent = input.multiple ? "拍照或添加照片" : "拍照或选择照片";
    input.before(box);
    box.append(list, input, button, status);
    let files = [];

    const publish = () => {
      const carrier = new DataTransfer();
      for (const file of files) carrier.items.add(file);
      input.files = carrier.files;
    };

    const draw = () => {
      for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
      list.replaceChildren(...files.map((file, place) => card(file, place)));
      status.textContent = files.length ? `已选 ${files.length} 张，最多 ${most} 张。可继续添加。` : "";
    };

    const card = (file, place) => {
      const item = document.createElement("li");
      item.className = "photo-picker-item";
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = `第 ${place + 1} 张：${file.name}`;
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "btn btn-icon";
      drop.textContent = "✕";
      drop.setAttribute("aria-label", `去掉第 ${place + 1} 张照片`);
      drop.addEventListener("click", () => {
        files.splice(place, 1);
        publish();
        draw();
        input.focus();
      });
      item.append(image, drop);
      return item;
    };

    input.addEventListener("change", async () => {
      const picked = [...input.files];
      status.textContent = "正在处理照片…";
      input.form?.setAttribute("aria-busy", "true");
      const ready = await Promise.all(picked.map((file) => shrink(file).catch(() => file)));
      const room = input.multiple ? most - files.length : 1;
      files = input.multiple ? [...files, ...ready.slice(0, room)] : ready.slice(0, 1);
      publish();
      draw();
      if (input.multiple && ready.length > room) status.textContent = `最多 ${most} 张，多出的 ${ready.length - room} 张没有加入。`;
      input.form?.removeAttribute("aria-busy");
    });
    draw();
  };

  if ("DataTransfer" in window && "createImageBitmap" in window) document.querySelectorAll("input[data-photos]").forEach(enhance);
})();
