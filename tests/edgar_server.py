"""A stand-in for the SEC's servers on loopback: the same addresses, and on demand every way in which they fail."""

import gzip
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CIK = 4711
TICKERS = {
    "0": {"cik_str": CIK, "ticker": "QLL", "title": "QUILL MINES CO/DE/"},
    "1": {"cik_str": CIK, "ticker": "QLL-PB", "title": "QUILL MINES CO/DE/"},
    "2": {"cik_str": 5, "ticker": "NPM", "title": "North Pit Mining Ltd"},
    "3": {"cik_str": 6, "ticker": "NPR", "title": "North Pit Royalty Corp"},
}
RECENT = [
    ("0000004711-07-000003", "8-K", "2007-05-02"),
    ("0000004711-07-000002", "10-K", "2007-03-01"),
    ("0000004711-07-000001", "8-K/A", "2007-02-20"),
]
OLDER = [("0000004711-03-000001", "8-K", "2003-05-07")]
OLDEST = [("0000004711-97-000001", "8-K", "1997-05-07")]

Answer = Callable[["Handler", bytes], None]


def columns(rows):
    return dict(
        zip(
            ("accessionNumber", "form", "filingDate"), (list(column) for column in zip(*rows, strict=True)), strict=True
        )
    )


def submission(accession: str, exhibit: str = "EX-99.1") -> bytes:
    return (
        f"<SEC-DOCUMENT>{accession}.txt : 20070502\n<SEC-HEADER>\nACCESSION NUMBER: {accession}\n</SEC-HEADER>\n"
        "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\nA form.\n</TEXT>\n</DOCUMENT>\n"
        f"<DOCUMENT>\n<TYPE>{exhibit}\n<SEQUENCE>2\n<TEXT>\nA release.\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    ).encode()


def path_of(accession: str) -> str:
    return f"/Archives/edgar/data/{CIK}/{accession.replace('-', '')}/{accession}.txt"


def files() -> dict[str, bytes]:
    """What is served, by path."""
    further = [
        {"name": f"CIK{CIK:010d}-submissions-001.json", "filingFrom": "2000-01-01", "filingTo": "2005-12-31"},
        {"name": f"CIK{CIK:010d}-submissions-002.json", "filingFrom": "1993-01-01", "filingTo": "1999-12-31"},
    ]
    main = {"cik": str(CIK), "name": "QUILL MINES CO", "filings": {"recent": columns(RECENT), "files": further}}
    served = {
        "/files/company_tickers.json": json.dumps(TICKERS).encode(),
        f"/submissions/CIK{CIK:010d}.json": json.dumps(main).encode(),
        f"/submissions/CIK{CIK:010d}-submissions-001.json": json.dumps(columns(OLDER)).encode(),
        f"/submissions/CIK{CIK:010d}-submissions-002.json": json.dumps(columns(OLDEST)).encode(),
    }
    return served | {path_of(row[0]): submission(row[0]) for row in (*RECENT, *OLDER, *OLDEST)}


@dataclass
class Sec:
    """The running server: ``plans`` holds for a path the answers to its next requests; then it is served well."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=files)
    plans: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    release: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Serves ``server.sec``."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        sec = self.server.sec
        sec.asked.append(self.path)
        sec.agents.add(self.headers.get("User-Agent", ""))
        body = sec.files.get(self.path)
        if sec.plans[self.path]:
            sec.plans[self.path].pop(0)(self, body or b"")
        elif body is None:
            status(404)(self, b"")
        else:
            self.reply(200, body)

    def reply(self, code, body, length=None, **headers):
        self.send_response(code)
        if length != "none":
            self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, *_):
        pass


def status(code: int, **headers) -> Answer:
    return lambda handler, body: handler.reply(code, b"no", **headers)


def cut_off(handler, body):
    """Half of the body under the length of the whole."""
    handler.reply(200, body[: len(body) // 2], length=len(body))


def half_called_whole(handler, body):
    """Half of the body under a length that fits it: only the content shows it."""
    handler.reply(200, body[: len(body) // 2])


def too_short_a_length(handler, body):
    handler.reply(200, body, length=len(body) - 10)


def no_length(handler, body):
    """Half of the body, ended by closing the connection."""
    handler.reply(200, body[: len(body) // 2], length="none")


def gzipped(handler, body):
    handler.reply(200, gzip.compress(body), Content_Encoding="gzip")


def gzip_cut_off(handler, body):
    handler.reply(200, gzip.compress(body)[:-9], Content_Encoding="gzip")


def not_gzip(handler, body):
    handler.reply(200, body, Content_Encoding="gzip")


def unasked_encoding(handler, body):
    handler.reply(200, body, Content_Encoding="br")


def silence(handler, body):
    """Headers and a first byte, then nothing until the test is over."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[:1])
    handler.wfile.flush()
    handler.server.sec.release.wait(5)
    handler.close_connection = True


def trickle(handler, body):
    """A byte now and then: never silent, never done."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for byte in body:
        if handler.server.sec.release.wait(0.02):
            break
        try:
            handler.wfile.write(bytes([byte]))
        except OSError:
            break
    handler.close_connection = True


def hang_up(handler, body):
    handler.close_connection = True


@contextmanager
def serving() -> Iterator[Sec]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.sec = sec = Sec(url=f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield sec
    finally:
        sec.release.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
