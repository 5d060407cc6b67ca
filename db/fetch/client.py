"""HTTP to the SEC's servers: below their rate, with patience, and never a body that isn't whole.

The SEC asks for a User-Agent that names who is asking, with an address, and for at most ten requests a second
(sec.gov, "Accessing EDGAR Data"); who goes over is refused with 403 for ten minutes.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import httpx

from grammar.errors import FetchError, FetchMissing, FetchRefused, StopeError

RETRIED = (429, 500, 502, 503, 504)
LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """Requests a second, attempts at one document, and seconds: the first wait (it doubles), the longest wait that a
    server may ask for, silence on the line, and one document altogether."""

    per_second: float = 5.0
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    silence: float = 30.0
    altogether: float = 600.0


PACE = Pace()


class _PassingError(StopeError):
    """A failure that another attempt may mend, after ``wait`` seconds where the server said so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Client:
    """A polite reader of the SEC's servers; a context manager, as it holds connections open."""

    def __init__(self, user_agent: str, pace: Pace | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.pace = pace = pace or PACE
        self._sleep = sleep
        self._next = 0.0
        headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        self._http = httpx.Client(headers=headers, timeout=httpx.Timeout(pace.silence))

    def get(self, url: str, check: Callable[[bytes], str | None] = lambda data: None) -> bytes:
        """The whole body at ``url``; FetchError where it can't be had.

        ``check`` says what is wrong with a body (a cut one), or None; it is then asked for again.
        """
        wait = self.pace.first_wait
        for attempt in range(1, self.pace.attempts + 1):
            try:
                return self._checked(url, check)
            except _PassingError as failure:
                pause = wait if failure.wait is None else failure.wait
                if attempt == self.pace.attempts or pause > self.pace.longest_wait:
                    raise FetchError(_gave_up(url, failure, attempt)) from None
            self._sleep(pause)
            wait *= 2
        raise FetchError(f"{url} was not asked for: no attempts are allowed")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _checked(self, url: str, check: Callable[[bytes], str | None]) -> bytes:
        self._keep_pace()
        try:
            data = self._once(url)
        except httpx.TimeoutException:
            raise _PassingError(f"no answer within {self.pace.silence:g} seconds") from None
        except httpx.InvalidURL as error:
            raise FetchError(f"{url} is no address: {error}") from None
        except httpx.HTTPError as error:
            raise _PassingError(str(error) or type(error).__name__) from None
        wrong = check(data)
        if wrong:
            raise _PassingError(wrong)
        return data

    def _once(self, url: str) -> bytes:
        """One request. The raw bytes are counted and unpacked here: httpx accepts a gzip stream that breaks off."""
        end = time.monotonic() + self.pace.altogether
        with self._http.stream("GET", url) as response:
            _check_status(url, response)
            pieces, size = [], 0
            for piece in response.iter_raw():
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST:
                    raise FetchError(f"{url} is larger than {LARGEST // 2**20} MB")
                if time.monotonic() > end:
                    raise _PassingError(f"not whole after {self.pace.altogether:g} seconds")
            return _unpacked(url, b"".join(pieces), response.headers)

    def _keep_pace(self) -> None:
        """Wait until the next request may start."""
        now = time.monotonic()
        if self._next > now:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.pace.per_second


def _check_status(url: str, response: httpx.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    if status == 403:
        raise FetchRefused(
            f"{url} was refused (403): the SEC wants a User-Agent with your name and e-mail address"
            " (--user-agent 'Jo Doe jo@example.com'), and blocks for ten minutes who asks too often"
        )
    if status == 404:
        raise FetchMissing(f"{url} does not exist (404)")
    if status in RETRIED:
        raise _PassingError(f"the server answered {status}", _retry_after(response.headers.get("Retry-After")))
    raise FetchError(f"{url}: unexpected answer {status}")


def _retry_after(text: str | None) -> float | None:
    """Seconds of a Retry-After header (a number or an HTTP date); None where there is none to read."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


def _unpacked(url: str, raw: bytes, headers: httpx.Headers) -> bytes:
    """The body, after its length and its compression were seen to be whole."""
    length = headers.get("Content-Length")
    if length is not None and length.isdigit() and int(length) != len(raw):
        raise _PassingError(f"{len(raw)} of {length} bytes came")
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return raw
    if encoding not in ("gzip", "x-gzip"):
        raise FetchError(f"{url} came in an encoding that was not asked for: {encoding}")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(raw, LARGEST)
    except zlib.error as error:
        raise _PassingError(f"the gzip stream is broken ({error})") from None
    if not unpacker.eof:
        raise _PassingError("the gzip stream breaks off")
    return data


def _gave_up(url: str, failure: _PassingError, attempts: int) -> str:
    if failure.wait is not None:
        return f"{url}: {failure}, and asks to wait {failure.wait:g} seconds; try again later"
    return f"{url}: {failure} ({attempts} attempts); try again later, what was fetched so far is kept"
