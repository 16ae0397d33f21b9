// Reviewing a plan on a narrow screen: closing the text goes back to the task it was opened from.
(() => {
  "use strict";
  const close = document.querySelector("[data-close-text]");
  let opened = 0;
  addEventListener("hashchange", () => { opened += 1; });
  close?.addEventListener("click", (event) => {
    if (!opened) return;
    event.preventDefault();
    opened = 0;
    history.back();
  });
})();
