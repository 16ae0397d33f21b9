// When things are sent: one request at a time, in order, under a lock shared by the tabs, again and again until all is there.
(() => {
  "use strict";

  const { QH } = window;
  const FIRST_WAIT = 3000;
  const LAST_WAIT = 60000;
  let wait = FIRST_WAIT;
  let timer = 0;
  let running = null;
  let state = { text: "", signIn: false };

  const noteVisit = (uid, error) =>
    QH.store.change(uid, (visit) => {
      visit.error = error.message;
      visit.ended = error.code === "ended" || error.status === 404;
      if (error.status === 422 && visit.finishedAt) visit.finishedAt = "";
    });

  const noteCheck = (uid, error) =>
    QH.store.changeCheck(uid, (check) => Object.assign(check, { error: error.message, isFiled: error.code === "filed", status: error.code === "filed" ? "signed" : "open" }));

  // A refusal is written on what was refused and shown there; anything else ends the round.
  const attemptOne = async (send, note) => {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof QH.net.Refusal)) throw error;
      await note(error);
    }
  };

  const round = async () => {
    for (const { uid, ended, holdUntil } of (await QH.store.pending()).sort((a, b) => a.at - b.at)) {
      // A visit just begun waits a moment for the place of the phone, which goes with its beginning.
      if (ended || holdUntil > Date.now()) continue;
      const send = () => QH.sending.visit(uid).then(() => QH.store.change(uid, (found) => (found.error = "")));
      await attemptOne(send, (error) => noteVisit(uid, error));
    }
    for (const { uid, status, isFiled, asHazards } of await QH.store.pendingChecks()) {
      if (status !== "signed" || (isFiled && !asHazards)) continue;
      await attemptOne(() => QH.sending.check(uid), (error) => noteCheck(uid, error));
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
