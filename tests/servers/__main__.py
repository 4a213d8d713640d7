"""A scripted server to try the settings with: ``python -m tests.servers ollama``.

It is no language model: it quotes the best passage of the prompt that it is sent, and says
so of nothing else. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import threading

from tests.servers.model import passages, quoting
from tests.servers.protocols import WIRES
from tests.servers.script import Asked, Script, plain
from tests.servers.server import ScriptedServer

_PORTS = {"ollama": 11434, "openai": 8000, "anthropic": 8001}


def answer(asked: Asked) -> Script:
    """Quotes where passages are offered; else it counts, as the doctor asks."""
    if passages(asked):
        return quoting(asked)
    return plain("one two three four five six seven eight nine ten")


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("protocol", choices=sorted(WIRES))
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    port = _PORTS[given.protocol] if given.port is None else given.port
    with ScriptedServer(given.protocol, port=port) as server:
        server.play = answer
        print(f"A scripted {given.protocol} server listens at {server.url}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("ended")


if __name__ == "__main__":
    main()
