"""What the rooms of the page share while it is built: state, events, and named places.

A room is a class with three class attributes and two methods, see `Room`; `ui.page.ROOMS`
names them all, one line each. ``House`` gives a room its places (our own markup in
``gr.HTML``) and connects the events that ``assets/*.js`` send through one invisible
component, the bridge. It holds nothing of a visitor: that is a `Talk` in the session.

To add a room ``foo``: write ``FooRoom`` in ``ui/room_foo.py``, add it to ``ROOMS``, import
``./foo.js`` in ``assets/page.js`` and, if need be, add ``foo.css`` to `ui.shell.STYLES`.
Its column is ``#foo-room``; the page shows it at the address ``#foo``.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Protocol

import gradio as gr
from gradio.components import Component

from rag.cores import physical_cores
from rag.engine import Engine
from rag.settings import Settings
from ui import shell
from ui.render_articles import Listing, listed
from ui.shelf import Shelf, allowed
from ui.talk import Talk
from ui.visitors import admit_of, owner_of

CONCURRENT = 16  # answers at once where they wait for a model
_BRIDGE = (
    "const known = %s;\n"
    "window.datelineSend = (name, data) => known.includes(name) && trigger(name, data);\n"
    "window.dispatchEvent(new Event('dateline:ready'));"
)
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
Filler = Callable[[Talk, gr.Request], Sequence[Any]]


class Room(Protocol):
    """A part of the page that lays itself out and answers its own events."""

    name: ClassVar[str]  # the address is '#name', the column '#name-room'
    label: ClassVar[str]  # in the navigation; empty where it has no entry
    events: ClassVar[tuple[str, ...]]  # names that the browser may send

    def __init__(self, house: House) -> None:
        """Take what is shared."""
        ...

    def lay_out(self) -> None:
        """Put the room's parts where they stand; runs inside its column."""
        ...

    def wire(self) -> None:
        """Connect events; all places of all rooms exist by then."""
        ...


class House:
    """Shared parts of one page, while it is being built."""

    def __init__(self, engine: Engine, settings: Settings, events: Sequence[str]) -> None:
        """Make the state and the bridge; must be called inside a ``gr.Blocks``."""
        self.engine = engine
        self.settings = settings
        self.talk = gr.State(None, time_to_live=24 * 3600)
        self.bridge = gr.HTML(
            shell.BRIDGE,
            js_on_load=_BRIDGE % list(events),
            elem_id="bridge",
            apply_default_css=False,
        )
        self.places: dict[str, Component] = {}
        self.own("gone")
        self._fillers: list[tuple[Filler, list[str]]] = []
        self.endings: list[Callable[[], None]] = []
        self.shelf = Shelf(engine)
        self.hidden: Callable[[], frozenset[str]] = frozenset  # ids of articles on their way out

    def own(self, name: str, html: str = "") -> gr.HTML:
        """A place for our own markup, ``#name`` in the page."""
        made = gr.HTML(html, elem_id=name, js_on_load=None, apply_default_css=False)
        self.places[name] = made
        return made

    def at(self, names: Sequence[str]) -> list[Component]:
        """The places of these names."""
        return [self.places[name] for name in names]

    def on(self, event: str, handler: Callable[..., Any], outputs: Sequence[str]) -> Any:
        """Answer an event at once: ``handler(talk, event: gr.EventData)`` fills the places.

        A handler may also ask for ``request: gr.Request``. It must be quick: it does not
        queue. For what takes long there is `on_slow`. A second event of the same name is
        answered too while the first one still is: by default Gradio would drop it.
        """
        listen = getattr(self.bridge, event)
        return listen(
            known(handler, len(outputs)),
            [self.talk],
            self.at([*outputs, "gone"]),
            queue=False,
            trigger_mode="multiple",
            **_QUIET,
        )

    def on_slow(
        self, event: str, handler: Callable[..., Any], outputs: Sequence[str], *, many: bool = False
    ) -> Any:
        """Answer an event that may take long, or that streams; it queues.

        ``many`` lets a second one begin before the first has ended.
        """
        listen = getattr(self.bridge, event)
        mode = "multiple" if many else "once"
        return listen(
            known(handler, len(outputs)),
            [self.talk],
            self.at([*outputs, "gone"]),
            concurrency_limit=at_once(self.settings),
            trigger_mode=mode,
            **_QUIET,
        )

    def at_start(self, filler: Filler, outputs: Sequence[str]) -> None:
        """Fill places when a visitor arrives; ``filler(talk, request)`` gives one value each."""
        self._fillers.append((filler, list(outputs)))

    def listing(self, talk: Talk, query: str, page: int) -> Listing:
        """One page of the articles that the visitor's filters and words let through."""
        infos, hidden = self.shelf.now().infos, self.hidden()
        shown = [info for info in infos if info.id not in hidden] if hidden else list(infos)
        return listed(allowed(shown, talk.filters), query, page, total=len(shown))

    def at_end(self, ending: Callable[[], None]) -> None:
        """Call this when the server ends, while the engine is still open."""
        self.endings.append(ending)

    def open_for(self, blocks: gr.Blocks) -> None:
        """Connect the arrival of a visitor: their own `Talk`, and what each room fills."""
        fillers = [filler for filler, _ in self._fillers]
        names = [name for _, outputs in self._fillers for name in outputs]

        def arrive(request: gr.Request) -> list[Any]:
            talk = Talk(self.engine, owner=owner_of(request), admit=admit_of(request))
            return [talk, *(value for filler in fillers for value in filler(talk, request))]

        blocks.load(arrive, None, [self.talk, *self.at(names)], queue=False, **_QUIET)


