"""The one error that the client raises."""

from __future__ import annotations


class ApiError(Exception):
    """The API did not give the answer: a stable code, and a sentence for people.

    Codes are those of the API's problem details, and four of the client's own: `api-away` (nobody
    answers at the address), `api-slow` (no answer in time), `api-busy` (too many at once) and
    `bad-answer` (what answers is not this API, or another version of it).
    """

    def __init__(self, code: str, sentence: str, *, status: int | None = None) -> None:
        """Say what happened; `status` is the HTTP status when there was an answer."""
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.status = status

    @property
    def is_token_refused(self) -> bool:
        """Whether nobody is logged on with the token, or not any more."""
        return self.code in ("token", "log-on")
