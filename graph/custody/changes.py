"""What a version of a tip changed, in counts and names of fields: no value of anybody stands in it.

A page of custody is read by people who may not be shown a child's address; what was stated stands
in the original documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from graph.statements import Assertion, FileStatement, Statement


def changes_of(new: Statement, before: Statement | None) -> tuple[str, ...]:
    """Give in sentences how one version of a part differs from the one before it."""
    if before is None:
        files, said = len(new.files), len(new.assertions)
        return (f"First version of this part: {said} identifiers stated, {files} files described.",)
    found = [
        *_assertions(new.assertions, before.assertions),
        *_files(new.files, before.files),
        *_facts(new, before),
        *_references(new, before),
    ]
    return tuple(found) if len(found) > 0 else ("Other bytes, and nothing else is stated.",)


def _assertions(new: Iterable[Assertion], before: Iterable[Assertion]) -> list[str]:
    now, then = set(new), set(before)
    found: list[str] = []
    for word, some in (("added", now - then), ("not stated so any more", then - now)):
        counts = Counter((each.kind.value, each.role.value) for each in some)
        found += [f"{n} {kind} as {role} {word}." for (kind, role), n in sorted(counts.items())]
    return found


def _files(new: Iterable[FileStatement], before: Iterable[FileStatement]) -> list[str]:
    now = {file.file_id: asdict(file) for file in new}
    then = {file.file_id: asdict(file) for file in before}
    found = [f"File {name} added." for name in sorted(now.keys() - then.keys())]
    found += [f"File {name} not mentioned any more." for name in sorted(then.keys() - now.keys())]
    for name in sorted(now.keys() & then.keys()):
        changed = _differing(now[name], then[name])
        if len(changed) > 0:
            found.append(f"File {name}: {', '.join(changed)} changed.")
    return found


def _facts(new: Statement, before: Statement) -> list[str]:
    now = {} if new.facts is None else asdict(new.facts)
    then = {} if before.facts is None else asdict(before.facts)
    changed = _differing(now, then)
    return [f"Of the tip itself: {', '.join(changed)} changed."] if len(changed) > 0 else []


def _references(new: Statement, before: Statement) -> list[str]:
    if set(new.references) == set(before.references):
        return []
    return [f"Other tips named: {len(before.references)} before, {len(new.references)} since."]


def _differing(now: dict[str, object], then: dict[str, object]) -> list[str]:
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
