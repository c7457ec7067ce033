"""A server of files on this machine that misbehaves as it is told."""

from __future__ import annotations

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class Mirror:
    """Serves some files until the ``with`` block ends.

    Attributes
    ----------
    files : dict of str to bytes
    cut : dict of str to list of int
        After how many bytes each next connection for a file breaks off.
    stall : dict of str to int
        After how many bytes the first answer for a file stands still until :meth:`release`.
    crawl : set of str
        Files that are sent byte by byte until :meth:`release`.
    ranges, lengths : bool
        Whether it knows Range, and says Content-Length.
    shift : int
        Bytes by which a range is answered wrongly.
    redirect : str
        Where it sends everyone instead; empty: nowhere.
    vanish_after : int
        Requests after which it has no files any more; 0: never.
    requests, statuses, sent
        What was asked (name, Range), what was answered, and bytes sent of each file.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.cut: dict[str, list[int]] = {}
        self.stall: dict[str, int] = {}
        self.crawl: set[str] = set()
        self.ranges = self.lengths = True
        self.shift = self.vanish_after = 0
        self.redirect = ""
        self.requests: list[tuple[str, str | None]] = []
        self.statuses: list[int] = []
        self.sent: Counter[str] = Counter()
        self._released = threading.Event()
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Mirror:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def release(self) -> None:
        """Let answers that stand still go on."""
        self._released.set()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        name, asked = request.path.lstrip("/"), request.headers.get("Range")
        self.requests.append((name, asked))
        gone = bool(self.vanish_after) and len(self.requests) > self.vanish_after
        if self.redirect:
            self._head(request, 302, {"Location": self.redirect + name, "Content-Length": "0"})
        elif gone or name not in self.files:
            self._head(request, 404, {"Content-Length": "4"})
            request.wfile.write(b"gone")
        else:
            self._send(request, name, asked if self.ranges else None)

    def _head(self, request: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
        self.statuses.append(status)
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()

    def _send(self, request: BaseHTTPRequestHandler, name: str, asked: str | None) -> None:
        content = self.files[name]
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        if start and start >= len(content):
            self._head(request, 416, {"Content-Range": f"bytes */{len(content)}", "Content-Length": "0"})
            return
        start += self.shift if asked else 0
        body = content[start:]
        headers = {"Content-Length": str(len(body))} if self.lengths else {}
        if asked:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._head(request, 206 if asked else 200, headers)
        if self.cut.get(name):
            body = body[: self.cut[name].pop(0)]
        pause = self.stall.pop(name, None)
        try:
            while name in self.crawl and body and not self._released.wait(0.005):
                self._write(request, name, body[:1])
                body = body[1:]
            self._write(request, name, body[:pause])
            if pause is not None:
                self._released.wait(20)
                self._write(request, name, body[pause:])
        except OSError:
            # The other side has gone: what some tests are about.
            request.close_connection = True

    def _write(self, request: BaseHTTPRequestHandler, name: str, body: bytes) -> None:
        request.wfile.write(body)
        request.wfile.flush()
        self.sent[name] += len(body)
