"""The Cedar policies that come with Crosstip: read, validated and named when the program starts.

Every policy has an `@id`, which the log keeps, and `@says`, which people read. Cedar's promise is
the one that is relied on: nothing is permitted unless a policy permits it, and a `forbid` is
stronger than any permit (Cutler et al., "Cedar", OOPSLA 2024).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import cedarpy
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from graph.errors import CrosstipError

_FOLDER = "graph/data/policies"
_SCHEMA = "rights.cedarschema"
Node = dict[str, object]


class PolicyError(CrosstipError):
    """The policies that come with Crosstip are damaged or incomplete; nobody may do anything."""


class _Entity(BaseModel):
    type: str
    id: str


class _Scope(BaseModel):
    op: str
    entity: _Entity | None = None
    entities: list[_Entity] = Field(default_factory=list)


class _Policy(BaseModel):
    effect: Literal["permit", "forbid"]
    action: _Scope
    annotations: dict[str, str | None] = Field(default_factory=dict)


_STATIC = TypeAdapter(dict[str, Node])


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy, as the reference page and an error name it."""

    id: str
    says: str
    effect: Literal["permit", "forbid"]
    theme: str
    """Name of its file."""
    deeds: tuple[str, ...]
    """The deeds that it names, in their order there; empty for every deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the policies say to one request."""

    permitted: bool
    policies: tuple[str, ...]
    """Ids of the policies that decided; none where no policy permits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySet:
    """All policies, ready to be asked."""

    policies: Mapping[str, Policy]
    handle: cedarpy.PolicySet
    schema: cedarpy.Schema

    def judge(self, requests: Sequence[Node], entities: Sequence[Node]) -> tuple[Verdict, ...]:
        """Give a verdict for each request over the same entities, in their order.

        Raises:
            PolicyError: a request does not fit the schema, or a policy could not be evaluated.
        """
        try:
            known = cedarpy.Entities.from_json_str(json.dumps(list(entities)), self.schema)
        except ValueError as error:
            raise PolicyError(f"A question about rights is malformed: {error}") from error
        answers = cedarpy.is_authorized_batch(list(requests), self.handle, known, self.schema)
        return tuple(_verdict(answer) for answer in answers)


def shipped_policies(deeds: Collection[str]) -> PolicySet:
    """Give the policies of `graph/data/policies` for these deeds.

    Raises:
        PolicyError: as for `build`, or a file cannot be read.
    """
    try:
        folder = files("graph").joinpath("data", "policies")
        themes = {
            path.name.removesuffix(".cedar"): path.read_text(encoding="utf-8")
            for path in sorted(folder.iterdir(), key=lambda found: found.name)
            if path.name.endswith(".cedar")
        }
        schema = folder.joinpath(_SCHEMA).read_text(encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"{_FOLDER} cannot be read. Install Crosstip again.") from error
    return build(themes, schema, deeds)


def build(themes: Mapping[str, str], schema: str, deeds: Collection[str]) -> PolicySet:
    """Give a set of policies by theme, checked against the schema and against the deeds.

    Raises:
        PolicyError: a text does not parse, a policy has no `@id` or `@says`, an id is doubled, a
            permit names no deed, no permit names some deed, or a policy breaks the schema.
    """
    actions = "".join(
        f'\naction "{deed}" appliesTo {{ principal: [User], resource: [Record], '
        "context: { now: Long, deed: String } };"
        for deed in sorted(deeds)
    )
    try:
        parsed = [
            (theme, _Policy.model_validate(node), node)
            for theme, text in themes.items()
            for node in _nodes(text).values()
        ]
        found = [_policy(theme, policy) for theme, policy, _ in parsed]
        _check_names(found, deeds)
        known = cedarpy.Schema.from_str(schema + actions)
        by_id = {policy.id: node for policy, (_, _, node) in zip(found, parsed, strict=True)}
        text = json.dumps({"templates": {}, "staticPolicies": by_id, "templateLinks": []})
        checked = cedarpy.validate_policies(cedarpy.policies_from_json_str(text), known)
        handle = cedarpy.PolicySet.from_json_str(text)
    except (ValueError, ValidationError) as error:
        raise PolicyError(f"{_FOLDER} is no set of Cedar policies: {error}") from error
    if not checked.validation_passed:
        raise PolicyError(f"{_FOLDER} breaks its schema: {checked.errors}")
    return PolicySet(policies={policy.id: policy for policy in found}, handle=handle, schema=known)


def _nodes(text: str) -> dict[str, Node]:
    """Give the policies of a text in Cedar's JSON form, by their places."""
    whole = TypeAdapter(Node).validate_json(cedarpy.policies_to_json_str(text))
    if whole.get("templates"):
        raise PolicyError(f"{_FOLDER} holds a template; every policy is written out.")
    return _STATIC.validate_python(whole["staticPolicies"])


def _policy(theme: str, policy: _Policy) -> Policy:
    name, says = policy.annotations.get("id"), policy.annotations.get("says")
    if not name or not says:
        raise PolicyError(
            f"{_FOLDER}/{theme}.cedar has a policy without @id or @says ({name or says}). "
            "The log and the errors name policies by them."
        )
    scope = policy.action
    named = scope.entities if scope.entity is None else [scope.entity]
    deeds = tuple(item.id for item in named)
    return Policy(id=name, says=says, effect=policy.effect, theme=theme, deeds=deeds)


def _check_names(found: Sequence[Policy], deeds: Collection[str]) -> None:
    doubled = [name for name, count in Counter(policy.id for policy in found).items() if count > 1]
    if len(doubled) > 0:
        raise PolicyError(f"{_FOLDER} has two policies under one @id: {', '.join(doubled)}.")
    permits = [policy for policy in found if policy.effect == "permit"]
    bare = [policy.id for policy in permits if len(policy.deeds) == 0]
    if len(bare) > 0:
        raise PolicyError(f"{_FOLDER}: a permit names its deeds: {', '.join(bare)}.")
    named = {deed for policy in permits for deed in policy.deeds}
    if not named.issuperset(deeds):
        missing = ", ".join(sorted(set(deeds) - named))
        raise PolicyError(f"{_FOLDER}: no policy permits {missing} to anybody. Add it to one.")


def _verdict(answer: cedarpy.AuthzResult) -> Verdict:
    # Cedar skips a policy that it cannot evaluate, a forbid too: then nothing may be permitted.
    if len(answer.diagnostics.errors) > 0:
        raise PolicyError(f"A policy could not be evaluated: {answer.diagnostics.errors}")
    return Verdict(permitted=answer.allowed, policies=tuple(sorted(answer.diagnostics.reasons)))
