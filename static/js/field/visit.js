// The checklist: one item a row, one thumb per item. Only a 不合格 unfolds more.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;

  // What the checklist says of an item joins the row when it is shown or judged; it is not stored with every row.
  const joined = (visit, pack) => {
    const items = new Map((pack.checklists.find((list) => list.id === visit.checklist)?.items || []).map((item) => [item.id, item]));
    for (const row of Object.values(visit.rows)) {
      const item = items.get(row.item);
      if (item) Object.assign(row, { n: item.n, how: item.how, basis: item.basis, suggested: item.level, criterion: item.criterion, cited: item.cited, photo: item.photo });
    }
    return visit;
  };

  const load = async (uid) => {
    const [visit, pack] = [await QH.store.db().visits.get(uid), await QH.store.pack()];
    return visit ? joined(visit, pack) : null;
  };

  const show = async (uid) => {
    const visit = await load(uid);
    if (!visit) return QH.screen("现场检查", h("p", { class: "hint" }, "手机上没有这次检查。"));
    if (visit.status === "planned" && !visit.startedAt) return offer(visit);
    const photos = await QH.store.photosOf(uid);
    const rows = QH.rules.rowsOf(visit);
    const progress = h("p", { class: "progress", role: "status" });
    const count = () => (progress.textContent = `已填 ${QH.rules.answered(visit)}／${rows.length} 项`);
    count();
    const context = { visit, photos, count };
    QH.screen(
      visit.unit.name,
      visit.finishedAt && h("p", { class: "note" }, "已办结，等待发送；发送前仍可修改，修改后须重新办结。"),
      visit.error && h("p", { class: "error", role: "alert" }, visit.error),
      progress,
      headOf(visit),
      h("ol", { class: "rows" }, rows.map((row) => rowOf(context, row))),
      extraOf(visit),
      h("p", {}, h("a", { class: "btn primary wide", href: `#/sign/${uid}` }, "去签名")),
    );
  };

  const offer = (visit) => {
    const go = async () => {
      const { lat, lon } = await QH.place();
      await QH.store.edit(visit.uid, (kept) => Object.assign(kept, { status: "open", startedAt: new Date().toISOString(), headSeq: 1, headSent: 0, latitude: lat, longitude: lon, rows: Object.keys(kept.rows).length ? kept.rows : {} }));
      const pack = await QH.store.pack();
      await QH.store.edit(visit.uid, (kept) => Object.keys(kept.rows).length || (kept.rows = QH.start.rowsFor(pack, kept.checklist)));
      QH.sync.soon();
      await show(visit.uid);
    };
    QH.screen(
      visit.unit.name,
      h("p", {}, `${visit.modeLabel}，${visit.planned ? `计划${visit.planned}` : "检查中"}`),
      h("p", { class: "hint" }, `检查组：${visit.team.map((person) => person.name).join("、")}`),
      h("button", { class: "btn primary wide", type: "button", onclick: go }, visit.begun ? "继续检查" : "开始检查"),
    );
  };

  const headOf = (visit) => {
    const labels = { place: "检查场所", contact: "现场负责人", contact_title: "职务", contact_phone: "电话" };
    const save = (name) => (event) =>
      QH.store.edit(visit.uid, (kept) => {
        kept.head[name] = event.target.value;
        kept.headSeq = (kept.headSeq || 0) + 1;
      }).then(QH.sync.soon);
    const inputs = Object.entries(labels).map(([name, label]) => field(label, h("input", { value: visit.head[name] || "", onchange: save(name) })));
    return h("details", { class: "box" }, h("summary", {}, "检查场所和现场负责人"), inputs);
  };

  const write = async (context, row, values) => {
    Object.assign(row, values);
    await QH.store.edit(context.visit.uid, (kept) => {
      const own = kept.rows[QH.keyOf(row)];
      Object.assign(own, values, { seq: own.seq + 1, at: new Date().toISOString() });
      kept.finishedAt = "";
    });
    QH.sync.soon();
  };

  const rowOf = (context, row) => {
    const more = h("div", { class: "more" });
    const unfold = () => more.replaceChildren(...(row.outcome === "bad" ? badOf(context, row) : []));
    const choose = async (value) => {
      await write(context, row, { outcome: value });
      context.count();
      unfold();
    };
    unfold();
    const about = [row.how, row.basis && `依据：${row.basis}`].filter(Boolean).join("　");
    return h(
      "li", { class: row.conflict ? "row conflict" : "row", id: QH.keyOf(row) },
      h("p", { class: "row-text" }, row.n ? h("strong", {}, `${row.n}. `) : null, row.text),
      about && h("p", { class: "hint" }, about),
      row.conflict && h("p", { class: "error" }, "与另一设备填写的不一致，", h("a", { href: "#/queue" }, "去核对")),
      QH.parts.thumbs(`o-${QH.keyOf(row)}`, `${row.n ? `第${row.n}项` : row.text}结果`, row.outcome, choose),
      more,
    );
  };

  const badOf = (context, row) => {
    const set = (name) => (event) => write(context, row, { [name]: event.target.value });
    const note = h("textarea", { rows: "2", value: row.note || "", onchange: set("note") });
    const due = h("input", { type: "date", value: row.due_on || "", onchange: set("due_on") });
    if (context.visit.mode === "recheck") return [field("情况说明", note), field("新的整改期限", due), shots(context, row, "before", "复查照片")];
    const level = h("select", { onchange: set("level") }, Object.entries(QH.rules.LEVELS).map(([value, label]) => h("option", { value, selected: QH.rules.levelOf(row) === value }, label)));
    const reason = h("input", { value: row.level_reason || "", onchange: set("level_reason") });
    const none = h("input", { value: row.no_photo_reason || "", onchange: set("no_photo_reason") });
    const after = h("div");
    const drawAfter = () => after.replaceChildren(...(row.is_fixed_on_spot ? [shots(context, row, "after", "整改后照片")] : []));
    const fixed = h("input", { type: "checkbox", checked: row.is_fixed_on_spot === true, onchange: async (event) => { await write(context, row, { is_fixed_on_spot: event.target.checked }); drawAfter(); } });
    drawAfter();
    return [
      field("情况说明", note),
      shots(context, row, "before", "发现时照片"),
      row.photo ? field("无照片原因", none) : h("p", { class: "hint" }, "该项不要求拍照。"),
      field("隐患等级", level, row.suggested ? `建议：${QH.rules.LEVELS[row.suggested]}，可改选。` : ""),
      QH.criteria.picker(row, (values) => write(context, row, values)),
      field("定级理由", reason),
      field("整改期限", due, "填写后立即下达整改要求；不填则待核实。"),
      h("label", { class: "check" }, fixed, h("span", {}, "已当场整改（一般隐患）")),
      after,
    ];
  };

  const shots = (context, row, stage, label) => {
    const changed = async () => {
      await QH.store.edit(context.visit.uid, (kept) => (kept.finishedAt = ""));
      QH.sync.soon();
    };
    return QH.parts.shots({ photos: context.photos, uid: context.visit.uid, row: QH.keyOf(row), stage, label, changed });
  };

  const extraOf = (visit) => {
    const text = h("input", {});
    const add = async () => {
      if (!text.value.trim()) return;
      const uid = crypto.randomUUID();
      const row = { uid, item: null, text: text.value.trim(), outcome: "bad", note: text.value.trim(), level: "general", base: 0, seq: 1, sent: 0, conflict: null };
      await QH.store.edit(visit.uid, (kept) => Object.assign(kept, { finishedAt: "" }) && (kept.rows[`u${uid}`] = row));
      QH.sync.soon();
      await show(visit.uid);
      document.getElementById(`u${uid}`)?.scrollIntoView();
    };
    return h("details", { class: "box" }, h("summary", {}, "检查表以外的问题"), field("问题", text), h("button", { class: "btn", type: "button", onclick: add }, "添加"));
  };

  QH.visit = { show, load };
})();
