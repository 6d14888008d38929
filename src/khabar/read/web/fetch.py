"""From an address to its answer: robots.txt, turns, redirects and retries."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from types import TracebackType

import anyio

from khabar.read.web.addresses import Address, BadAddress, join_address, parse_address, without_credentials
from khabar.read.web.asking import Refuse, ask, ask_start
from khabar.read.web.failure import Failure
from khabar.read.web.fetched import Answer, Validators
from khabar.read.web.guard import refuse_port
from khabar.read.web.network import open_pool
from khabar.read.web.policy import LONGEST_WAIT_S, Policy
from khabar.read.web.robots import LIMIT_BYTES, Rules, rules_from, unreachable
from khabar.read.web.turns import Turns
from khabar.read.web.warc import Evidence

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 500, 502, 503, 504}
_MEANING = {
    401: "its server wants a password",
    402: "its server wants to be paid",
    403: "its server refuses it to this reader",
    404: "there is no page at this address",
    410: "the page was taken away",
    429: "its server says that it is asked too often",
    451: "its server may not show it, for legal reasons",
}
_ROBOTS_REDIRECTS = 5


class Fetcher:
    """Fetches addresses under one policy, and remembers for all of them what the hosts ask for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._pool = open_pool(policy)
        self._turns = Turns()
        self._rules: dict[str, Rules] = {}
        self._rules_locks: dict[str, anyio.Lock] = {}
        self._evidence = Evidence(policy.evidence) if policy.evidence else None

    async def __aenter__(self) -> Fetcher:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.__aexit__(kind, error, trace)
        if self._evidence:
            self._evidence.close()

    async def fetch(
        self, named: str, known: Validators | None = None, refuse: Refuse | None = None
    ) -> Answer:
        """The answer from where the address leads in the end: with status 304 when nothing has changed.

        Errors: Failure. Every redirect is checked as if the user had named it.
        """
        address, passed = _parsed(named), list[str]()
        retries = [self.policy.backoff_s * 2**turn for turn in range(self.policy.retries)]
        while True:
            answer = await self._ask_patiently(address, known, refuse, retries)
            target = answer.header("Location") if answer.status in _REDIRECTS else ""
            if not target:
                return self._checked(answer)
            passed.append(str(address))
            address = self._redirected(address, target, passed)

    def _redirected(self, address: Address, target: str, passed: list[str]) -> Address:
        try:
            after = parse_address(join_address(str(address), _utf8(target)))
        except BadAddress as error:
            raise Failure(f"it redirects to {without_credentials(target)[:200]!r}: {error}") from error
        if str(after) in passed:
            raise Failure(f"its redirects go in a circle, by {after.host}")
        if len(passed) > self.policy.redirects:
            raise Failure(f"it redirects more than {self.policy.redirects} times")
        return after

    def _checked(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            if self._evidence:
                self._evidence.keep(answer)
            return answer
        if answer.status == 304:
            return answer
        meaning = _MEANING.get(answer.status, "its server gives no page")
        raise Failure(f"{meaning} (status {answer.status})", status=answer.status)

    async def _ask_patiently(
        self, address: Address, known: Validators | None, refuse: Refuse | None, retries: list[float]
    ) -> Answer:
        """One answer that is no sign of a busy server, after as many further tries as are left."""
        while True:
            try:
                answer = await self._ask_allowed(address, known, refuse)
                if answer.status not in _BUSY:
                    return answer
                wait_s = self._asked_wait(address, answer)
            except Failure as failure:
                if failure.again_s is None or not retries:
                    raise
                wait_s = failure.again_s
            else:
                if not retries:
                    return answer
            await anyio.sleep(max(wait_s, retries.pop(0)))

    def _asked_wait(self, address: Address, answer: Answer) -> float:
        """The pause that the server asks for. Errors: Failure when it is too long to wait for."""
        wait_s = retry_after_s(answer)
        if wait_s:
            self._turns.postpone(address.host, wait_s)
        if wait_s > LONGEST_WAIT_S:
            raise Failure(
                f"its server is busy (status {answer.status}) and asks to come back in {wait_s:,.0f} seconds",
                status=answer.status,
                wait_s=wait_s,
            )
        return wait_s

    async def _ask_allowed(self, address: Address, known: Validators | None, refuse: Refuse | None) -> Answer:
        refused = "" if self.policy.allow_private else refuse_port(address)
        rules = Rules(closed=refused) if refused else await self._rules_of(address)
        refusal = rules.refusal(address, self.policy.product)
        if refusal:
            raise Failure(refusal)
        pause_s = max(self.policy.pause_s, rules.pause_s(self.policy.product))
        async with self._turns.turn(address.host, pause_s):
            return await ask(self._pool, address, self.policy, known, refuse)

    async def _rules_of(self, address: Address) -> Rules:
        async with self._rules_locks.setdefault(address.origin, anyio.Lock()):
            rules = self._rules.get(address.origin)
            if rules is None or rules.until < time.monotonic():
                rules = await self._read_rules(address)
                self._rules[address.origin] = rules
            return rules

    async def _read_rules(self, address: Address) -> Rules:
        at, now = _parsed(address.origin + "/robots.txt"), time.monotonic()
        for _ in range(_ROBOTS_REDIRECTS + 1):
            try:
                answer = await ask_start(self._pool, at, self.policy, LIMIT_BYTES)
                target = answer.header("Location") if answer.status in _REDIRECTS else ""
                if not target:
                    return rules_from(answer.status, answer.body, address.host, now)
                at = parse_address(join_address(str(at), _utf8(target)))
            except BadAddress:
                break
            except Failure as failure:
                if failure.again_s is None:
                    raise
                return unreachable(address.host, failure.reason, now)
        return rules_from(404, b"", address.host, now)  # RFC 9309, 2.3.1.2: it counts as unavailable


def retry_after_s(answer: Answer) -> float:
    """The seconds of a Retry-After header, written as seconds or as a date; 0 when there is none."""
    text = answer.header("Retry-After").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _parsed(named: str) -> Address:
    try:
        return parse_address(named)
    except BadAddress as error:
        raise Failure(str(error)) from error


def _utf8(header: str) -> str:
    """A header's letters as many servers send them: UTF-8 where HTTP knows only Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
