"""Requests and answers: tokens, problems, pages, events, and answers kept as long as they hold."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

from khabar.client.problems import problem_of
from khabar.errors import SettingError

_KEPT = 64


class Transport:
    """One server. Errors: Problem and NotFound; httpx's own where it cannot be reached."""

    def __init__(self, address: str, token: str | None, timeout_s: float) -> None:
        try:
            import httpx  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise SettingError("The client needs httpx. Install it: pip install 'khabar[client]'.") from error
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=address.rstrip("/") + "/v1", headers=headers, timeout=timeout_s, trust_env=False
        )
        self._long = httpx.Timeout(timeout_s, read=None)  # a long work may be silent for long
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def close(self) -> None:
        """Ends the connections."""
        self._http.close()

    def get(self, path: str, **asked: Any) -> Any:
        """The JSON at a path."""
        return json.loads(self.get_bytes(path, **asked))

    def get_bytes(self, path: str, **asked: Any) -> bytes:
        """What is at a path; not sent again where it has not changed."""
        request = self._http.build_request("GET", path, params=_said(asked))
        tag, body = self._kept.get(str(request.url), ("", b""))
        if tag:
            request.headers["if-none-match"] = tag
        answer = self._http.send(request)
        if answer.status_code == 304:
            return body
        if answer.is_error:
            raise problem_of(answer.status_code, answer.content)
        self._keep(str(request.url), answer.headers.get("etag", ""), answer.content)
        return answer.content

    def send(self, method: str, path: str, data: Any = None, **asked: Any) -> Any:
        """The JSON that comes back for a change."""
        answer = self._http.request(method, path, json=data, params=_said(asked))
        if answer.is_error:
            raise problem_of(answer.status_code, answer.content)
        return answer.json()

    def pages(self, path: str, **asked: Any) -> Iterator[Any]:
        """The items of a list, asked for as they are needed."""
        after = None
        while True:
            page = self.get(path, **{**asked, "after": after})
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def events(self, path: str, data: Any = None, **asked: Any) -> Iterator[dict[str, Any]]:
        """The events of a long work; who stops listening ends it."""
        with self._http.stream("POST", path, json=data, params=_said(asked), timeout=self._long) as answer:
            if answer.is_error:
                raise problem_of(answer.status_code, answer.read())
            for line in answer.iter_lines():
                if line:
                    yield json.loads(line)

    def _keep(self, place: str, tag: str, body: bytes) -> None:
        if tag:
            self._kept[place] = (tag, body)
            self._kept.move_to_end(place)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


def _said(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}
