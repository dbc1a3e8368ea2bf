"""What the page Assign remembers: the tips that are to be given, and who was proposed."""

from __future__ import annotations

from dataclasses import dataclass, field

from client.resources.assignments import AssignedTip, CandidatesAnswer


@dataclass(slots=True)
class AssignView:
    """Tips that are to be given to somebody, and what was read for it."""

    tips: dict[str, int] = field(default_factory=dict)
    """By tip: the version that was looked at."""
    about: str | None = None
    """The tip whose conflicts of interest the candidates show."""
    skills: tuple[str, ...] = ()
    candidates: CandidatesAnswer | None = None
    done: tuple[AssignedTip, ...] = ()
    """What became of each tip that was given last."""

    def begin(self, tips: dict[str, int]) -> None:
        """Begin with other tips."""
        self.tips, self.about, self.done = dict(tips), next(iter(tips), None), ()
        self.candidates = None
