"""Everything that Crosstip raises on purpose. No HTTP here: `api.errors` maps it to statuses."""

from __future__ import annotations


class CrosstipError(Exception):
    """What happened, to which record, and what to do next, in a sentence for people."""


class SettingsError(CrosstipError):
    """A setting is missing or contradicts another one."""


class StoreError(CrosstipError):
    """The graph store could not do what was asked."""


class StoreUnavailableError(StoreError):
    """The store does not answer; nothing can be said about its content."""


class StoreTimeoutError(StoreError):
    """The store answered too late; the work was rolled back."""


class StoreBusyError(StoreError):
    """Other writers were in the way until the retries ran out; the work was rolled back."""


class StoreConflictError(StoreError):
    """A unique key is taken and repeating did not help."""


class GoneError(StoreConflictError):
    """A record that a change needs is not there, or was removed meanwhile; nothing was kept."""


class StoreRefusedError(StoreError):
    """The store refuses the statement itself: a defect in the catalogue or in its parameters."""


class UnlikeRowError(StoreRefusedError):
    """A row is not as its query declares: half of another's commit, or else a defect."""


class SchemaError(StoreError):
    """The store's schema is not the one that this version needs."""


class WrongStoreError(StoreError):
    """A synthetic document for a real store, or the other way round."""


class EngineError(StoreError):
    """The embedded engine could not be started, attached to or stopped."""


class RowError(CrosstipError):
    """A row breaks the declared schema; it was not sent to the store."""


class NotFoundError(CrosstipError):
    """No such record in what the caller may see."""


class IntakeError(CrosstipError):
    """A document cannot be taken in."""


class UnreadableDocumentError(IntakeError):
    """A document is not what it claims to be or breaks a limit; goes to quarantine."""


class StorageFullError(IntakeError):
    """There is no room left on the disk; what was synced before stays valid."""


class StorageFailedError(IntakeError):
    """The disk reported an error; what was synced before stays valid."""


class HashListError(CrosstipError):
    """A hash list cannot be imported or withdrawn as it was asked."""


class QuestionError(CrosstipError):
    """A question that has no answer as it is put; another one may have."""


class RightsError(CrosstipError):
    """The caller may not do this."""

    def __init__(self, text: str, *, policies: tuple[str, ...] = ()) -> None:
        """Take the sentence, and the ids of the policies that forbid it, none if none permits."""
        super().__init__(text)
        self.policies = policies


class LogOnError(CrosstipError):
    """Whoever asks is not logged on, or what they logged on with does not hold any more."""


class ThrottledError(CrosstipError):
    """It was tried too often in a short time; nothing was looked at."""


class TooManyJobsError(CrosstipError):
    """As many jobs of one user, or of one agency, wait as may; nothing was ordered."""


class ChangedError(CrosstipError):
    """A record was changed since the caller read it; nothing was overwritten."""


class KeyReusedError(CrosstipError):
    """A key that names a request was used for another request."""


class InFlightError(CrosstipError):
    """The first request with this key is not answered yet."""


class AnswerLostError(CrosstipError):
    """A request was done before, and its answer is not known any more."""
