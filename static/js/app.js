// What every page gains with JavaScript: menus that close, no double sending, picking rows, honest htmx errors.
(() => {
  "use strict";

  const body = document.body;

  // A menu closes on Escape, on a click elsewhere and when another one opens.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-menu][open]");
    closeMenus(null);
    open?.querySelector("summary").focus();
  });

  // One press, one request: the server refuses the second anyway, this spares the person its message.
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[type=submit]")) button.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // The summary of what was wrong takes the focus, so that it is read out and seen.
  document.querySelector("[data-focus]")?.focus();

  // "Back" goes where the person came from with everything typed still there.
  for (const link of document.querySelectorAll("a[data-back]")) {
    link.addEventListener("click", (event) => {
      if (history.length < 2) return;
      event.preventDefault();
      history.back();
    });
  }

  // A timeline opens at today's column, with the one before it in sight.
  const today = document.querySelector(".wall-scroll [aria-current=date]");
  if (today) {
    const box = today.closest(".wall-scroll");
    const names = today.parentElement.firstElementChild.offsetWidth;
    box.scrollLeft = today.offsetLeft - names - today.offsetWidth;
  }

  // A wall screen reloads itself; not while somebody is using it or the network is away.
  const wall = document.querySelector("[data-refresh]");
  if (wall) {
    setInterval(() => {
      if (navigator.onLine && !document.querySelector("details[open] :focus")) location.reload();
    }, Number(wall.dataset.refresh) * 1000);
  }

  // Picking rows for a bulk action.
  const bindBulk = (root) => {
    const bulk = root.querySelector("form[data-bulk]");
    if (!bulk) return;
    const all = bulk.querySelector("[data-bulk-all]");
    const note = bulk.querySelector("[data-bulk-count]");
    const boxes = [...document.querySelectorAll('input[form="bulk"][name="ids"]')];
    const buttons = [...bulk.querySelectorAll("[type=submit]")];
    const show = () => {
      const picked = boxes.filter((box) => box.checked).length;
      note.textContent = picked ? `已选 ${picked} 条` : "勾选记录后批量办理：";
      for (const button of buttons) button.disabled = picked === 0;
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    };
    all.closest("[hidden]").hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    for (const box of boxes) box.addEventListener("change", show);
    show();
  };
  bindBulk(document);
  document.addEventListener("htmx:afterSettle", (event) => bindBulk(event.target));

  // Empty filter fields stay out of the address, so that a link can be sent.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("[data-filter]")) return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });

  // htmx: a session that ended leads to the sign-in page; an error page never lands inside a fragment.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const signIn = body.dataset.signIn;
    if (signIn && new URL(xhr.responseURL, location.href).pathname === signIn) {
      event.detail.shouldSwap = false;
      location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
    } else if (xhr.status >= 400 && !xhr.getResponseHeader("HX-Retarget") && /^\s*<!doctype/i.test(xhr.response)) {
      event.detail.shouldSwap = false;
      flash("系统没有完成这次操作，请刷新页面后再试。");
    }
  });
  document.addEventListener("htmx:sendError", () => flash("网络不通，请检查网络后再试。"));

  function flash(text) {
    const place = document.getElementById("flash");
    if (!place) return;
    const note = document.createElement("div");
    note.className = "alert alert-danger";
    note.setAttribute("role", "alert");
    note.textContent = text;
    place.replaceChildren(note);
    place.scrollIntoView({ block: "center" });
  }
})();
