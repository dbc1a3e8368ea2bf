"""Errors as HTTP: one table from error class to status, and problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.conduct.allowances import TooManyError
from api.conduct.keys import Replayed, handle_replayed
from api.conduct.versions import PreconditionFailedError, PreconditionMissingError
from graph import errors
from graph.audit.errors import AuditError

MEDIA_TYPE = "application/problem+json"


class FieldFault(BaseModel):
    """One part of a request that does not fit. The value is not repeated."""

    place: str = Field(description="Where it stands, such as `query.limit`.")
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457). `code` is stable, `detail` is a sentence for people."""

    type: str = "about:blank"
    title: str = Field(description="The status in words.")
    status: int
    code: str = Field(description="Stable name of the error, for programs.")
    detail: str = Field(description="What happened and what to do next.")
    errors: tuple[FieldFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How an error class is answered."""

    status: HTTPStatus
    code: str
    detail: str | None = None
    """Said instead of the error's own sentence, where that names paths or settings."""
    retry_after_s: int | None = None


_SEE_LOG = "Look at the API's log on the machine that runs it."

ANSWERS: Mapping[type[errors.CrosstipError], Answered] = {
    errors.CrosstipError: Answered(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="failed",
        detail=f"This could not be done. {_SEE_LOG}",
    ),
    errors.SettingsError: Answered(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="settings",
        detail=f"A setting of the API is missing or wrong. {_SEE_LOG}",
    ),
    errors.StoreError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="store-failed",
        detail=f"The store could not answer, so nothing is known. {_SEE_LOG}",
        retry_after_s=5,
    ),
    errors.StoreUnavailableError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="store-unavailable",
        detail="The store does not answer, so nothing is known. Try again in a few seconds.",
        retry_after_s=5,
    ),
    errors.StoreTimeoutError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="store-timeout",
        detail="The store needed too long, so nothing is known. Try again.",
        retry_after_s=5,
    ),
    errors.StoreBusyError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="store-busy",
        detail="The store is busy, so nothing is known. Try again in a moment.",
        retry_after_s=1,
    ),
    errors.StoreConflictError: Answered(status=HTTPStatus.CONFLICT, code="store-conflict"),
    errors.GoneError: Answered(status=HTTPStatus.CONFLICT, code="gone-meanwhile"),
    errors.StoreRefusedError: Answered(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="store-refused",
        detail=f"The store refused the query. This is a defect. {_SEE_LOG}",
    ),
    errors.UnlikeRowError: Answered(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="unlike-row",
        detail=f"The store gave what nobody put there, so nothing is known. {_SEE_LOG}",
    ),
    errors.SchemaError: Answered(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="schema",
        detail=f"The store's schema is not the one that this version needs. {_SEE_LOG}",
    ),
    errors.WrongStoreError: Answered(status=HTTPStatus.CONFLICT, code="wrong-store"),
    errors.EngineError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="engine",
        detail=f"The store's engine does not run, so nothing is known. {_SEE_LOG}",
        retry_after_s=5,
    ),
    errors.RowError: Answered(status=HTTPStatus.UNPROCESSABLE_ENTITY, code="row"),
    errors.NotFoundError: Answered(status=HTTPStatus.NOT_FOUND, code="not-found"),
    errors.IntakeError: Answered(status=HTTPStatus.UNPROCESSABLE_ENTITY, code="intake"),
    errors.UnreadableDocumentError: Answered(
        status=HTTPStatus.UNPROCESSABLE_ENTITY, code="unreadable-document"
    ),
    errors.StorageFullError: Answered(
        status=HTTPStatus.INSUFFICIENT_STORAGE,
        code="storage-full",
        detail="There is no room left on a disk of the API: nothing of this was kept. Whoever runs "
        "the installation makes room; nothing needs a restart. Send it again then.",
        retry_after_s=60,
    ),
    errors.StorageFailedError: Answered(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        code="storage-failed",
        detail=f"A disk of the API failed: nothing of this was kept. {_SEE_LOG}",
        retry_after_s=60,
    ),
    errors.HashListError: Answered(status=HTTPStatus.CONFLICT, code="hash-list"),
    errors.QuestionError: Answered(status=HTTPStatus.UNPROCESSABLE_ENTITY, code="question"),
    errors.RightsError: Answered(status=HTTPStatus.FORBIDDEN, code="rights"),
    errors.LogOnError: Answered(status=HTTPStatus.UNAUTHORIZED, code="log-on"),
    errors.ThrottledError: Answered(
        status=HTTPStatus.TOO_MANY_REQUESTS, code="throttled", retry_after_s=300
    ),
    errors.TooManyJobsError: Answered(
        status=HTTPStatus.TOO_MANY_REQUESTS, code="too-many-jobs", retry_after_s=30
    ),
    errors.ChangedError: Answered(status=HTTPStatus.CONFLICT, code="changed"),
    errors.KeyReusedError: Answered(status=HTTPStatus.UNPROCESSABLE_ENTITY, code="key-reused"),
    errors.InFlightError: Answered(status=HTTPStatus.CONFLICT, code="in-flight", retry_after_s=1),
    errors.AnswerLostError: Answered(status=HTTPStatus.CONFLICT, code="answer-lost"),
    AuditError: Answered(status=HTTPStatus.CONFLICT, code="audit"),
}
"""How each error of the core is answered; a class that is not here, as its parent."""
_CODES = {
    HTTPStatus.UNAUTHORIZED: "token",
    HTTPStatus.NOT_FOUND: "no-such-route",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.MISDIRECTED_REQUEST: "host",
    HTTPStatus.UNPROCESSABLE_ENTITY: "request",
    HTTPStatus.INTERNAL_SERVER_ERROR: "defect",
}


