// The frame: which screen the address names, the pack of the day, the service worker.
(() => {
  "use strict";

  const { QH } = window;
  const { h } = QH;
  QH.base = document.body.dataset.base;

  const badge = async () => {
    const waiting = QH.store.db() ? await QH.store.count() : 0;
    const isFirm = QH.store.db() && (await QH.store.pack())?.account.carries === false;
    document.getElementById("back").textContent = isFirm ? "我的自查" : "我的检查";
    document.getElementById("queue-link").textContent = waiting ? `待发送 ${waiting}` : "全部已发送";
  };

  const route = async () => {
    if (!QH.store.db()) return;
    const [, name, argument] = location.hash.split("/");
    const asked = new URLSearchParams(location.search).get("unit");
    if (asked && !name) {
      history.replaceState(null, "", QH.base);
      await QH.start.choose(asked);
    } else if (name === "start") await QH.start.choose(argument || "");
    else if (name === "scan") await QH.scan.show();
    else if (name === "map") await QH.map.show();
    else if (name === "check") await QH.checks.show(argument);
    else if (name === "visit") await QH.visit.show(argument);
    else if (name === "sign") await QH.sign.show(argument);
    else if (name === "queue") await QH.queue.show();
    else await QH.start.home();
    document.body.dataset.ready = name || "home";
    await badge();
  };

  const refresh = async () => {
    const pack = await QH.net.call("pack/");
    const before = QH.account();
    await QH.store.savePack(pack);
    QH.criteria.refresh(pack.criteria).catch(() => {}); // fetched again the next time
    return !before || before.id !== pack.account.id;
  };

  const signIn = () =>
    QH.screen("现场检查", h("p", {}, "请先登录一次，下载离线资料。"), h("a", { class: "btn primary wide", href: `${document.body.dataset.signIn}?next=${encodeURIComponent(QH.base + location.search)}` }, "登录"));

  const start = async () => {
    if (!window.isSecureContext) return QH.screen("现场检查", h("p", { class: "error" }, "离线使用需要通过 HTTPS 访问，请联系系统管理员。"), h("a", { class: "btn wide", href: `${document.body.dataset.begin}${location.search}` }, "在网页上新建检查"));
    navigator.serviceWorker?.register(`${QH.base}sw.js`, { scope: QH.base }).catch(() => {}); // without a signal the kept one serves
    navigator.serviceWorker?.ready.then(() => (document.body.dataset.offline = "ready"));
    const known = QH.store.resume();
    if (known && (await QH.store.pack())) await route();
    try {
      const changed = await refresh();
      const isHome = !location.hash || location.hash === "#/";
      if (changed || isHome || !known) await route();
      await QH.store.tidy();
    } catch (error) {
      if (error instanceof QH.net.Refusal) QH.screen("现场检查", h("p", { class: "error" }, error.message));
      else if (!known || !(await QH.store.pack())) signIn();
    }
    await QH.sync.sync();
  };

  window.addEventListener("hashchange", () => {
    route().then(() => {
      document.getElementById("screen").focus();
      window.scrollTo(0, 0);
    });
  });
  document.addEventListener("qh-sync", async () => {
    await badge();
    if (location.hash === "#/queue") await QH.queue.show();
  });
  start();
})();
