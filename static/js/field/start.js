// The first screens: one's visits, and beginning one by QR code, by map or by list.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;
  const SHOWN = 30;

  const stateOf = (visit) => {
    if (visit.status === "sent") return "已发送";
    if (visit.ended || Object.values(visit.rows).some((row) => row.conflict)) return "需要核对";
    if (visit.finishedAt) return "已办结，待发送";
    return visit.status === "planned" ? (visit.begun ? "检查中" : `计划${visit.planned}`) : "检查中";
  };

  const home = async () => {
    const visits = await QH.store.db().visits.toArray();
    const pack = await QH.store.pack();
    if (pack?.account.carries === false) return QH.checks.home(pack);
    const open = visits.filter((visit) => visit.status !== "sent").sort((a, b) => b.at - a.at);
    const sent = visits.filter((visit) => visit.status === "sent").sort((a, b) => b.at - a.at);
    QH.screen(
      "现场检查",
      pack?.account.begins && h("p", {}, h("a", { class: "btn primary wide", href: "#/start" }, "开始检查")),
      pack?.account.begins && h("p", { class: "halves" }, h("a", { class: "btn", href: "#/scan" }, "扫码开始"), h("a", { class: "btn", href: "#/map" }, "按地图开始")),
      h("h2", {}, "我的检查"),
      open.length ? h("ul", { class: "cards" }, open.map(card)) : h("p", { class: "hint" }, "没有未完成的检查。"),
      sent.length ? h("h2", {}, "近三天已发送") : null,
      sent.length ? h("ul", { class: "cards" }, sent.map(card)) : null,
      h("p", { class: "hint" }, `离线资料更新于${pack ? new Date(pack.at).toLocaleString("zh-CN") : "—"}，共${pack?.units.length || 0}家企业。`),
      h("p", {}, h("a", { class: "btn wide", href: document.body.dataset.home }, "返回检查首页（需联网）")),
    );
  };

  const card = (visit) => {
    const rows = Object.values(visit.rows);
    const told = visit.status === "sent" ? `不合格${visit.bad ?? 0}项` : `已填${QH.rules.answered(visit)}／${rows.length || "—"}项`;
    const link = visit.status === "sent" ? visit.url : `#/visit/${visit.uid}`;
    return h("li", {}, h("a", { class: "card", href: link }, h("strong", {}, visit.unit.name), h("span", {}, `${stateOf(visit)}　${told}`)));
  };

  const matching = (units, text) => {
    const words = text.trim().toLowerCase();
    return words ? units.filter((unit) => unit.search.includes(words) || unit.name.includes(text.trim())) : units;
  };

  const choose = async (asked) => {
    const pack = await QH.store.pack();
    if (!pack.account.begins) return home();
    const known = pack.units.find((unit) => unit.id === Number(asked));
    if (known) return prepare(pack, known);
    if (asked) QH.flash("该企业不在离线资料中，请在名单中选择。");
    const input = h("input", { type: "search", placeholder: "名称、拼音首字母或信用代码", oninput: () => draw() });
    const list = h("ul", { class: "cards" });
    const draw = () => {
      const found = matching(pack.units, input.value).slice(0, SHOWN);
      list.replaceChildren(...found.map((unit) => h("li", {}, h("button", { class: "card", type: "button", onclick: () => prepare(pack, unit) }, h("strong", {}, unit.name), h("span", {}, unit.address || "")))));
      if (!found.length) list.replaceChildren(h("li", { class: "hint" }, "没有找到，请核对名称。"));
    };
    QH.screen("选择被检查单位", h("p", { class: "halves" }, h("a", { class: "btn", href: "#/scan" }, "扫码"), h("a", { class: "btn", href: "#/map" }, "地图")), field("查找", input), list);
    draw();
  };

  const select = (options, chosen) => h("select", {}, options.map(([value, label]) => h("option", { value, selected: String(value) === String(chosen) }, label)));

  const prepare = async (pack, unit) => {
    const open = (await QH.store.db().visits.toArray()).filter((visit) => visit.unit.id === unit.id && visit.status !== "sent");
    const kinds = [["patrol", "巡查（服务指导）"], ...(pack.account.administrative ? [["administrative", "行政检查"]] : [])];
    const kind = select(kinds, pack.account.administrative ? "administrative" : "patrol");
    const mode = select(pack.modes, "daily");
    const listed = (pack.campaigns || []).filter((found) => found.units.includes(unit.id));
    const campaign = select([["", "不属于专项整治"], ...listed.map((found) => [found.id, found.title])], "");
    const current = pack.checklists.filter((list) => list.current).map((list) => [list.id, list.title]);
    const checklist = select(current, unit.checklist);
    // A visit of a campaign is 专项, and uses the campaign's own checklist where it has one.
    campaign.addEventListener("change", () => {
      const chosen = listed.find((found) => String(found.id) === campaign.value);
      if (chosen) mode.value = "special";
      checklist.value = chosen?.checklist || unit.checklist;
      checklist.disabled = Boolean(chosen?.checklist);
    });
    const others = pack.people.filter((person) => person.id !== pack.account.id);
    const boxes = others.map((person) => [person, h("input", { type: "checkbox", id: `p${person.id}` })]);
    const problem = h("p", { class: "error", role: "alert" });
    const go = async () => {
      const team = boxes.filter(([, box]) => box.checked).map(([person]) => person);
      const me = pack.people.find((person) => person.id === pack.account.id) || { id: pack.account.id, name: pack.account.name };
      problem.textContent = QH.rules.teamFault(kind.value, [me, ...team], QH.day()) || ((await QH.store.room()) ? "" : "手机上未发送的检查太多，请先联网发送。");
      if (problem.textContent) return problem.scrollIntoView();
      const uid = await create(pack, unit, { kind: kind.value, mode: mode.value, checklist: Number(checklist.value), campaign: Number(campaign.value) || null }, [me, ...team]);
      location.hash = `#/visit/${uid}`;
    };
    QH.screen(
      unit.name,
      h("p", { class: "hint" }, unit.address || ""),
      open.length ? h("h2", {}, "该单位未完成的检查") : null,
      open.length ? h("ul", { class: "cards" }, open.map(card)) : null,
      listed.length ? field("专项整治", campaign) : null,
      field("性质", kind), field("方式", mode), field("检查表", checklist),
      h("fieldset", { class: "people" }, h("legend", {}, "同行人员"), boxes.map(([person, box]) => h("label", { for: box.id }, box, h("span", {}, person.name, h("small", {}, `${person.unit}${person.until ? `　执法证至${person.until}` : ""}`))))),
      problem,
      h("button", { class: "btn primary wide", type: "button", onclick: go }, "开始"),
    );
  };

  const create = async (pack, unit, chosen, team) => {
    const uid = crypto.randomUUID();
    const parts = team.map((person, index) => ({ user: person.id, name: person.name, part: index === 0 ? "lead" : person.part || "member" }));
    const label = pack.modes.find(([value]) => value === chosen.mode)[1];
    const visit = {
      uid, status: "open", unit: { id: unit.id, name: unit.name, address: unit.address }, ...chosen, modeLabel: label, team: parts, begun: false,
      startedAt: new Date().toISOString(), headSeq: 1, headSent: 0, holdUntil: Date.now() + 6000, rows: rowsFor(pack, chosen.checklist), signatures: [], summary: "", at: Date.now(),
      head: { place: unit.address, contact: unit.contact, contact_title: "", contact_phone: unit.phone },
    };
    await QH.store.db().visits.add(visit);
    await QH.store.count();
    QH.place().then(({ lat, lon }) => QH.store.change(uid, (kept) => Object.assign(kept, { latitude: lat, longitude: lon, holdUntil: 0 })).then(QH.sync.soon));
    return uid;
  };

  const rowsFor = (pack, version) => {
    const items = pack.checklists.find((list) => list.id === version)?.items || [];
    return Object.fromEntries(items.map((item) => [`i${item.id}`, { uid: crypto.randomUUID(), item: item.id, text: item.text, outcome: "", note: "", base: 0, seq: 0, sent: 0, conflict: null }]));
  };

  QH.start = { home, choose, rowsFor, stateOf };
})();
