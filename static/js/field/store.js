// What the phone keeps, one database per account: the pack of the day, visits, self-checks, photos. Everything is written the moment it
// happens, so a tab that is killed loses nothing. Sent visits go after three days, their photos at once.
(() => {
  "use strict";

  const QH = (window.QH = {});
  const ACCOUNT = "qh-field-account";
  const UNSENT = "qh-field-unsent";
  const CLOCK = "qh-field-clock-off";
  const KEEP_SENT = 3 * 86400e3;
  const MOST_PHOTOS = 100; // per visit, as on the server
  const MOST_OPEN = 100;
  const MOST_BYTES = 600 * 1024 * 1024;
  let db = null;

  const open = (account) => {
    if (db && db.account === account.id) return db;
    db = new window.Dexie(`qinghuan-field-${account.id}`);
    db.version(1).stores({ packs: "key", visits: "uid, status", photos: "id, visit" });
    db.version(2).stores({ checks: "uid, key, status" });
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

  // What day it is by the server's clock: a phone whose own is wrong still offers today's checks.
  const now = () => Date.now() + Number(localStorage.getItem(CLOCK) || 0);

  const savePack = async (pack) => {
    open(pack.account);
    localStorage.setItem(CLOCK, String(Date.parse(pack.now) - Date.now()));
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

  // Change a record as one step: screen and sending never overwrite one another.
  const changeIn = (table, uid, act) =>
    db.transaction("rw", table, async () => {
      const found = await table.get(uid);
      if (!found) return null;
      act(found);
      await table.put(found);
      return found;
    });

  const change = (uid, act) => changeIn(db.visits, uid, act);
  const changeCheck = (uid, act) => changeIn(db.checks, uid, act);

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

  // A self-check that was only looked at is nothing to send.
  const pendingChecks = async () => (await db.checks.toArray()).filter((check) => check.status === "signed" || (check.status === "open" && Object.keys(check.answers).length));

  const count = async () => {
    const waiting = (await pending()).length + (await pendingChecks()).length;
    localStorage.setItem(`${UNSENT}-${db.account}`, String(waiting)); // asked about at sign-out, whoever signs out
    return waiting;
  };

  const addPhoto = async (uid, row, stage, blob, place) => {
    const held = await db.photos.where("visit").equals(uid).count();
    if (held >= MOST_PHOTOS) throw new Error(`一次检查最多${MOST_PHOTOS}张照片，这张没有保存。`);
    const used = (await navigator.storage?.estimate?.())?.usage || 0;
    if (used > MOST_BYTES) throw new Error("手机上未发送的内容太多，这张没有保存，请先联网发送。");
    const photo = { id: crypto.randomUUID(), visit: uid, row, stage, blob, size: blob.size, sha: "", tried: 0, sent: 0, at: new Date().toISOString(), ...place };
    await db.photos.add(photo);
    return photo;
  };

  const photosOf = (uid) => db.photos.where("visit").equals(uid).sortBy("at");

  const tidy = async () => {
    const old = (await db.visits.where("status").equals("sent").toArray()).filter((visit) => visit.at < Date.now() - KEEP_SENT);
    for (const visit of old) await forget(visit.uid);
    // Self-checks: three days after they arrived; what was only looked at, when its time is over.
    const past = (check) => (check.status === "sent" ? check.at < Date.now() - KEEP_SENT : !Object.keys(check.answers).length && Date.parse(check.due) < now());
    for (const check of (await db.checks.where("status").anyOf("sent", "open").toArray()).filter(past)) await forget(check.uid);
  };

  const forget = (uid) =>
    db.transaction("rw", db.visits, db.checks, db.photos, async () => {
      await db.visits.delete(uid);
      await db.checks.delete(uid);
      await db.photos.where("visit").equals(uid).delete();
    });

  const room = async () => (await pending()).length < MOST_OPEN;

  Object.assign(QH, { account, now, keyOf, fromServer, MOST_PHOTOS });
  QH.store = { open, resume, savePack, pack, change, changeCheck, edit, pending, pendingChecks, count, addPhoto, photosOf, tidy, forget, room, db: () => db, isSettled };
})();
