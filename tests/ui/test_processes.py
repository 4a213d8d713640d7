"""The real program: how fast help is, what a wrong use costs, who holds a port."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import DatelineError, UsageError
from ui.ports import holder_of, listen

pytestmark = pytest.mark.processes
_HEAVY = (
    "chromadb",
    "gradio",
    "llama_index",
    "onnxruntime",
    "pydantic",
    "numpy",
    "rich",
    "rag.engine",
)


def _dateline(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ui.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {_HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "ask" in told.stdout
    assert told.stderr.strip() == "[]"
    # Of that, reading the command line's library is the larger part.
    assert _seconds("-m", "ui", "--help") < 4 * _seconds("-c", "import click")


def _seconds(*arguments: str) -> float:
    """The fastest of three runs of the interpreter: beside each other, they tell a ratio."""
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, timeout=60, check=True)
        spent.append(time.perf_counter() - began)
    return min(spent)


def test_wrong_use_ends_with_2_and_keeps_stdout_empty() -> None:
    result = _dateline("ask")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: Give one QUESTION")


def test_the_holder_of_a_port_is_named() -> None:
    with listen("127.0.0.1", 0, fixed=True) as taken:
        port = taken.getsockname()[1]
        holder = holder_of(port)
        if Path("/proc/net/tcp").exists():
            assert holder is not None
            assert holder.pid == os.getpid()
            assert holder.name
        with pytest.raises(DatelineError, match=f"Port {port} is held by"):
            listen("127.0.0.1", port, fixed=True)
        with listen("127.0.0.1", port, fixed=False) as other:
            assert other.getsockname()[1] != port


def test_an_address_that_is_not_ours_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="--host takes an address of this machine"):
        listen("192.0.2.1", 0, fixed=True)


def test_a_free_port_has_no_holder() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert holder_of(port) is None


def test_chat_on_a_taken_port_names_the_process_and_ends_with_1() -> None:
    with listen("127.0.0.1", 0, fixed=True) as taken:
        port = taken.getsockname()[1]
        result = _dateline("chat", "--no-browser", "--port", str(port))
    assert result.returncode == 1
    assert f"Port {port} is held by" in result.stderr
    if Path("/proc/net/tcp").exists():
        assert f"process {os.getpid()}" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_batch_row_is_out_before_the_next_line_is_in(seeds: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "ask", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": str(number), "question": "Who?"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(30) == 0
