"""The settings and health room: how answers are made, what is indexed, how the server fares.

Nothing here is changed from the page: each line names the setting that changes it and the
server reads those when it starts, so that what a visitor sees is what answers them. Machine,
errors and checks are shown to somebody at this very machine alone; where visitors log in or
come from elsewhere, ``dateline doctor`` tells them to the owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import gradio as gr

from rag.errors import DatelineError
from rag.index.report import Check
from ui.house import House
from ui.markup import esc
from ui.room_settings_errors import Mishap, RecentErrors, when
from ui.room_settings_facts import Group, answering, indexed, machine, versions
from ui.talk import Talk
from ui.visitors import user_of

_HERE = ("127.0.0.1", "::1")
_HEAD = (
    '<h1>Settings and health</h1><p class="lead">How answers are made here and what they are made '
    "from. Settings are read when the server starts: set the variable that a line names and "
    "start it again.</p>"
)
_CHECK = (
    '<section class="panel"><h2>Checks</h2><p class="hint">Is what is stored whole, do the stores '
    "agree, does a search find what it must? Nothing is changed; "
    "<code>dateline doctor --repair</code> mends.</p>"
    '<button type="button" class="button wide" data-act="settings-check">Check now</button>'
    "</section>"
)


class SettingsRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "settings"
    label: ClassVar[str] = "Settings"
    events: ClassVar[tuple[str, ...]] = ("settings_look", "settings_check")

    def __init__(self, house: House) -> None:
        self._house = house
        self._errors = RecentErrors()
        house.at_end(self._errors.install())

    def lay_out(self) -> None:
        """Facts, then what the checks found."""
        self._house.own("settings-head", _HEAD)
        self._house.own("settings-body")
        self._house.own("settings-found")

    def wire(self) -> None:
        """Looking is quick; the checks read everything that is stored."""
        self._house.on("settings_look", self.look, ["settings-body"])
        self._house.on_slow("settings_check", self.check, ["settings-found"])

    def look(self, _talk: Talk, _event: gr.EventData, request: gr.Request) -> str:
        """Everything, as it is now."""
        settings, private = self._house.settings, is_owner(request)
        groups = [
            answering(settings, private=private),
            indexed(self._house.engine.corpus.articles()),
            versions(),
        ]
        if not private:
            return groups_html(groups)
        groups.insert(2, machine(settings))
        return groups_html(groups) + errors_html(self._errors.newest()) + _CHECK

    def check(self, _talk: Talk, _event: gr.EventData, request: gr.Request) -> str:
        """What ``dateline doctor`` finds."""
        if not is_owner(request):
            return ""
        try:
            return checks_html(self._house.engine.check())
        except DatelineError as error:
            return f'<p class="failed" role="alert">{esc(str(error))}</p>'


def is_owner(request: Any) -> bool:
    """Whether somebody at this very machine asks, with no log-in and no proxy between."""
    client = getattr(request, "client", None)
    host = getattr(client, "host", None)
    forwarded = any(name.lower().startswith("x-forwarded") for name in request.headers)
    return host in _HERE and not forwarded and not user_of(request)


def groups_html(groups: Sequence[Group]) -> str:
    """The facts under their headings."""
    return '<div class="facts-of">' + "".join(_group(group) for group in groups) + "</div>"


def _group(group: Group) -> str:
    lines = "".join(
        f'<div><dt>{esc(fact.name)}</dt><dd dir="auto">{esc(fact.value)}'
        + (f'<code class="variable">{esc(fact.variable)}</code>' if fact.variable else "")
        + "</dd></div>"
        for fact in group.facts
    )
    return (
        f'<section class="panel"><h2>{esc(group.name)}</h2><dl class="lines">{lines}</dl></section>'
    )


def errors_html(mishaps: Sequence[Mishap]) -> str:
    """The last errors, newest first."""
    head = '<section class="panel"><h2>Last errors</h2>'
    if not mishaps:
        return f'{head}<p class="hint">None since the server started.</p></section>'
    items = "".join(
        f'<li><span class="aside">{when(one.at)} {esc(one.logger)}</span> {esc(one.message)} '
        f'<span class="aside">{esc(" at ".join(part for part in (one.kind, one.where) if part))}'
        "</span></li>"
        for one in mishaps
    )
    return (
        f'{head}<p class="hint">Without the words of questions and articles; the server\'s log has '
        f'the whole of it.</p><ul class="mishaps">{items}</ul></section>'
    )


def checks_html(checks: Sequence[Check]) -> str:
    """What the checks found, each with a sign that is not colour alone."""
    items = "".join(
        f'<li class="{"" if check.ok else "failed"}"><b>{"✓" if check.ok else "✕"} '
        f"{esc(check.name)}</b> {esc(check.message)}</li>"
        for check in checks
    )
    good = all(check.ok for check in checks)
    told = "Everything is in order." if good else "Something is wrong."
    role = "status" if good else "alert"
    return (
        f'<div class="panel" role="{role}"><p><b>{told}</b></p>'
        f'<ul class="checks">{items}</ul></div>'
    )
