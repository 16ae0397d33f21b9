// Signature pads ([data-sign]): what is drawn goes into the hidden input as PNG. Without this script a name and a reason do.
(() => {
  "use strict";

  const { SignaturePad } = window;
  if (!SignaturePad) return;
  const enhance = (box) => {
    const holder = box.querySelector(".sign-pad");
    const input = box.querySelector("input[type=hidden]");
    const canvas = holder.querySelector("canvas");
    holder.hidden = false;
    const scale = canvas.width / canvas.getBoundingClientRect().width;
    canvas.getContext("2d").scale(scale, scale);
    const pad = new SignaturePad(canvas, { penColor: "#111" });
    pad.addEventListener("endStroke", () => {
      input.value = pad.toDataURL("image/png");
    });
    holder.querySelector("button").addEventListener("click", () => {
      pad.clear();
      input.value = "";
    });
  };
  document.querySelectorAll("[data-sign]").forEach(enhance);
})();
