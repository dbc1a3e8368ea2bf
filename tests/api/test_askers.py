"""Askers are told apart by what their tokens were found to stand for, else by their address."""

from __future__ import annotations

from starlette.types import Scope

from api.callers import Identity, carry
from api.conduct import askers
from api.conduct.askers import Askers
from graph.casework.caller import Caller


def _scope(token: str, *, address: str = "198.18.0.1", scheme: str = "Bearer") -> Scope:
    given = [(b"authorization", f"{scheme} {token}".encode())]
    return {"type": "http", "headers": given, "client": (address, 1)}


def _found(known: Askers, token: str, user: str) -> None:
    scope = _scope(token)
    carry(scope, Identity(caller=Caller(user=user, agency="north", roles=frozenset(), as_of_us=0)))
    known.learn(scope)


def test_made_up_tokens_from_one_address_are_one_asker() -> None:
    known = Askers()
    made_up = {known.of(_scope(f"made up {number}")) for number in range(100)}
    assert made_up == {"from 198.18.0.1"}
    for number in range(100):
        known.learn(_scope(f"made up {number}"))
    assert known.of(_scope("made up 7")) == "from 198.18.0.1"
    assert known.of(_scope("made up 7", address="198.18.0.2")) == "from 198.18.0.2"


def test_sessions_of_one_person_are_one_asker_wherever_they_are_used() -> None:
    known = Askers()
    _found(known, "at the desk", "lead.north")
    _found(known, "on the road", "lead.north")
    assert known.of(_scope("at the desk")) == "user lead.north"
    assert known.of(_scope("on the road", address="198.18.9.9", scheme="BEARER ")) == (
        "user lead.north"
    )


def test_a_token_that_is_no_longer_good_stands_for_its_address() -> None:
    known = Askers()
    _found(known, "ended", "lead.north")
    known.learn(_scope("ended"))
    assert known.of(_scope("ended")) == "from 198.18.0.1"


def test_what_is_kept_is_bounded_and_holds_no_token() -> None:
    known = Askers()
    for number in range(askers._MOST + 5):
        _found(known, f"token {number}", "lead.north")
    assert known.of(_scope("token 0")) == "from 198.18.0.1"
    assert known.of(_scope(f"token {askers._MOST}")) == "user lead.north"
    assert "token" not in repr(known.__dict__)
    assert len(known._users) == askers._MOST
