"""What every page of every browser test asks for, whichever context it lives in.

`Outside` watches each context that a browser makes: addresses of all requests, sockets too,
and the content policy of every document. No test can forget to look: the check is a fixture
of all. In each page stands a canary, ``attack(name)``, that hostile text tries to call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response

from ui.security import content_policy

HERE = {"127.0.0.1", "localhost", ""}  # the empty one is data: and blob:
_POLICY = re.compile(re.escape(content_policy("@")).replace("@", r"[\w-]{20,}"))
_CANARY = """
window.attacks = [];
window.attack = (name) => window.attacks.push(String(name));
window.violations = [];
addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective));
"""


@dataclass
class Outside:
    """Records of one test."""

    requests: list[str] = field(default_factory=list)
    unguarded: list[str] = field(default_factory=list)  # documents without our content policy

    def watch_all_of(self, browser: Browser) -> None:
        """Watch every context that the browser makes from now on."""
        make = browser.new_context

        def new_context(**options: Any) -> BrowserContext:
            context = make(**options)
            context.add_init_script(_CANARY)
            context.on("request", lambda request: self.requests.append(request.url))
            context.on("response", self._look)
            context.on("page", self._meet)
            return context

        browser.new_context = new_context  # type: ignore[method-assign]

    def _meet(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _look(self, response: Response) -> None:
        if response.request.resource_type != "document" or not response.url.startswith("http"):
            return  # an export that was opened from disk has no server's headers
        policy = response.headers.get("content-security-policy", "")
        if not _POLICY.fullmatch(policy):
            self.unguarded.append(f"{response.url}: {policy or 'no policy'}")

    def begin(self) -> None:
        """Forget what an earlier test asked for."""
        self.requests.clear()
        self.unguarded.clear()

    def check(self) -> None:
        """Nothing left this machine, and every document carried the policy."""
        left = [url for url in self.requests if (urlsplit(url).hostname or "") not in HERE]
        assert left == [], "requests to another host"
        assert self.unguarded == [], "documents without the content policy"


def ran(page: Page) -> list[str]:
    """The attacks that ran in a page; empty is right."""
    attacks: list[str] = page.evaluate("window.attacks")
    return attacks


def violations(page: Page) -> list[str]:
    """What the content policy has stopped in a page."""
    stopped: list[str] = page.evaluate("window.violations")
    return stopped
