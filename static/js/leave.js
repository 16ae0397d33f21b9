// 退出登录: visits not sent yet are asked about, then everything kept offline is wiped before the session ends.
(() => {
  "use strict";

  const wipe = async () => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith("qh-field-"))) localStorage.removeItem(key);
    const named = (await indexedDB.databases?.()) || [];
    const gone = named.filter(({ name }) => name.startsWith("qinghuan-field-")).map(
      ({ name }) => new Promise((done) => Object.assign(indexedDB.deleteDatabase(name), { onsuccess: done, onerror: done, onblocked: done })),
    );
    const caches_ = "caches" in window ? await caches.keys() : [];
    await Promise.all([...gone, ...caches_.map((name) => caches.delete(name))]);
    const workers = (await navigator.serviceWorker?.getRegistrations?.()) || [];
    await Promise.all(workers.map((worker) => worker.unregister()));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-forget-drafts]") || form.dataset.wiped) return;
    const counts = Object.entries(localStorage).filter(([name]) => name.startsWith("qh-field-unsent"));
    const unsent = counts.reduce((sum, [, count]) => sum + Number(count), 0);
    event.preventDefault();
    if (unsent && !window.confirm(`本机还有${unsent}次检查没有发送完，退出登录会全部删除。确定退出？`)) return;
    form.dataset.wiped = "1";
    wipe().catch(() => {}).finally(() => form.submit());
  });
})();
