// Sending one thing: every request carries ids made here and may be cut off and sent again without counting twice.
(() => {
  "use strict";

  const { QH } = window;
  const PIECE = 256 * 1024; // bytes of a photo per request: what a weak signal carries between two cuts
  const ROWS = 100; // results per request: a whole checklist, so that a slow line is asked once
  const CONTENT = ["outcome", "note", "level", "level_reason", "is_fixed_on_spot", "due_on", "no_photo_reason"];

  const begin = async (visit) => {
    if (visit.headSent === visit.headSeq && visit.begun) return;
    const seq = visit.headSeq;
    const answer = await QH.net.call(`visits/${visit.uid}/`, {
      json: {
        unit: visit.unit.id, kind: visit.kind, mode: visit.mode, checklist: visit.checklist, campaign: visit.campaign, team: visit.team, ...visit.head,
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

  const contentOf = (row) => ({
    uid: row.uid, item: row.item, text: row.text, base: row.base || 0, client_at: row.at, criterion: row.chosen || null,
    ...Object.fromEntries(CONTENT.map((name) => [name, row[name]])),
  });

  const settle = (own, seq, answer) => {
    if (answer.code === "conflict") own.conflict = answer.current;
    else if (!answer.code) Object.assign(own, { base: answer.revision, sent: seq, conflict: null });
  };

  const sendRows = async (visit) => {
    const due = Object.entries(visit.rows).filter(([, row]) => row.seq !== row.sent && !row.conflict);
    for (let from = 0; from < due.length; from += ROWS) {
      const part = due.slice(from, from + ROWS);
      const { rows } = await QH.net.call(`visits/${visit.uid}/results/`, { json: { rows: part.map(([, row]) => contentOf(row)) } });
      await QH.store.change(visit.uid, (found) => part.forEach(([key, row], n) => settle(found.rows[key], row.seq, rows[n])));
      const refused = rows.find((answer) => answer.code && answer.code !== "conflict");
      if (refused) throw new QH.net.Refusal(422, refused);
    }
  };

  const hash = async (blob) => {
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // A photo never sent before goes at once; one that was cut off is asked about first and goes on where it was cut.
  const sendPhoto = async (address, query, photo) => {
    const sha = photo.sha || (await hash(photo.blob));
    await QH.store.db().photos.update(photo.id, { sha, tried: 1 });
    query.set("total", photo.blob.size);
    query.set("client_at", photo.at);
    const path = `${address}photos/${sha}/?${query}`;
    let answer = photo.tried ? await QH.net.call(path) : { done: false, received: 0 };
    while (!answer.done) answer = await sendPiece(path, photo.blob, answer.received || 0);
    await QH.store.db().photos.update(photo.id, { sent: 1 });
    return sha;
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

  const sendEvidence = (visit, photo) => {
    const row = visit.rows[photo.row];
    const query = new URLSearchParams({ stage: photo.stage });
    query.set(row.item ? "item" : "result", row.item || row.uid);
    if (photo.lat !== undefined) query.set("lat", photo.lat);
    if (photo.lon !== undefined) query.set("lon", photo.lon);
    return sendPhoto(`visits/${visit.uid}/`, query, photo);
  };

  const sendMark = async (visit, mark) => {
    await QH.net.call(`visits/${visit.uid}/signatures/`, { json: { ...mark, sent: undefined } });
    await QH.store.change(visit.uid, (found) => {
      for (const own of found.signatures) if (own.uid === mark.uid) own.sent = true;
    });
  };

  // One visit as far as it goes. What is refused is written on it and shown; the next visit goes on.
  const visit = async (uid) => {
    const fresh = () => QH.store.db().visits.get(uid);
    await begin(await fresh());
    await sendRows(await fresh());
    const found = await fresh();
    for (const photo of await QH.store.photosOf(uid)) if (!photo.sent) await sendEvidence(found, photo);
    for (const mark of found.signatures) if (!mark.sent) await sendMark(found, mark);
    await conclude(await fresh());
  };

  const isAllSent = (found) =>
    Object.values(found.rows).every((row) => row.seq === row.sent && !row.conflict) && found.signatures.every((mark) => mark.sent);

  const conclude = async (found) => {
    const waiting = (await QH.store.photosOf(found.uid)).some((photo) => !photo.sent);
    if (!found.finishedAt || waiting || !isAllSent(found)) return;
    const answer = await QH.net.call(`visits/${found.uid}/finish/`, { json: { summary: found.summary, client_at: found.finishedAt } });
    await QH.store.db().photos.where("visit").equals(found.uid).delete();
    await QH.store.change(found.uid, (kept) => Object.assign(kept, { status: "sent", error: "", url: answer.url, bad: answer.bad, at: Date.now() }));
  };

  // One signed self-check: its photos first, then the sheet, which stands whole or not at all.
  const check = async (uid) => {
    const found = await QH.store.db().checks.get(uid);
    const clock = { client_now: new Date().toISOString() };
    const shas = {};
    for (const photo of await QH.store.photosOf(uid)) {
      const sha = photo.sent ? photo.sha : await sendPhoto(`checks/${uid}/`, new URLSearchParams(clock), photo);
      (shas[photo.row] ||= []).push(sha);
    }
    const answers = Object.entries(found.answers).filter(([, answer]) => answer.outcome !== "ok").map(([item, answer]) => ({ item, ...answer, photos: shas[item] || [] }));
    const answer = await QH.net.call(`checks/${uid}/`, {
      json: {
        cadence: found.cadence, on: found.first, version: found.checklist, answers, all_clear: found.allClear, note: found.note,
        as_hazards: found.asHazards, opened_at: found.openedAt, client_at: found.signedAt, ...clock,
      },
    });
    await QH.store.db().photos.where("visit").equals(uid).delete();
    await QH.store.changeCheck(uid, (kept) => Object.assign(kept, { status: "sent", error: "", url: answer.url, bad: answer.bad, at: Date.now() }));
  };

  QH.sending = { visit, check };
})();
