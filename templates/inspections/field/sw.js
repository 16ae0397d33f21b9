// Keeps the shell of 现场检查 on the phone. Data never passes through here: the app keeps it itself.
"use strict";

const CACHE = "qinghuan-field-{{ version }}";
const SHELL = "{{ shell }}";
const ASSETS = [{% for asset in assets %}"{{ asset }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

const fetchWhole = async (address) => {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
};

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await Promise.all([SHELL, ...ASSETS].map(async (address) => cache.put(address, await fetchWhole(address))));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("qinghuan-field-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  const isShell = event.request.mode === "navigate" && address.pathname === SHELL;
  if (!isShell && !ASSETS.includes(address.pathname)) return;
  const wanted = isShell ? SHELL : address.pathname;
  event.respondWith(caches.match(wanted).then((kept) => kept || fetch(event.request)));
});
