"""The interface through a pseudo-terminal, from process start: first frame, memory, key echo, answer after Enter.

    python tests/benchmarks/tui_speed.py [--runs 7] [--answers 1000] --db STORE

Printed beside it is a bare Textual app with one Input, in the same runs, turn about: machines drift, ratios hold.
Limits: first frame at most 1.3 times the bare one, under 70 MB, a key echoed within 50 ms with 1,000 answers in the
transcript, an answer on the screen within 100 ms of Enter. The exit code is 1 where one of them is missed.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
BARE = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="ready to type")
Bare().run()
"""


class Terminal:
    """A process on a pseudo-terminal of 120x40 that answers nothing but what is typed."""

    def __init__(self, command, **environ):
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(environ, TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execv(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = b""

    def until(self, mark, seconds=15.0):
        """Seconds from now until ``mark`` has been written, None where it never was."""
        began = time.perf_counter()
        while mark not in self.seen:
            left = began + seconds - time.perf_counter()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                return None
            try:
                self.seen += os.read(self.fd, 1 << 16)
            except OSError:
                return None
        return time.perf_counter() - began

    def type(self, text):
        """Type, forgetting what was written before."""
        self.drain()
        self.seen = b""
        os.write(self.fd, text.encode())

    def drain(self, seconds=0.3):
        """Read for so long: a blinking cursor never falls silent."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                self.seen += os.read(self.fd, 1 << 16)

    def memory(self):
        """Resident megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_frame(command, mark, **environ):
    """Seconds from process start to the frame that shows ``mark``, and megabytes once it is quiet."""
    terminal = Terminal(command, **environ)
    took = terminal.until(mark)
    terminal.drain(1.0)
    memory = terminal.memory()
    terminal.close()
    if took is None:
        sys.exit(f"no frame with {mark!r} came from {' '.join(command)}")
    return took, memory


def kept_conversation(folder, store, count):
    """A copy of the store with ``count`` answers kept beside it, a question that is not among them, and its figure."""
    from assistant.ask import ask
    from assistant.complete import complete
    from assistant.conversation_log import ConversationLog
    from assistant.wording import say_value
    from db.store import Store

    copy = folder / "store.db"
    shutil.copy(store, copy)
    log = ConversationLog(copy.with_name(copy.name + ".conversation.jsonl"))
    with Store.open(copy) as opened:
        examples = [each.text for each in complete("", 0, opened)]
        answers = {question: ask(question, opened) for question in examples}
    single = [question for question in examples if len(answers[question].values) == 1]
    asked = single[-1]
    for question in examples:
        if question != asked:
            log.append(question, (), answers[question])
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[number % len(lines)] for number in range(count)))
    value = answers[asked].values[0]
    return copy, asked, say_value(value.value, value.unit, value.metal)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--db", type=Path, required=True)
    given = parser.parse_args()
    python, stope = sys.executable, [sys.executable, "-c", "from assistant.start import main; main()"]
    sys.path.insert(0, str(ROOT))
    bare, ours, memory, bare_memory = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        store, question, figure = kept_conversation(Path(folder), given.db, given.answers)
        fresh = [*stope, "--db", str(given.db), "--no-history"]
        for _ in range(given.runs):
            took, size = first_frame([python, "-c", BARE], b"eady to type")
            bare.append(took)
            bare_memory.append(size)
            took, size = first_frame(fresh, "Ask ›".encode())
            ours.append(took)
            memory.append(size)
        restored = f"from assistant.tui import app; app.MOST_RESTORED = {given.answers}; {stope[-1]}"
        terminal = Terminal([python, "-c", restored, "--db", str(store)])
        terminal.until("Ask ›".encode())
        terminal.drain(4.0)
        echoes = []
        for letter in "qzqzqzqzqz":
            terminal.type(letter)
            echoes.append(terminal.until(letter.encode(), 2.0) or 2.0)
        for text in ("\x15", question):  # apart, as fingers do: a burst overtakes its own control keys
            terminal.type(text)
            terminal.drain(1.0)
        terminal.type("\r")
        answered = terminal.until(figure.encode(), 5.0) or 5.0
        full = terminal.memory()
        terminal.close()
    ratio = statistics.median(ours) / statistics.median(bare)
    rows = [
        ("first frame, ms", statistics.median(ours) * 1000, None),
        ("  bare Textual with one Input, ms", statistics.median(bare) * 1000, None),
        ("  ratio", ratio, 1.3),
        ("memory, MB", statistics.median(memory), 70.0),
        ("  bare Textual, MB", statistics.median(bare_memory), None),
        (f"  with {given.answers} answers and one asked, MB", full, 70.0),
        (f"key echo with {given.answers} answers, ms (worst of {len(echoes)})", max(echoes) * 1000, 50.0),
        ("answer on screen after Enter, ms", answered * 1000, 100.0),
    ]
    for name, value, limit in rows:
        verdict = "" if limit is None else ("ok" if value <= limit else f"MISSED, at most {limit:g}")
        print(f"{name:<52}{value:>9.2f}  {verdict}")
    return any(limit is not None and value > limit for _, value, limit in rows)


if __name__ == "__main__":
    sys.exit(main())
