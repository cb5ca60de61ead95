"""A news site on this machine: pages, a feed, a site map, robots.txt, and traps."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.articles.crawls import page


class Site:
    """What the server answers by path: (status, headers, body).

    ``asked`` are the paths that it was asked for, in order.
    """

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.pause = 0.0
        self.url = ""

    def put(self, path: str, body: str | bytes, sort: str = "text/html", **headers: str) -> None:
        raw = body if isinstance(body, bytes) else body.encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": sort} | named, raw)

    def redirect(self, path: str, target: str) -> None:
        self.answers[path] = (302, {"Location": target}, b"")

    def fail(self, path: str, status: int) -> None:
        self.answers[path] = (status, {}, b"")

    def put_news(self, count: int) -> None:
        """Put pages, and a feed and a site map that lead to them."""
        for number in range(count):
            self.put(f"/news/{number}", page(number))
        items = "".join(
            f"<item><title>Ferry {number}</title><link>{self.url}/news/{number}</link>"
            f"<pubDate>Mon, {number % 28 + 1:02} Mar 2025 10:00:00 GMT</pubDate></item>"
            for number in range(count)
        )
        feed = f'<rss version="2.0"><channel><title>Daily Lantern</title>{items}</channel></rss>'
        self.put("/feed.xml", feed, "application/rss+xml")
        urls = "".join(f"<url><loc>{self.url}/news/{number}</loc></url>" for number in range(count))
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.put("/map.xml", f'<urlset xmlns="{namespace}">{urls}</urlset>', "application/xml")
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        self.put("/", f"<html><head>{link}</head><body>Home</body></html>")

    def put_packed(self, path: str, body: bytes) -> None:
        self.put(path, gzip.compress(body), Content_Encoding="gzip")


@contextmanager
def serve() -> Iterator[Site]:
    """Run a site on all addresses of this machine; its ``url`` is that of 127.0.0.1."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            step = 1000 if site.pause else len(body) or 1
            for at in range(0, len(body), step):
                self.wfile.write(body[at : at + step])
                time.sleep(site.pause)

        def log_message(self, *_: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
