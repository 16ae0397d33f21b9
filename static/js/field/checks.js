// 企业自查 without signal: what is owed, one sheet with a confirmation at its end, signed by sending it off.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;

  const owed = (pack) => (pack.checks || []).filter((check) => check.first <= QH.day() && Date.parse(check.due) >= QH.now());

  const home = async (pack) => {
    const kept = new Map((await QH.store.db().checks.toArray()).map((check) => [check.key, check]));
    const todo = owed(pack).filter((check) => !["signed", "sent"].includes(kept.get(check.key)?.status));
    // A check begun in time and gone on with later stays until it is signed.
    const begun = [...kept.values()].filter((check) => check.status === "open" && Object.keys(check.answers).length && !todo.some((other) => other.key === check.key));
    const done = [...kept.values()].filter((check) => ["signed", "sent"].includes(check.status)).sort((a, b) => b.at - a.at);
    QH.screen(
      "企业自查",
      h("p", {}, pack.account.unit),
      h("h2", {}, "现在要做的"),
      todo.length + begun.length ? h("ul", { class: "cards" }, [...todo, ...begun].map((check) => card(check, kept.get(check.key)))) : h("p", { class: "hint" }, "本期自查都已完成。"),
      done.length ? h("h2", {}, "近三天") : null,
      done.length ? h("ul", { class: "cards" }, done.map(doneCard)) : null,
      h("p", { class: "hint" }, `离线资料更新于${new Date(pack.at).toLocaleString("zh-CN")}，可离线使用七天。`),
      h("p", {}, h("a", { class: "btn wide", href: document.body.dataset.calendar }, "自查日历（需联网）")),
    );
  };

  const card = (check, kept) => {
    const told = check.mine === false ? `由${check.signer}签字，请其本人登录报送` : kept && Object.keys(kept.answers).length ? "已开始，未签字" : `由${check.signer}签字`;
    const body = [h("strong", {}, check.title), h("span", {}, check.label), h("span", {}, told)];
    return h("li", {}, check.mine === false ? h("div", { class: "card" }, body) : h("a", { class: "card", href: `#/check/${check.key}` }, body));
  };

  const doneCard = (check) => {
    const told = check.status === "sent" ? `已报送，${check.bad ? `${check.bad}个问题已上报` : "零隐患"}` : "已签字，待发送";
    const body = [h("strong", {}, `${check.title}　${check.label}`), h("span", {}, told)];
    return h("li", {}, h("a", { class: "card", href: check.status === "sent" ? check.url : "#/queue" }, body));
  };

  // The sheet of a span: the one begun, else a new one; opening it begins to count the time.
  const sheetOf = async (pack, key) => {
    const db = QH.store.db();
    const known = await db.checks.where("key").equals(key).first();
    if (known) return known;
    const about = owed(pack).find((check) => check.key === key && check.mine);
    if (!about) return null;
    const sheet = { ...about, uid: crypto.randomUUID(), status: "open", answers: {}, allClear: false, note: "", openedAt: new Date().toISOString(), signedAt: "", error: "", isFiled: false, asHazards: false, at: Date.now() };
    await db.checks.add(sheet);
    return sheet;
  };

  const show = async (key) => {
    const pack = await QH.store.pack();
    const sheet = await sheetOf(pack, key);
    if (!sheet || sheet.status === "sent") return QH.screen("企业自查", h("p", { class: "hint" }, sheet ? "这次自查已报送。" : "没有这次自查，或者不由您签字。"));
    const list = pack.checklists.find((found) => found.id === sheet.checklist) || pack.checklists[0];
    const context = { sheet, list, photos: await QH.store.photosOf(sheet.uid) };
    const clear = h("input", { type: "checkbox", checked: sheet.allClear, onchange: (event) => write(context, (kept) => (kept.allClear = event.target.checked)) });
    const note = h("textarea", { rows: "2", value: sheet.note, onchange: (event) => write(context, (kept) => (kept.note = event.target.value)) });
    const problem = h("p", { class: "error", role: "alert" }, sheet.error || "");
    QH.screen(
      `${sheet.title}：${sheet.label}`,
      sheet.status === "signed" && h("p", { class: "note" }, "已签字，等待发送；发送前仍可修改，修改后须重新签字。"),
      h("p", { class: "hint" }, `${list.title}，共${list.items.length}项。没有问题的，到最后勾选确认并签字即可；有问题的点“不合格”。`),
      h("p", {}, h("a", { class: "btn wide", href: `#/check/${key}`, onclick: (event) => { event.preventDefault(); clear.scrollIntoView({ block: "center" }); clear.focus(); } }, "没有发现问题，直接签字")),
      h("ol", { class: "rows" }, list.items.map((item) => rowOf(context, item))),
      h("section", { class: "box" }, field("补充说明", note), h("label", { class: "check" }, clear, h("span", {}, "其余检查项均已逐项检查，全部合格")), problem, h("p", { class: "hint" }, `签字人：${pack.account.name}（${pack.account.hat}），报送即为签字。`), h("button", { class: "btn primary wide", type: "button", onclick: () => sign(context, problem) }, "签字报送")),
    );
  };

  const write = async (context, act) => {
    const kept = await QH.store.changeCheck(context.sheet.uid, (found) => {
      if (found.status === "sent") return;
      act(found);
      Object.assign(found, { status: "open", at: Date.now() });
    });
    Object.assign(context.sheet, kept);
    await QH.store.count();
  };

  const rowOf = (context, item) => {
    const answer = () => context.sheet.answers[item.id] || {};
    const more = h("div", { class: "more" });
    const set = (values) => write(context, (kept) => (kept.answers[item.id] = { outcome: "", note: "", no_photo_reason: "", ...kept.answers[item.id], ...values }));
    const unfold = () => more.replaceChildren(...(answer().outcome === "bad" ? badOf(context, item, answer(), set) : []));
    unfold();
    return h(
      "li", { class: "row", id: `c${item.id}` },
      h("p", { class: "row-text" }, h("strong", {}, `${item.n}. `), item.text),
      item.how && h("details", {}, h("summary", {}, "怎么查"), h("p", { class: "hint" }, item.how)),
      QH.parts.thumbs(`c-${item.id}`, `第${item.n}项结果`, answer().outcome, (outcome) => set({ outcome }).then(unfold)),
      more,
    );
  };

  const badOf = (context, item, answer, set) => {
    const note = h("textarea", { rows: "2", value: answer.note || "", onchange: (event) => set({ note: event.target.value }) });
    const none = h("input", { value: answer.no_photo_reason || "", onchange: (event) => set({ no_photo_reason: event.target.value }) });
    const shots = QH.parts.shots({ photos: context.photos, uid: context.sheet.uid, row: String(item.id), stage: "before", label: "问题照片", changed: () => write(context, () => {}) });
    return [field("问题情况", note), shots, item.photo ? field("无法拍照的原因", none) : h("p", { class: "hint" }, "该项不要求拍照。")];
  };

  const faultOf = ({ sheet, list, photos }) => {
    for (const item of list.items) {
      const answer = sheet.answers[item.id];
      if (answer?.outcome !== "bad") continue;
      if (!answer.note.trim()) return `第${item.n}项不合格，请写明情况。`;
      const isShown = photos.some((photo) => photo.row === String(item.id));
      if (item.photo && !isShown && !answer.no_photo_reason.trim()) return `第${item.n}项请拍照；无法拍照的写明原因。`;
    }
    const isWhole = list.items.every((item) => sheet.answers[item.id]?.outcome);
    return isWhole || sheet.allClear ? "" : "请确认其余检查项均已检查、合格。";
  };

  const sign = async (context, problem) => {
    problem.textContent = faultOf(context);
    if (problem.textContent) return problem.scrollIntoView({ block: "center" });
    await QH.store.changeCheck(context.sheet.uid, (kept) => Object.assign(kept, { status: "signed", allClear: true, signedAt: new Date().toISOString(), error: "", at: Date.now() }));
    QH.sync.sync();
    location.hash = "#/queue";
    return null;
  };

  QH.checks = { home, show, owed };
})();