def answer_for(error: errors.CrosstipError) -> Answered:
    """Give how an error is answered; a class without a line of its own is its parent."""
    for parent in type(error).__mro__:
        if parent in ANSWERS:
            return ANSWERS[parent]
    return ANSWERS[errors.CrosstipError]


def problem(
    status: HTTPStatus,
    detail: str,
    *,
    code: str | None = None,
    faults: tuple[FieldFault, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Give the response that tells what went wrong."""
    body = Problem(
        title=status.phrase,
        status=status.value,
        code=code if code is not None else _CODES.get(status, "http"),
        detail=detail,
        errors=faults,
    )
    return Response(
        body.model_dump_json(), status_code=status, headers=headers, media_type=MEDIA_TYPE
    )


def handle_own(request: Request, error: Exception) -> Response:
    """Answer an error that Crosstip raised on purpose."""
    if not isinstance(error, errors.CrosstipError):
        raise error
    if isinstance(error, errors.ChangedError) and "If-Match" in request.headers:
        return problem(HTTPStatus.PRECONDITION_FAILED, str(error), code="changed")
    return answer_own(error)


def answer_own(error: errors.CrosstipError) -> Response:
    """Give the response to an error that Crosstip raised on purpose."""
    answered = answer_for(error)
    headers = {}
    if answered.retry_after_s is not None:
        headers["Retry-After"] = str(answered.retry_after_s)
    if answered.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(
        answered.status,
        answered.detail if answered.detail is not None else str(error),
        code=answered.code,
        headers=headers,
    )


def handle_http(_: Request, error: Exception) -> Response:
    """Answer an error of the framework: no such route, wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return problem(status, f"{status.description or status.phrase}.", headers=error.headers)


def handle_validation(_: Request, error: Exception) -> Response:
    """Answer a request that does not have the declared shape."""
    if not isinstance(error, RequestValidationError):
        raise error
    return _unfit(faults_of(error.errors()))


def handle_parameters(_: Request, error: Exception) -> Response:
    """Answer a named query's parameters that do not fit it."""
    if not isinstance(error, ParametersError):
        raise error
    return _unfit(error.faults)


class ParametersError(errors.CrosstipError):
    """The parameters of a named query do not fit it."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        """Keep where and why; the values are not repeated."""
        super().__init__("The parameters do not fit the query.")
        self.faults = faults


def faults_of(details: Sequence[ErrorDetails]) -> tuple[FieldFault, ...]:
    """Give where a model was not met and why, without the values.

    Nor the name of a field that is not declared: it is the asker's text, as a value is.
    """
    return tuple(_fault(detail) for detail in details)


def _fault(detail: ErrorDetails) -> FieldFault:
    is_extra = detail["type"] == "extra_forbidden"
    parts = detail["loc"][:-1] if is_extra else detail["loc"]
    message = "A field here is not declared; the description lists those that are."
    return FieldFault(
        place=".".join(str(part) for part in parts), message=message if is_extra else detail["msg"]
    )


def _unfit(faults: tuple[FieldFault, ...]) -> Response:
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The request does not fit; `errors` says where.",
        faults=faults,
    )


def handle_conduct(_: Request, error: Exception) -> Response:
    """Answer a request that does not keep to what every request has to."""
    match error:
        case TooManyError():
            wait = {"Retry-After": str(error.retry_after_s)}
            status = HTTPStatus.TOO_MANY_REQUESTS
            return problem(status, str(error), code="too-many", headers=wait)
        case PreconditionMissingError():
            return problem(HTTPStatus.PRECONDITION_REQUIRED, str(error), code="if-match")
        case PreconditionFailedError():
            return problem(HTTPStatus.PRECONDITION_FAILED, str(error), code="if-match")
        case _:
            raise error


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Response]] = {
    errors.CrosstipError: handle_own,
    ParametersError: handle_parameters,
    RequestValidationError: handle_validation,
    HTTPException: handle_http,
    TooManyError: handle_conduct,
    PreconditionMissingError: handle_conduct,
    PreconditionFailedError: handle_conduct,
    Replayed: handle_replayed,
}
"""What answers each kind of exception."""
