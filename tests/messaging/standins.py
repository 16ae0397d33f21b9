"""Local servers that speak the protocols of the outside channels, as their documentation describes them."""

from __future__ import annotations

import base64
import hmac
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET, KEY, TOKEN = "SEC-of-the-robot", "key-of-the-robot", "Bearer of-the-gateway"
A_MINUTE = 20  # messages 企业微信 takes from one robot


class Service:
    """What a stand-in was sent, and how it shall misbehave: `status`, `headers`, or `silent` (accepts and says nothing)."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.status, self.headers, self.body = 200, {}, ""
        self.released = threading.Event()
        self.silent = False
        self.url = ""


def wecom(service: Service, query: dict[str, str], headers: Any, body: bytes) -> str:
    """企业微信: the key, msgtype and the limit per minute."""
    if query.get("key") != KEY:
        return '{"errcode":93000,"errmsg":"invalid webhook url"}'
    message = json.loads(body)
    if message["msgtype"] != "text" or not message["text"]["content"]:
        return '{"errcode":44004,"errmsg":"content size out of limit"}'
    if len(service.sent) >= A_MINUTE:
        return '{"errcode":45009,"errmsg":"api freq out of limit"}'
    service.sent.append(message)
    return '{"errcode":0,"errmsg":"ok"}'


def dingtalk(service: Service, query: dict[str, str], headers: Any, body: bytes) -> str:
    """钉钉: the signature over time and secret, no older than an hour."""
    stamp = query.get("timestamp", "")
    fresh = stamp.isdigit() and abs(time.time() * 1000 - int(stamp)) < 3_600_000
    right = base64.b64encode(hmac.digest(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), "sha256")).decode()
    if not fresh or query.get("sign") != right:
        return '{"errcode":310000,"errmsg":"sign not match"}'
    message = json.loads(body)
    if f"@{message['at']['atMobiles'][0]}" not in message["text"]["content"]:
        return '{"errcode":400000,"errmsg":"at without text"}'
    service.sent.append(message)
    return '{"errcode":0,"errmsg":"ok"}'


def sms(service: Service, query: dict[str, str], headers: Any, body: bytes) -> str:
    """An SMS provider: bearer token, JSON, code 0 on success."""
    if headers.get("Authorization") != TOKEN:
        return '{"code": 401, "message": "unauthorized"}'
    message = json.loads(body)
    if len(message["phone"]) != 11:
        return '{"code": 1003, "message": "bad number"}'
    service.sent.append(message)
    return '{"code": 0, "message": "ok"}'


@contextmanager
def http(speak: Any, path: str) -> Iterator[Service]:
    """A server that answers posts with `speak`."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if service.silent:
                service.released.wait(30)
                return
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            answer = service.body or speak(service, query, self.headers, body)
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *args: Any) -> None:
            pass

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        service.url = f"http://127.0.0.1:{port}{path}"
        yield service
        service.released.set()


@contextmanager
def smtp() -> Iterator[tuple[Service, int]]:
    """A mail server: 250 for a known address, 550 for `unknown@`, 451 (try later) while `status` is 451."""
    service = Service()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 standin ESMTP")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ")[0].upper()
                if verb == "DATA":
                    self.take()
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                elif verb == "RCPT" and "unknown@" in line:
                    self.say("550 no such user")
                elif verb == "MAIL" and service.status == 451:
                    self.say("451 try again later")
                else:
                    self.say("250 ok")

        def take(self) -> None:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline().decode()) != ".\r\n":
                lines.append(line)
            service.sent.append("".join(lines))
            self.say("250 queued")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with _running(Server(("127.0.0.1", 0), Handler)) as port:
        yield service, port


@contextmanager
def _running(server: Any) -> Iterator[int]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
