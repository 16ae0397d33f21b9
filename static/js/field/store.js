// What the phone keeps, one database per account: the pack of the day, visits, photos. Everything is written the moment it
// happens, so a tab that is killed loses nothing. Sent visits go after three days, their photos at once.
(() => {
  "use strict";

  const QH = (window.QH = {});
  const ACCOUNT = "qh-field-account";
  const UNSENT = "qh-field-unsent";
  const KEEP_SENT = 3 * 86400e3;
  const MOST_PHOTOS = 100; // per visit, as on the server
  const MOST_OPEN = 100;
  const MOST_BYTES = 600 * 1024 * 1024;
  let db = null;

  const open = (account) => {
    if (db && db.account === account.id) return db;
    db = new window.Dexie(`qinghuan-field-${account.id}`);
    db.version(1).stores({ packs: "key", visits: "uid, status", photos: "id, visit" });
    db.account = account.id;
    localStorage.setItem(ACCOUNT, JSON.stringify(account));
    return db;
  };

  const account = () => {
    try {
      return JSON.parse(localStorage.getItem(ACCOUNT) || "null");
    } catch {
      return null;
    }
  };

  const resume = () => (account() ? open(account()) : null);

  const savePack = async (pack) => {
    open(pack.account);
    await db.packs.put({ key: "pack", at: Date.now(), ...pack });
    await adopt(pack.visits);
    navigator.storage?.persist?.();
  };

  const pack = () => db.packs.get("pack");

  // A planned or running visit of the pack joins those on the phone; what was answered here is not touched.
  const adopt = async (visits) => {
    for (const found of visits) {
      if (await db.visits.get(found.uid)) continue;
      await db.visits.add({
        uid: found.uid, status: "planned", unit: found.unit, kind: found.kind, mode: found.mode, modeLabel: found.modeLabel,
        planned: found.planned, checklist: found.checklist, team: found.team, begun: found.state === "running",
        head: { place: found.place, contact: found.contact, contact_title: found.contact_title, contact_phone: found.contact_phone },
        rows: Object.fromEntries(found.rows.map((row) => [keyOf(row), fromServer(row)])), signatures: [], summary: "", at: Date.now(),
      });
    }
    const named = new Set(visits.map((visit) => visit.uid));
    const gone = await db.visits.where("status").equals("planned").toArray();
    await db.visits.bulkDelete(gone.filter((visit) => !named.has(visit.uid)).map((visit) => visit.uid));
  };

  const keyOf = (row) => (row.item ? `i${row.item}` : `u${row.uid}`);
  // `seq` counts what was done here, `sent` what of it the server has; `base` is the revision the server had.
  const fromServer = (row) => ({ ...row, base: row.revision, seq: 0, sent: 0, conflict: null });

  // Change a visit as one step: screen and sending never overwrite one another.
  const change = (uid, act) =>
    db.transaction("rw", db.visits, async () => {
      const visit = await db.visits.get(uid);
      if (!visit) return null;
      act(visit);
      await db.visits.put(visit);
      return visit;
    });

  const edit = (uid, act) =>
    change(uid, (visit) => {
      if (visit.status === "sent") return;
      act(visit);
      visit.at = Date.now();
    }).then(async (visit) => {
      await count();
      return visit;
    });

  const isSettled = (visit) => visit.status === "sent" || visit.status === "planned";

  const pending = async () => (await db.visits.toArray()).filter((visit) => !isSettled(visit));

  const count = async () => {
    const waiting = (await pending()).length;
    localStorage.setItem(UNSENT, String(waiting));
    return waiting;
  };

  const addPhoto = async (uid, row, stage, blob, place) => {
    const held = await db.photos.where("visit").equals(uid).count();
    if (held >= MOST_PHOTOS) throw new Error(`一次检查最多${MOST_PHOTOS}张照片。`);
    const used = (await navigator.storage?.estimate?.())?.usage || 0;
    if (used > MOST_BYTES) throw new Error("手机上未发送的内容太多，请先联网发送。");
    const photo = { id: crypto.randomUUID(), visit: uid, row, stage, blob, size: blob.size, sha: "", sent: 0, at: new Date().toISOString(), ...place };
    await db.photos.add(photo);
    return photo;
  };

  const photosOf = (uid) => db.photos.where("visit").equals(uid).sortBy("at");

  const tidy = async () => {
    const old = (await db.visits.where("status").equals("sent").toArray()).filter((visit) => visit.at < Date.now() - KEEP_SENT);
    for (const visit of old) await forget(visit.uid);
  };

  const forget = (uid) =>
    db.transaction("rw", db.visits, db.photos, async () => {
      await db.visits.delete(uid);
      await db.photos.where("visit").equals(uid).delete();
    });

  const room = async () => (await pending()).length < MOST_OPEN;

  Object.assign(QH, { account, keyOf, fromServer, MOST_PHOTOS });
  QH.store = { open, resume, savePack, pack, change, edit, pending, count, addPhoto, photosOf, tidy, forget, room, db: () => db, isSettled };
})();
