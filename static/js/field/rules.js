// What the server will ask of a concluded visit, asked here first, because it may be a day until there is a signal.
(() => {
  "use strict";

  const { QH } = window;
  const LEVELS = { general: "一般", key: "重点", major: "重大" };
  const NEEDED = 2;

  const answered = (visit) => rowsOf(visit).filter((row) => row.outcome).length;

  const rowsOf = (visit) => Object.values(visit.rows).sort((a, b) => (a.n || 999) - (b.n || 999));

  const levelOf = (row) => row.level || row.suggested || "general";

  const faultOf = (row, photos, visit) => {
    const name = row.n ? `第${row.n}项` : `“${row.text.slice(0, 20)}”`;
    if (!row.outcome) return `${name}没有结果。`;
    if (row.outcome !== "bad") return "";
    if (!(row.note || "").trim()) return `${name}不合格，请写明情况。`;
    if (visit.mode === "recheck") return row.due_on ? "" : `${name}复查不合格，请给出新的整改期限。`;
    const stages = new Set(photos.filter((photo) => photo.row === QH.keyOf(row)).map((photo) => photo.stage));
    if (row.is_fixed_on_spot && !(stages.has("before") && stages.has("after"))) return `${name}当场整改，须有整改前和整改后照片。`;
    if (row.photo && !stages.has("before") && !(row.no_photo_reason || "").trim()) return `${name}须拍照；确实无法拍照的，请写明原因。`;
    if (row.is_fixed_on_spot && levelOf(row) !== "general") return `${name}为${LEVELS[levelOf(row)]}隐患，不能当场整改销号。`;
    if (levelOf(row) === "major" && !row.cited && !row.chosen && !(row.level_reason || "").trim()) return `${name}认定为重大隐患，请选择判定依据，或写明定级理由。`;
    return "";
  };

  const faultsOf = (visit, photos) => rowsOf(visit).map((row) => faultOf(row, photos, visit)).filter(Boolean);

  const signatureFault = (visit) => {
    const signed = new Set(visit.signatures.filter((mark) => mark.party === "inspector" && !mark.is_refused).map((mark) => mark.user));
    const needed = visit.kind === "administrative" ? NEEDED : 1;
    if (signed.size < needed) return `检查人员签名不足：须${needed}人，已签${signed.size}人。`;
    return visit.signatures.some((mark) => mark.party === "site") ? "" : "请现场负责人签名；拒绝签名的，记录拒签情况。";
  };

  const teamFault = (kind, people, today) => {
    if (kind !== "administrative") return "";
    const valid = people.filter((person) => person.certificate && person.from <= today && person.until >= today);
    if (valid.length >= NEEDED) return "";
    const expired = people.filter((person) => person.certificate && person.until < today);
    const told = expired.map((person) => `${person.name}的执法证（${person.certificate}）已于${person.until}到期。`).join("");
    return `行政检查须有两名持有效执法证的执法人员，当前只有${valid.length}名。${told}可改为巡查（服务指导），或更换人员。`;
  };

  QH.rules = { LEVELS, answered, rowsOf, levelOf, faultOf, faultsOf, signatureFault, teamFault };
})();
