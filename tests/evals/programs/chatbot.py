"""A chatbot that speaks the batch contract, and misbehaves as its first argument says."""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> None:
    """Answers each line of stdin; the n-th line in the way that was asked for."""
    way = sys.argv[1] if len(sys.argv) > 1 else "good"
    if way == "dead":
        sys.exit("no model here")
    for line in sys.stdin:
        case = json.loads(line)
        trouble = case["id"].startswith("b.")
        if trouble and way == "hang":
            time.sleep(60)
        if trouble and way == "crash":
            os._exit(9)
        if trouble and way == "skip":
            continue
        if trouble and way == "noise":
            print("loading model ...", flush=True)
        if trouble and way == "slow":
            time.sleep(0.15)
        row = {"id": case["id"], "answer": "July 1.", "citations": []}
        if trouble and way == "lie":
            row["id"] = "someone-else"
        if trouble and way == "text":
            row["answer"] = 7
        if trouble and way == "error":
            row = {"id": case["id"], "error": "cannot answer this"}
        if case["id"].startswith("no."):
            row = {"id": case["id"], "answer": "", "abstained": True}
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
