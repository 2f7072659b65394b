"""A site of reports on this machine, with every failure that a site has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from pytest_httpserver import HTTPServer
from report_site import NOT_FOUND
from werkzeug import Request, Response

INDEX = "/reports/2020-trafficking-in-persons-report/"


OWN = "https://www.state.gov"


COUNTRIES = {"afghanistan": "Afghanistan", "cote-divoire": "Cote d'Ivoire", "turkmenistan": "Turkmenistan"}


class Site:
    """A site that answers each address as told, counts what it was asked, and otherwise says 404."""

    def __init__(self, server: HTTPServer) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, list[Callable[[], Response]]] = {}
        self.address = server.url_for("").rstrip("/")
        self.user_agents: set[str] = set()
        server.expect_request(_Any()).respond_with_handler(self._answer)

    def page(self, path: str, *answers: str | Callable[[], Response]) -> None:
        """Answers `path` with these, one a request, the last for ever."""
        self.answers[path] = [
            (lambda text=answer: Response(text, content_type="text/html; charset=utf-8"))
            if isinstance(answer, str)
            else answer
            for answer in answers
        ]

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.path)
        self.user_agents.add(request.headers.get("User-Agent", ""))
        answers = self.answers.get(request.path)
        if not answers:
            return Response(NOT_FOUND, status=404, content_type="text/html")
        return (answers.pop(0) if len(answers) > 1 else answers[0])()

    def count(self, path: str) -> int:
        return self.asked.count(path)


class _Any(str):
    """A path that every request matches."""

    def __new__(cls) -> _Any:
        return super().__new__(cls, "/")

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def status(code: int, **headers: str) -> Callable[[], Response]:
    return lambda: Response("no", status=code, headers={k.replace("_", "-"): v for k, v in headers.items()})


def cut_off(text: str) -> Callable[[], Response]:
    """Announces the whole page and sends half of it."""

    def answer() -> Response:
        half = text.encode()[: len(text) // 2]
        response = Response(iter([half]), content_type="text/html")
        response.headers["Content-Length"] = str(len(text.encode()))
        return response

    return answer


def half(text: str) -> str:
    """Half a page that looks like a whole answer: only its end is missing."""
    return text[: text.index("<footer>")] if "<footer>" in text else text[: len(text) * 3 // 4]


def files_in(folder: Path) -> dict[str, str]:
    """The narratives that are stored, each with its checksum."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "corpus.toml" and not re.search(r"/\.(?:cache/|lock$)", file.as_posix())
    }
