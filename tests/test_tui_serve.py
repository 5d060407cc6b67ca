"""``stope serve``: what it says without its extra, and the interface in a headless browser where there is one."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.commands import serve
from assistant.start import interface_wanted
from grammar.errors import UsageError

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], (None, True)),
        (["--no-history"], (None, False)),
        (["--db", "x.db", "--no-history"], ("x.db", False)),
        (["--db"], None),
        (["--db", "--no-history"], None),
        (["ask", "what"], None),
        (["--db", "x.db", "ask"], None),
        (["--version"], None),
    ],
)
def test_only_a_bare_command_opens_the_interface(arguments, wanted):
    assert interface_wanted(arguments) == wanted


def test_without_the_extra_it_is_said_which_to_install(monkeypatch):
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    result = CliRunner().invoke(serve.command, [])
    assert isinstance(result.exception, UsageError)
    assert "stope[serve]" in str(result.exception)


def test_it_listens_on_this_machine_alone_unless_told_otherwise():
    host = next(option for option in serve.command.params if option.name == "host")
    assert host.default in serve.LOOPBACK


@pytest.fixture
def served(tmp_path):
    """The address of a served interface over the embedded samples."""
    if find_spec("textual_serve") is None:
        pytest.skip("textual-serve is not installed: pip install 'stope[serve]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "assistant.start", "serve", "--port", str(port), "--no-history"]
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[1]
    )
    yield f"http://127.0.0.1:{port}/"
    process.send_signal(signal.SIGINT)
    process.wait(10)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")
async def test_a_browser_shows_the_interface_and_takes_keys(served, tmp_path):
    import aiohttp

    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-port=0",
        f"--user-data-dir={tmp_path}/b",
    ]
    browser = subprocess.Popen([CHROMIUM, *options, "--window-size=1200,800", "about:blank"], stderr=subprocess.DEVNULL)
    try:
        async with aiohttp.ClientSession() as session:
            page = await _page(session, tmp_path / "b" / "DevToolsActivePort")
            async with session.ws_connect(page, max_msg_size=1 << 26) as devtools:
                shown = await _drive(session, devtools, served)
    finally:
        browser.terminate()
        browser.wait(10)
    if folder := os.environ.get("STOPE_SCREENSHOTS"):
        (Path(folder) / "browser.png").write_bytes(shown)
    assert shown.startswith(b"\x89PNG")


async def _page(session, port_file):
    """The address of the browser's page."""
    for _ in range(200):
        with contextlib.suppress(OSError, IndexError):
            port = port_file.read_text().split()[0]
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                return next(each["webSocketDebuggerUrl"] for each in await answer.json() if each["type"] == "page")
        await asyncio.sleep(0.05)
    return pytest.fail("the browser did not start")


async def _drive(session, devtools, address):
    """Load the page, wait for the interface's bytes, type, wait for the echo, and take a picture."""
    numbers = iter(range(1, 1000))
    frames = []

    async def call(method, **parameters):
        number = next(numbers)
        await devtools.send_str(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads((await devtools.receive(30)).data)
            if message.get("method") == "Network.webSocketFrameReceived":
                data = message["params"]["response"]["payloadData"]
                frames.append(base64.b64decode(data) if message["params"]["response"]["opcode"] == 2 else data.encode())
            if message.get("id") == number:
                return message.get("result", {})

    for _ in range(200):
        with contextlib.suppress(OSError):
            async with session.get(address) as answer:
                assert answer.status == 200
                break
        await asyncio.sleep(0.05)
    await call("Network.enable")
    await call("Page.navigate", url=address)
    for text in (None, "zq"):
        if text:
            frames.clear()
            await call("Runtime.evaluate", expression="document.querySelector('textarea').focus()")
            for letter in text:
                await call("Input.dispatchKeyEvent", type="char", text=letter)
        for _ in range(150):
            await call("Runtime.evaluate", expression="1")
            if (text or "Ask").encode() in b"".join(frames):
                break
            await asyncio.sleep(0.1)
        else:
            pytest.fail(f"{text or 'the interface'} did not reach the browser")
    await asyncio.sleep(0.5)
    return base64.b64decode((await call("Page.captureScreenshot"))["data"])
