"""Addresses: the date that one carries, and fetching one that the user typed.

A page is fetched only because its address was given to be ingested. Only http and https
are spoken; size, time and redirects are bounded, and a redirect never leads from a public
host to a private one.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import IO
from urllib.parse import urlsplit

from rag.articles.dates import FoundDate, find_dates
from rag.articles.draft import DraftDate
from rag.errors import ArticleError
from rag.types import DateOrigin

_TIMEOUT = 20.0  # seconds for connecting and for each read
_DEADLINE = 60.0  # seconds for a whole page
_MAX_REDIRECTS = 5
_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|[a-z]{3,9})(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/.-]|$)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def is_url(argument: str) -> bool:
    """Whether an argument is an address rather than a path."""
    return re.match(r"[a-z][a-z0-9+.-]*://", argument, re.IGNORECASE) is not None


def date_in_url(url: str) -> DraftDate | None:
    """The date that the path of an address carries: '/2020/04/19/', '/2020-04-19-', '/20200419'."""
    path = urlsplit(url).path
    match = _IN_PATH.search(path)
    if match is not None:
        year, month, day = match.groups()
        if month.isdigit():
            wording = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
        else:
            wording = f"{day or ''} {month} {year}"
        found = find_dates(wording) or _month_only(wording)
        if found:
            return DraftDate.of(found[0], match.group(0).strip("/-"), DateOrigin.URL, in_text=False)
    compact = _COMPACT.search(path)
    if compact is not None:
        found = find_dates("-".join(compact.groups()))
        if found:
            return DraftDate.of(found[0], compact.group(0), DateOrigin.URL, in_text=False)
    return None


def _month_only(wording: str) -> list[FoundDate]:
    match = re.fullmatch(r"(\d{4})-(\d\d)", wording)
    if match is None:
        return []
    return [FoundDate(year=int(match[1]), month=int(match[2]), day=None, start=0, end=len(wording))]


def fetch(url: str, max_bytes: int) -> tuple[bytes, str, str]:
    """The bytes at an address, their content type and the address they came from in the end."""
    scheme = urlsplit(url).scheme.lower()
    if scheme not in ("http", "https"):
        raise ArticleError(
            f"The address uses {scheme}://; allowed are http:// and https://; save the page "
            "as a file."
        )
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(url),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked above
        url, headers={"User-Agent": "dateline", "Accept": "text/html,text/plain,application/pdf"}
    )
    try:
        with opener.open(request, timeout=_TIMEOUT) as response:
            return (
                _bounded(response, max_bytes),
                response.headers.get_content_type(),
                response.geturl(),
            )
    except urllib.error.HTTPError as error:
        raise ArticleError(
            f"The server answered {error.code} {error.reason}; check the address in a browser."
        ) from error
    except (urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ArticleError(
            f"The address could not be fetched ({reason}); check it and the network."
        ) from error


def _bounded(response: IO[bytes], max_bytes: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    until = time.monotonic() + _DEADLINE
    while chunk := response.read(1 << 16):
        size += len(chunk)
        if size > max_bytes:
            raise ArticleError(
                f"The page is larger than {max_bytes:,} bytes; raise read.max_file_bytes to "
                "allow it."
            )
        if time.monotonic() > until:
            raise ArticleError(
                f"The page took longer than {_DEADLINE:.0f} seconds; save it as a file."
            )
        chunks.append(chunk)
    return b"".join(chunks)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, over http and https only, and never into a private network."""

    max_redirections = _MAX_REDIRECTS

    def __init__(self, url: str) -> None:
        self._started_private = _private(url)

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request for the new address, or an error where it may not be followed."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise ArticleError(
                f"The page redirects to {newurl[:80]!r}; only http and https are followed."
            )
        if not self._started_private and _private(newurl):
            raise ArticleError(
                "The page redirects into a private network, which is not followed; give that "
                "address itself."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _private(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False  # it cannot be reached either, which the fetch itself will say
    return any(
        not ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found
    )
