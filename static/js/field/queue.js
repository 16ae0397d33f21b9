// What has not been sent yet, and what two devices disagree about. Nothing is dropped without being asked.
(() => {
  "use strict";

  const { QH } = window;
  const { h } = QH;
  const WORDS = { ok: "合格", bad: "不合格", na: "不涉及", "": "未填" };

  const show = async () => {
    const visits = await QH.store.pending();
    const state = QH.sync.state();
    const items = [];
    for (const visit of visits) items.push(await itemOf(visit));
    for (const check of await QH.store.pendingChecks()) items.push(checkOf(check));
    QH.screen(
      "待发送",
      state.text ? h("p", { class: "note", role: "status" }, state.text) : null,
      state.signIn ? h("p", {}, h("a", { class: "btn primary wide", href: `${document.body.dataset.signIn}?next=${document.body.dataset.base}` }, "重新登录")) : null,
      items.length ? h("ul", { class: "cards" }, items) : h("p", { class: "hint", id: "all-sent" }, "全部已发送，手机上没有未发送的内容。"),
      items.length ? h("button", { class: "btn wide", type: "button", onclick: () => QH.sync.sync() }, "立即发送") : null,
    );
  };

  const checkOf = (check) =>
    h(
      "li", { class: "box" },
      h("h2", {}, `${check.title}　${check.label}`),
      h("p", {}, check.isFiled ? "需要核对" : check.status === "signed" ? "已签字，待发送" : "未签字"),
      check.error ? h("p", { class: "error", role: "alert" }, check.error) : null,
      check.isFiled ? filedOf(check) : h("p", {}, h("a", { class: "btn", href: `#/check/${check.key}` }, "打开自查")),
    );

  // A colleague has filed this span: what was found here is reported as hazards, or given up, as the person decides.
  const filedOf = (check) => {
    const found = Object.values(check.answers).filter((answer) => answer.outcome === "bad").length;
    const report = async () => {
      await QH.store.changeCheck(check.uid, (kept) => Object.assign(kept, { asHazards: true, error: "" }));
      QH.sync.sync();
      await show();
    };
    const drop = h("button", { class: "btn", type: "button", onclick: () => giveUp(check.uid) }, "放弃本机内容");
    return h("p", { class: "buttons" }, found ? h("button", { class: "btn primary", type: "button", onclick: report }, `把${found}个问题上报为隐患`) : null, drop);
  };

  const giveUp = async (uid) => {
    if (!window.confirm("本机未发送的内容将被删除，确定放弃？")) return;
    await QH.store.forget(uid);
    await QH.store.count();
    await show();
  };

  const itemOf = async (visit) => {
    const photos = await QH.store.photosOf(visit.uid);
    const rows = Object.values(visit.rows);
    const waiting = rows.filter((row) => row.seq !== row.sent).length;
    const unsent = photos.filter((photo) => !photo.sent).length;
    const marks = visit.signatures.filter((mark) => !mark.sent).length;
    const conflicts = rows.filter((row) => row.conflict);
    return h(
      "li", { class: "box" },
      h("h2", {}, visit.unit.name),
      h("p", {}, QH.start.stateOf(visit)),
      h("p", { class: "hint" }, `未发送：检查项${waiting}，照片${unsent}／${photos.length}，签名${marks}`),
      visit.skewed ? h("p", { class: "note" }, "手机时钟不准，时间按服务器折算。") : null,
      visit.error ? h("p", { class: "error", role: "alert" }, visit.error) : null,
      conflicts.map((row) => conflictOf(visit, row)),
      visit.ended ? endedOf(visit) : h("p", {}, h("a", { class: "btn", href: `#/visit/${visit.uid}` }, "打开检查")),
    );
  };

  const conflictOf = (visit, row) => {
    const settle = (act) => async () => {
      await QH.store.edit(visit.uid, (kept) => act(kept.rows[QH.keyOf(row)]));
      QH.sync.sync();
      await show();
    };
    const mine = settle((own) => Object.assign(own, { base: own.conflict.revision, conflict: null, seq: own.seq + 1 }));
    const theirs = settle((own) => Object.assign(own, own.conflict, { uid: own.uid, base: own.conflict.revision, conflict: null, sent: own.seq }));
    const told = (side) => `${WORDS[side.outcome || ""]}${side.note ? `：${side.note}` : ""}`;
    return h(
      "section", { class: "conflict-box" },
      h("h3", {}, row.text),
      h("p", {}, h("strong", {}, "本机："), told(row)),
      h("p", {}, h("strong", {}, `${row.conflict.by || "另一设备"}：`), told(row.conflict)),
      h("p", { class: "buttons" }, h("button", { class: "btn", type: "button", onclick: mine }, "用本机的"), h("button", { class: "btn", type: "button", onclick: theirs }, "用对方的")),
    );
  };

  // The visit ended elsewhere: what is left here goes into a visit of its own, or is given up, as the person decides.
  const endedOf = (visit) => {
    const anew = async () => {
      const uid = crypto.randomUUID();
      await copy(visit, uid);
      QH.sync.sync();
      location.hash = `#/visit/${uid}`;
    };
    const mayCopy = visit.mode !== "recheck";
    return h(
      "div", {},
      h("p", {}, "该检查已在另一设备办结或取消，本机还有未发送的内容。"),
      h("p", { class: "buttons" }, mayCopy && h("button", { class: "btn primary", type: "button", onclick: anew }, "另建一次检查"), h("button", { class: "btn", type: "button", onclick: () => giveUp(visit.uid) }, "放弃本机内容")),
    );
  };

  const copy = async (visit, uid) => {
    const db = QH.store.db();
    const rows = Object.values(visit.rows).map((row) => ({ ...row, uid: row.item ? row.uid : crypto.randomUUID(), base: 0, sent: 0, seq: row.outcome ? 1 : 0, conflict: null, was: QH.keyOf(row) }));
    const keys = new Map(rows.map((row) => [row.was, QH.keyOf(row)]));
    await db.transaction("rw", db.visits, db.photos, async () => {
      await db.visits.add({ ...visit, uid, status: "open", begun: false, ended: false, error: "", headSent: 0, headSeq: 1, finishedAt: "", signatures: [], rows: Object.fromEntries(rows.map((row) => [QH.keyOf(row), row])) });
      await db.photos.where("visit").equals(visit.uid).modify((photo) => Object.assign(photo, { visit: uid, row: keys.get(photo.row) || photo.row, sent: 0 }));
      await db.visits.delete(visit.uid);
    });
    await QH.store.count();
  };

  QH.queue = { show };
})();
