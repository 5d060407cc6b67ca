"""The client against a server that fails in every way: what comes back is whole, or it is an error that explains."""

import datetime as dt
import email.utils
import time

import pytest

from db.fetch.client import Client, Pace
from db.fetch.whole import broken_submission
from grammar.errors import FetchError, FetchRefused
from tests import edgar_server as served

ACCESSION = served.RECENT[0][0]
PATH = served.path_of(ACCESSION)
WHOLE = served.submission(ACCESSION)
QUICK = Pace(per_second=1000, attempts=3, first_wait=0.25, longest_wait=60, silence=0.25, altogether=0.4)

PASSING = [
    served.status(429),
    served.status(503),
    served.status(500),
    served.status(503, Retry_After="2"),
    served.cut_off,
    served.half_called_whole,
    served.too_short_a_length,
    served.no_length,
    served.gzip_cut_off,
    served.not_gzip,
    served.silence,
    served.trickle,
    served.hang_up,
]
names = [getattr(answer, "__name__", "?") + str(number) for number, answer in enumerate(PASSING)]


@pytest.fixture
def waits():
    return []


@pytest.fixture
def client(waits):
    with Client("Test test@example.com", QUICK, waits.append) as running:
        yield running


@pytest.mark.parametrize("answer", PASSING, ids=names)
def test_a_passing_failure_is_asked_again(sec, client, answer):
    sec.plans[PATH] = [answer]
    assert client.get(sec.url + PATH, broken_submission) == WHOLE
    assert sec.asked == [PATH, PATH]


@pytest.mark.parametrize("answer", [served.status(503), served.cut_off, served.half_called_whole, served.silence])
def test_a_lasting_failure_is_an_error_after_three_attempts(sec, client, answer):
    sec.plans[PATH] = [answer] * 9
    with pytest.raises(FetchError, match="3 attempts"):
        client.get(sec.url + PATH, broken_submission)
    assert len(sec.asked) == 3


def test_waits_double(sec, client, waits):
    sec.plans[PATH] = [served.status(503), served.hang_up]
    client.get(sec.url + PATH)
    assert [wait for wait in waits if wait >= 0.25] == [0.25, 0.5]


def test_the_server_says_how_long_to_wait(sec, client, waits):
    sec.plans[PATH] = [served.status(429, Retry_After="7")]
    client.get(sec.url + PATH)
    assert 7.0 in waits


def test_or_until_when(sec, client, waits):
    moment = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    sec.plans[PATH] = [served.status(503, Retry_After=moment)]
    client.get(sec.url + PATH)
    assert 25 < max(waits) <= 30


def test_a_wait_that_is_too_long_is_not_waited(sec, client, waits):
    sec.plans[PATH] = [served.status(429, Retry_After="600")]
    with pytest.raises(FetchError, match="600 seconds"):
        client.get(sec.url + PATH)
    assert max(waits, default=0) < 1


def test_a_refusal_is_explained_and_not_repeated(sec, client):
    sec.plans[PATH] = [served.status(403)] * 3
    with pytest.raises(FetchRefused, match="User-Agent"):
        client.get(sec.url + PATH)
    assert len(sec.asked) == 1


@pytest.mark.parametrize(("code", "said"), [(404, "does not exist"), (301, "301"), (400, "400")])
def test_what_no_repetition_mends_is_not_repeated(sec, client, code, said):
    sec.plans[PATH] = [served.status(code)] * 3
    with pytest.raises(FetchError, match=said):
        client.get(sec.url + PATH)
    assert len(sec.asked) == 1


def test_gzip_is_unpacked(sec, client):
    sec.plans[PATH] = [served.gzipped]
    assert client.get(sec.url + PATH) == WHOLE


def test_an_encoding_that_was_not_asked_for_is_refused(sec, client):
    sec.plans[PATH] = [served.unasked_encoding]
    with pytest.raises(FetchError, match="br"):
        client.get(sec.url + PATH)


def test_nobody_there(client):
    with pytest.raises(FetchError, match="3 attempts"):
        client.get("http://127.0.0.1:9/")


def test_an_address_that_is_none(client):
    with pytest.raises(FetchError):
        client.get("http://\x01/")


def test_the_rate_is_kept(sec):
    with Client("Test test@example.com", Pace(per_second=20)) as client:
        start = time.monotonic()
        for _ in range(5):
            client.get(sec.url + PATH)
        assert time.monotonic() - start >= 4 / 20


def test_the_default_rate_is_below_the_secs_ten_a_second():
    assert Pace().per_second < 10


def test_it_says_who_asks(sec, client):
    client.get(sec.url + PATH)
    assert sec.agents == {"Test test@example.com"}
