"""The errors of the Neo4j driver, which is imported in one place (`graph.driver` says why)."""

from __future__ import annotations

from graph.driver import exceptions

AuthError = exceptions.AuthError
ClientError = exceptions.ClientError
ConfigurationError = exceptions.ConfigurationError
ConstraintError = exceptions.ConstraintError
DriverError = exceptions.DriverError
IncompleteCommit = exceptions.IncompleteCommit
Neo4jError = exceptions.Neo4jError
ServiceUnavailable = exceptions.ServiceUnavailable
SessionExpired = exceptions.SessionExpired
TransientError = exceptions.TransientError
