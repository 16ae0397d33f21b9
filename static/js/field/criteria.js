// 判定标准库 on the phone: fetched once for an edition, searched without signal; another clause and level than suggested.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;
  const SHOWN = 8;

  const refresh = async (edition) => {
    const db = QH.store.db();
    const kept = await db.packs.get("criteria");
    if (edition && kept?.edition !== edition) await db.packs.put({ key: "criteria", ...(await QH.net.call("criteria/")) });
    document.body.dataset.criteria = "ready";
  };

  const pairs = (text) => {
    const plain = text.toLowerCase().replace(/[\s\p{P}]/gu, "");
    return new Set([...plain].slice(1).map((letter, at) => plain[at] + letter));
  };

  // Items that hold all searched words; for a description, those that share most pairs of characters with it.
  const find = (items, words, described) => {
    const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
    if (sought.length) return items.filter((item) => sought.every((word) => item.search.includes(word))).slice(0, SHOWN);
    const about = [...pairs(described)];
    const scored = items.map((item) => [about.filter((pair) => item.search.includes(pair)).length, item]);
    return scored.filter(([score]) => score > 1).sort((a, b) => b[0] - a[0]).slice(0, SHOWN).map(([, item]) => item);
  };

  // `write(values)` keeps what was chosen: `chosen` (id or null for the suggested one) and its words.
  const picker = (row, write) => {
    const told = h("p", { class: "hint", role: "status" });
    const list = h("ul", { class: "cards" });
    const words = h("input", { type: "search", placeholder: "如：泄爆、疏散通道", oninput: () => draw() });
    const tell = () => (told.textContent = row.chosen ? `已选：${row.chosen_title}` : row.criterion ? `建议：${row.criterion}` : "没有建议的条款。");
    const choose = (chosen, title) => async () => {
      await write({ chosen, chosen_title: title });
      tell();
      draw();
    };
    const entry = (item) => h("li", {}, h("button", { class: "card", type: "button", "aria-pressed": String(row.chosen === item.id), onclick: choose(item.id, `${item.source}：${item.title}`) }, h("strong", {}, item.title), h("span", {}, item.source)));
    const draw = async () => {
      const items = (await QH.store.db().packs.get("criteria"))?.items || [];
      const found = find(items, words.value, `${row.note || ""} ${row.text}`);
      list.replaceChildren(...found.map(entry));
      if (!items.length) list.replaceChildren(h("li", { class: "hint" }, "判定标准库还没有下载，联网后打开一次即可。"));
      else if (!found.length) list.replaceChildren(h("li", { class: "hint" }, "没有找到条款，请换个词；也可写明定级理由。"));
    };
    tell();
    const back = h("button", { class: "btn", type: "button", onclick: choose(null, "") }, "不引用其他条款");
    const box = h("details", { class: "criteria" }, h("summary", {}, "换判定依据"), field("查找判定条款", words), list, back);
    box.addEventListener("toggle", () => box.open && draw());
    return h("div", { class: "field" }, told, box);
  };

  QH.criteria = { refresh, find, picker };
})();
