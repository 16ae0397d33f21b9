// Sending: every request carries ids made here and may be cut off and sent again; one request at a time, in order.
(() => {
  "use strict";

  const { QH } = window;
  const PIECE = 256 * 1024; // bytes of a photo per request: what a weak signal carries between two cuts
  const FIRST_WAIT = 3000;
  const LAST_WAIT = 60000;
  let wait = FIRST_WAIT;
  let timer = 0;
  let running = null;
  let state = { text: "", signIn: false };

  const CONTENT = ["outcome", "note", "level", "level_reason", "is_fixed_on_spot", "due_on", "no_photo_reason"];

  const begin = async (visit) => {
    if (visit.headSent === visit.headSeq && visit.begun) return;
    const seq = visit.headSeq;
    const answer = await QH.net.call(`visits/${visit.uid}/`, {
      json: {
        unit: visit.unit.id, kind: visit.kind, mode: visit.mode, checklist: visit.checklist, team: visit.team, ...visit.head,
        client_at: visit.startedAt, client_now: new Date().toISOString(), latitude: visit.latitude, longitude: visit.longitude,
      },
    });
    await QH.store.change(visit.uid, (kept) => {
      kept.begun = true;
      kept.headSent = seq;
      kept.url = answer.url;
      kept.skewed = answer.skewed;
      for (const row of answer.rows) {
        const own = kept.rows[QH.keyOf(row)];
        if (!own) kept.rows[QH.keyOf(row)] = QH.fromServer(row);
        else if (own.seq === 0) Object.assign(own, row, { base: row.revision });
        else if (own.base === undefined) own.base = 0;
      }
    });
  };

  const sendRow = async (visit, key) => {
    const row = visit.rows[key];
    const { seq } = row;
    const content = Object.fromEntries(CONTENT.map((name) => [name, row[name]]));
    let kept;
    try {
      kept = await QH.net.call(`visits/${visit.uid}/results/`, {
        json: { uid: row.uid, item: row.item, text: row.text, base: row.base || 0, client_at: row.at, ...content },
      });
    } catch (error) {
      if (error.code !== "conflict") throw error;
      await QH.store.change(visit.uid, (found) => Object.assign(found.rows[key], { conflict: error.current }));
      return;
    }
    await QH.store.change(visit.uid, (found) => Object.assign(found.rows[key], { base: kept.revision, sent: seq, conflict: null }));
  };

  const hash = async (blob) => {
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const sendPhoto = async (visit, photo) => {
    const sha = photo.sha || (await hash(photo.blob));
    await QH.store.db().photos.update(photo.id, { sha });
    const row = visit.rows[photo.row];
    const query = new URLSearchParams({ stage: photo.stage, total: photo.blob.size, client_at: photo.at });
    query.set(row.item ? "item" : "result", row.item || row.uid);
    if (photo.lat !== undefined) query.set("lat", photo.lat);
    if (photo.lon !== undefined) query.set("lon", photo.lon);
    const path = `visits/${visit.uid}/photos/${sha}/?${query}`;
    let answer = await QH.net.call(path);
    while (!answer.done) answer = await sendPiece(path, photo.blob, answer.received || 0);
    await QH.store.db().photos.update(photo.id, { sent: 1 });
  };

  const sendPiece = async (path, blob, offset) => {
    const piece = await blob.slice(offset, offset + PIECE).arrayBuffer();
    try {
      return await QH.net.call(`${path}&offset=${offset}`, { bytes: piece });
    } catch (error) {
      if (error.status === 409 && error.received !== undefined) return { done: false, received: error.received };
      throw error;
    }
  };

  const sendMark = async (visit, mark) => {
    await QH.net.call(`visits/${visit.uid}/signatures/`, { json: { ...mark, sent: undefined } });
    await QH.store.change(visit.uid, (found) => {
      for (const own of found.signatures) if (own.uid === mark.uid) own.sent = true;
    });
  };

  // One visit as far as it goes. What is refused is written on it and shown; the next visit goes on.
  const sendVisit = async (uid) => {
    const fresh = () => QH.store.db().visits.get(uid);
    await begin(await fresh());
    let visit = await fresh();
    for (const key of Object.keys(visit.rows)) {
      const row = visit.rows[key];
      if (row.seq !== row.sent && !row.conflict) await sendRow(visit, key);
    }
    visit = await fresh();
    for (const photo of await QH.store.photosOf(uid)) if (!photo.sent) await sendPhoto(visit, photo);
    for (const mark of visit.signatures) if (!mark.sent) await sendMark(visit, mark);
    await conclude(await fresh());
  };

  const isAllSent = (visit) =>
    Object.values(visit.rows).every((row) => row.seq === row.sent && !row.conflict) && visit.signatures.every((mark) => mark.sent);

  const conclude = async (visit) => {
    const waiting = (await QH.store.photosOf(visit.uid)).some((photo) => !photo.sent);
    if (!visit.finishedAt || waiting || !isAllSent(visit)) return;
    const answer = await QH.net.call(`visits/${visit.uid}/finish/`, { json: { summary: visit.summary, client_at: visit.finishedAt } });
    await QH.store.db().photos.where("visit").equals(visit.uid).delete();
    await QH.store.change(visit.uid, (found) => Object.assign(found, { status: "sent", error: "", url: answer.url, bad: answer.bad, at: Date.now() }));
  };

  const note = (uid, error) =>
    QH.store.change(uid, (visit) => {
      visit.error = error.message;
      visit.ended = error.code === "ended" || error.status === 404;
      if (error.status === 422 && visit.finishedAt) visit.finishedAt = "";
    });

  const round = async () => {
    for (const visit of (await QH.store.pending()).sort((a, b) => a.at - b.at)) {
      // A visit just begun waits a moment for the place of the phone, which goes with its beginning.
      if (visit.ended || visit.holdUntil > Date.now()) continue;
      try {
        await sendVisit(visit.uid);
        await QH.store.change(visit.uid, (found) => (found.error = ""));
      } catch (error) {
        if (!(error instanceof QH.net.Refusal)) throw error;
        await note(visit.uid, error);
      }
    }
  };

  const attempt = async () => {
    state = { text: "正在发送…", signIn: false };
    tell();
    try {
      await round();
      wait = FIRST_WAIT;
      state = { text: "", signIn: false };
    } catch (error) {
      const signIn = error instanceof QH.net.SignedOut;
      if (!signIn && !(error instanceof QH.net.Offline)) throw error;
      state = { text: signIn ? "登录已过期，请重新登录后继续发送。" : "没有网络，联网后自动继续发送。", signIn };
      later();
    } finally {
      await QH.store.count();
      tell();
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(sync, wait);
    wait = Math.min(wait * 2, LAST_WAIT);
  };

  // Only one tab sends at a time; a call while sending is answered by one more round after it.
  const sync = () => {
    if (!QH.store.db()) return Promise.resolve();
    const locked = () => (navigator.locks ? navigator.locks.request("qinghuan-field-sync", attempt) : attempt());
    running = (running || Promise.resolve()).then(locked, locked);
    return running;
  };

  let soonTimer = 0;
  const soon = () => {
    clearTimeout(soonTimer);
    soonTimer = setTimeout(sync, 800);
  };

  const tell = () => document.dispatchEvent(new CustomEvent("qh-sync"));

  window.addEventListener("online", () => {
    wait = FIRST_WAIT;
    sync();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") sync();
  });

  QH.sync = { sync, soon, state: () => state };
})();
