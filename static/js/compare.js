// Lays the photo after rectification over the one before, with a slider; without this script they stand side by side.
(() => {
  "use strict";

  for (const figure of document.querySelectorAll("[data-compare]")) {
    const stage = figure.querySelector(".compare-stage");
    const control = figure.querySelector(".compare-control");
    const range = control.querySelector("input");
    const show = () => {
      stage.style.setProperty("--cut", `${range.value}%`);
      range.setAttribute("aria-valuetext", `左侧 ${range.value}% 为整改前`);
    };
    const follow = (event) => {
      const area = stage.getBoundingClientRect();
      range.value = Math.round(((event.clientX - area.left) / area.width) * 100);
      show();
    };
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      follow(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (stage.hasPointerCapture(event.pointerId)) follow(event);
    });
    range.addEventListener("input", show);
    control.hidden = false;
    figure.classList.add("is-slider");
    show();
  }
})();
