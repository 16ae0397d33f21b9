// Keeps what is typed into <form data-draft="key"> on this device until the server has it.
// Passwords, files and hidden fields are never kept; a draft is forgotten after 30 days or on sign-out.
(() => {
  "use strict";

  const PREFIX = "qinghuan:draft:";
  const SENT = "qinghuan:sent";
  const LIFETIME = 30 * 24 * 3600 * 1000;
  const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

  const fieldsOf = (form) => [...form.elements].filter((item) => item.name && !SKIPPED.has(item.type));

  const read = (form) => {
    const kept = {};
    for (const item of fieldsOf(form)) {
      const chooses = item.type === "checkbox" || item.type === "radio";
      if (chooses && !item.checked) continue;
      const values = item.type === "select-multiple" ? [...item.selectedOptions].map((o) => o.value) : [item.value];
      (kept[item.name] ??= []).push(...values);
    }
    return kept;
  };

  const write = (form, kept) => {
    for (const item of fieldsOf(form)) {
      const values = kept[item.name] ?? [];
      if (item.type === "checkbox" || item.type === "radio") item.checked = values.includes(item.value);
      else if (item.type === "select-multiple") for (const o of item.options) o.selected = values.includes(o.value);
      else if (values.length) item.value = values[0];
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const load = (key) => {
    try {
      const draft = JSON.parse(localStorage.getItem(PREFIX + key));
      return draft && Date.now() - draft.at < LIFETIME ? draft : null;
    } catch {
      return null;
    }
  };

  const note = (form, draft, key, untouched) => {
    const line = document.createElement("p");
    line.className = "draft-note";
    line.setAttribute("role", "status");
    const when = new Date(draft.at).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn";
    drop.textContent = "不用草稿，重新填写";
    drop.addEventListener("click", () => {
      localStorage.removeItem(PREFIX + key);
      write(form, untouched);
      form.reset();
      line.remove();
    });
    line.append(`已恢复本机草稿（${when}）。`, drop);
    form.prepend(line);
  };

  // A saved form is known by the server's success message on the page that follows it.
  if (document.querySelector("[data-saved]")) {
    const sent = sessionStorage.getItem(SENT);
    if (sent) localStorage.removeItem(PREFIX + sent);
  }
  sessionStorage.removeItem(SENT);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.draft) sessionStorage.setItem(SENT, form.dataset.draft);
    if (form.hasAttribute("data-forget-drafts")) {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = form.dataset.draft;
    const draft = load(key);
    const returned = form.querySelector(".form-errors");
    if (draft && !returned) {
      const untouched = read(form);
      write(form, draft.kept);
      note(form, draft, key, untouched);
    }
    let waiting = 0;
    const save = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        try {
          localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), kept: read(form) }));
        } catch {
          // A full or forbidden store costs the draft, never the form.
        }
      }, 400);
    };
    form.addEventListener("input", save);
    form.addEventListener("change", save);
  }
})();