def at_once(settings: Settings) -> int:
    """How many questions are worked on at a time.

    Offline answers want nothing but the processor. More of them than cores would only take
    it from each other, and the slowest visitor wait longest: the others queue, first come first.
    """
    return CONCURRENT if settings.answerer == "llm" else physical_cores() + 1


def known(handler: Callable[..., Any], outputs: int) -> Callable[..., Any]:
    """The handler for visitors whose `Talk` is there, with one output more.

    A session that lay idle for long is let go of by Gradio while its page may still be open.
    What the page sends then changes nothing but the place ``gone``, where a script sees it.
    """

    def listed_values(values: Any) -> list[Any]:
        if outputs == 1:
            return [values, ""]
        fitting = isinstance(values, tuple | list) and len(values) == outputs
        # '' and not gr.skip(): for that Gradio builds the component anew, at every frame
        return [*(values if fitting else [gr.skip()] * outputs), ""]

    gone = [*[gr.skip()] * outputs, '<p data-gone="yes"></p>']

    @functools.wraps(handler)
    def streamed(talk: Talk | None, *rest: Any) -> Iterator[list[Any]]:
        if talk is None:
            yield gone
            return
        for values in handler(talk, *rest):
            yield listed_values(values)

    @functools.wraps(handler)
    def answered(talk: Talk | None, *rest: Any) -> Any:
        told = gone if talk is None else listed_values(handler(talk, *rest))
        return told if outputs else told[0]

    return streamed if inspect.isgeneratorfunction(handler) else answered


def given(event: gr.EventData, key: str) -> Any:
    """What the browser sent under a key, unchecked, or None."""
    data = getattr(event, "_data", None)
    return data.get(key) if isinstance(data, dict) else None


def text(event: gr.EventData, key: str, limit: int = 200) -> str:
    """What the browser sent under a key, if it is text: bounded."""
    value = given(event, key)
    return value[:limit] if isinstance(value, str) else ""


def number(event: gr.EventData, key: str, default: int = 0) -> int:
    """What the browser sent under a key, if it is a whole number."""
    value = given(event, key)
    return value if isinstance(value, int) and not isinstance(value, bool) else default
