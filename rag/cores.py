"""How many processor cores there are to work with."""

from __future__ import annotations

import os
from pathlib import Path


def physical_cores() -> int:
    """Cores that this process may use, counting two threads of one core once.

    Twice as many threads as cores is slower for matrices than one each.
    """
    try:
        allowed = os.sched_getaffinity(0)
    except AttributeError:  # not on macOS or Windows
        return max(1, (os.cpu_count() or 2) // 2)
    siblings = set()
    for cpu in allowed:
        listed = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
        try:
            siblings.add(listed.read_text("ascii").strip())
        except OSError:
            siblings.add(str(cpu))
    return max(1, len(siblings))
