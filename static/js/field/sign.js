// Signatures on glass, typed with a reason, or refused; then the end of the visit, with or without a signal.
(() => {
  "use strict";

  const { QH } = window;
  const { h, field } = QH;

  const show = async (uid) => {
    const visit = await QH.visit.load(uid);
    if (!visit) return QH.screen("签名", h("p", { class: "hint" }, "手机上没有这次检查。"));
    const faults = QH.rules.faultsOf(visit, await QH.store.photosOf(uid));
    const site = { party: "site", user: null, name: visit.head.contact || "" };
    const signers = [...visit.team.map((person) => ({ party: "inspector", user: person.user, name: person.name })), site];
    const summary = h("textarea", { rows: "3", value: visit.summary || "", onchange: (event) => QH.store.edit(uid, (kept) => (kept.summary = event.target.value)) });
    QH.screen(
      "签名和办结",
      faults.length ? h("div", { class: "error", role: "alert" }, h("p", {}, "检查表还没有填完整："), h("ul", {}, faults.slice(0, 5).map((text) => h("li", {}, text))), faults.length > 5 && h("p", {}, `共${faults.length}处`)) : null,
      h("p", { class: "hint" }, "请先向现场负责人说明检查情况。拒绝签名的，记录情况即可。"),
      signers.map((signer) => signBox(visit, signer)),
      field("检查情况补充", summary),
      h("button", { class: "btn primary wide", type: "button", onclick: () => finish(uid) }, "办结检查"),
      h("p", {}, h("a", { class: "btn wide", href: `#/visit/${uid}` }, "返回检查表")),
    );
  };

  const markOf = (visit, signer) => visit.signatures.find((mark) => mark.party === signer.party && (mark.user || null) === signer.user);

  const signBox = (visit, signer) => {
    const box = h("section", { class: "box sign" });
    const title = signer.party === "site" ? "现场负责人" : signer.name;
    const known = markOf(visit, signer);
    const keep = async (values) => {
      const mark = { uid: crypto.randomUUID(), party: signer.party, user: signer.user, name: signer.name, picture: "", typed_reason: "", is_refused: false, refusal_reason: "", client_at: new Date().toISOString(), sent: false, ...values };
      const kept = await QH.store.edit(visit.uid, (found) => {
        found.signatures = found.signatures.filter((old) => !(old.party === mark.party && (old.user || null) === mark.user));
        found.signatures.push(mark);
      });
      visit.signatures = kept.signatures;
      box.replaceWith(signBox(visit, signer));
      QH.sync.soon();
    };
    box.append(h("h2", {}, title), ...(known ? signed(box, visit, signer, known) : asking(signer, keep)));
    return box;
  };

  const signed = (box, visit, signer, mark) => {
    const told = mark.is_refused ? `拒绝签名：${mark.refusal_reason}` : mark.picture ? `${mark.name} 已签名` : `${mark.name}（未手写：${mark.typed_reason}）`;
    const again = () => {
      visit.signatures = visit.signatures.filter((old) => old !== mark);
      box.replaceWith(signBox(visit, signer));
    };
    return [mark.picture ? h("img", { class: "mark", src: mark.picture, alt: `${mark.name}的签名` }) : null, h("p", {}, told), h("button", { class: "btn small", type: "button", onclick: again }, "重新签名")].filter(Boolean);
  };

  const asking = (signer, keep) => {
    const isSite = signer.party === "site";
    const name = h("input", { value: signer.name, oninput: (event) => (signer.name = event.target.value) });
    const canvas = h("canvas", { width: "660", height: "240", role: "img", "aria-label": `${isSite ? "现场负责人" : signer.name}手写签名区` });
    const pad = new window.SignaturePad(canvas, { penColor: "#111" });
    requestAnimationFrame(() => {
      const width = canvas.getBoundingClientRect().width;
      if (width) canvas.getContext("2d").scale(canvas.width / width, canvas.width / width);
    });
    const reason = h("input", {});
    const refusal = h("input", {});
    const take = () => {
      if (!signer.name.trim()) return QH.flash("请填写签名人姓名。");
      if (pad.isEmpty() && !reason.value.trim()) return QH.flash("请在框内签名，或填写未手写的原因。");
      return keep({ name: signer.name.trim(), picture: pad.isEmpty() ? "" : pad.toDataURL("image/png"), typed_reason: pad.isEmpty() ? reason.value.trim() : "" });
    };
    const refuse = () => (refusal.value.trim() ? keep({ is_refused: true, refusal_reason: refusal.value.trim() }) : QH.flash("请记录拒签情况。"));
    const buttons = h("p", { class: "buttons" }, h("button", { class: "btn primary", type: "button", onclick: take }, "确认签名"), h("button", { class: "btn", type: "button", onclick: () => pad.clear() }, "清除"));
    const typed = h("details", {}, h("summary", {}, "不能手写"), field("未手写的原因", reason, "填写后按“确认签名”。"));
    const refused = isSite ? h("details", {}, h("summary", {}, "拒绝签名"), field("拒签情况", refusal), h("button", { class: "btn", type: "button", onclick: refuse }, "记录拒签")) : null;
    return [isSite ? field("姓名", name) : null, canvas, buttons, typed, refused].filter(Boolean);
  };

  const finish = async (uid) => {
    const visit = await QH.visit.load(uid);
    const faults = QH.rules.faultsOf(visit, await QH.store.photosOf(uid));
    const problem = faults[0] || QH.rules.signatureFault(visit);
    if (problem) {
      QH.flash(problem);
      return show(uid);
    }
    await QH.store.edit(uid, (kept) => Object.assign(kept, { status: "open", finishedAt: new Date().toISOString(), error: "" }));
    QH.sync.sync();
    location.hash = "#/queue";
    return null;
  };

  QH.sign = { show };
})();
