// Requests to the server: who is signed out, who is offline, and what was refused are three different things.
(() => {
  "use strict";

  const { QH } = window;
  const PATIENCE = 30000; // ms: a request without an answer counts as cut off and is sent again

  class Offline extends Error {}
  class SignedOut extends Error {}
  class Refusal extends Error {
    constructor(status, body) {
      super(body.message || "服务器没有接受。");
      Object.assign(this, { status, code: body.code, fields: body.fields || {}, current: body.current, received: body.received });
    }
  }

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.split("=")[1] || "";

  const call = async (path, { json, bytes, timeout = PATIENCE } = {}) => {
    const options = { method: json || bytes ? "POST" : "GET", redirect: "manual", signal: AbortSignal.timeout(timeout), headers: { Accept: "application/json" } };
    if (json) Object.assign(options, { body: JSON.stringify(json) });
    if (json) options.headers["Content-Type"] = "application/json";
    if (bytes) Object.assign(options, { body: bytes });
    if (bytes) options.headers["Content-Type"] = "application/octet-stream";
    if (options.method === "POST") options.headers["X-CSRFToken"] = cookie("csrftoken");
    let answer;
    try {
      answer = await fetch(`${QH.base}${path}`, options);
    } catch (error) {
      throw new Offline(String(error));
    }
    return read(answer);
  };

  const read = async (answer) => {
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (!isJson && answer.status === 403) throw new SignedOut();
    if (answer.status >= 500 || answer.status === 429 || !isJson) throw new Offline(`HTTP ${answer.status}`);
    let body;
    try {
      body = await answer.json();
    } catch (error) {
      throw new Offline(String(error));
    }
    if (!answer.ok) throw new Refusal(answer.status, body);
    return body;
  };

  QH.net = { call, Offline, SignedOut, Refusal };
})();
