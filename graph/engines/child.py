"""The engine process: `python -m graph.engines.child`, started by `graph.engines.launch`.

It ends when nobody holds a lease any more, on SIGTERM, or when its data directory is gone. Its
last line in `engine.log` is a sentence for people whenever it could not start.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from graph.engines.directory import read_password
from graph.engines.endpoint import this_process
from graph.engines.keeper import Keeper, say
from graph.engines.locks import HeldLock, holder_of, try_lock
from graph.engines.paths import EngineFiles
from graph.errors import EngineError

EXIT_FAILED = 3
EXIT_TAKEN = 4

_POLL_S = 0.5
_LOCK_WAIT_S = 2.0
_STOP_LIMIT_S = 2.5


def main(arguments: Sequence[str]) -> NoReturn:
    """Run the engine until it is no longer needed; never returns."""
    options = _options(arguments)
    files = EngineFiles(options.data_dir)
    os.umask(0o077)
    # The server writes its log to ./log whatever it is told, and Java's user.dir is fixed here.
    os.chdir(files.root)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        lock = _own(files)
        if lock is None:
            _leave(EXIT_TAKEN, f"Process {holder_of(files.lock)} has this data directory already.")
        # Never let go of: the process holds the directory until it is gone.
        _serve(files, lock, options)
    except EngineError as error:
        _leave(EXIT_FAILED, str(error))
    except BaseException as error:  # noqa: BLE001 whatever it is, it has to reach the log
        traceback.print_exc()
        _leave(EXIT_FAILED, _sentence(error))
    _leave(0, "The engine ended.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m graph.engines.child")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--heap", required=True)
    parser.add_argument("--command-timeout-ms", type=int, required=True)
    parser.add_argument("--grace-s", type=float, required=True)
    parser.add_argument("--java", action="append", default=[])
    return parser.parse_args(arguments)


def _own(files: EngineFiles) -> HeldLock | None:
    deadline = time.monotonic() + _LOCK_WAIT_S
    while (lock := try_lock(files.lock)) is None:
        if time.monotonic() >= deadline:
            return None
        time.sleep(_POLL_S / 10)
    lock.write(this_process().model_dump_json())
    files.endpoint.unlink(missing_ok=True)
    return lock


def _serve(files: EngineFiles, lock: HeldLock, options: argparse.Namespace) -> None:
    over = threading.Event()
    keeper = Keeper(files, lock, grace_s=options.grace_s)
    keeper.watch(before_ready=_give_up, afterwards=over.set)
    say(f"The engine starts as process {os.getpid()}, heap {options.heap}.")
    # Imported with the lock in hand: it brings Java into the process.
    from graph.engines.server import Server, ServerSettings

    settings = ServerSettings(
        heap=options.heap,
        command_timeout_ms=options.command_timeout_ms,
        java=tuple(options.java),
    )
    server = Server(files, settings, password=read_password(files))
    endpoint = server.start()
    # Before this line SIGTERM ends the process at once: the main thread was in Java, and there
    # is nothing yet that closing would save.
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    keeper.publish(endpoint)
    say(f"The engine answers: Bolt on {endpoint.bolt_port}, HTTP on {endpoint.http_port}.")
    while not over.wait(_POLL_S):
        pass
    files.endpoint.unlink(missing_ok=True)
    # Closing saves nothing that a commit has not saved, so it is not waited for for long.
    limit = threading.Timer(_STOP_LIMIT_S, _leave, (0, "The engine was slow to close and ended."))
    limit.daemon = True
    limit.start()
    server.stop()


def _give_up() -> None:
    _leave(EXIT_FAILED, "The engine ended while it started: nobody waits for it any more.")


def _sentence(error: BaseException) -> str:
    message = str(error).strip().splitlines()
    return f"The engine cannot run: {message[0] if message else type(error).__name__}"


def _leave(code: int, text: str) -> NoReturn:
    # `os._exit`: Java threads of running queries would keep an ordinary exit waiting for ever.
    try:
        say(text)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
