# Shared by the scripts beside it: one virtual environment in the checkout, filled from the lock.
# Source it with the checkout as the working directory.
# shellcheck shell=bash

# Nothing that a script here starts may load modules from a folder of the caller's.
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

is_ci() { [ "${CI:-}" = true ]; }

# Prints the first Python that is new enough. CROSSTIP_PYTHON names another one.
find_python() {
    local name
    for name in ${CROSSTIP_PYTHON:+"$CROSSTIP_PYTHON"} python3 python3.11 python3.12 python3.13 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# Prints what an environment depends on: set, Python, place, locks and project file.
_stamp() { # _stamp PYTHON SET
    "$1" - "$2" pyproject.toml "requirements/$2.txt" requirements/build.txt <<'PY'
import hashlib
import os
import sys
from pathlib import Path

digest = hashlib.sha256(repr((sys.version, sys.base_prefix, os.getcwd())).encode())
for name in sys.argv[2:]:
    digest.update(Path(name).read_bytes())
print(sys.argv[1], digest.hexdigest())
PY
}

_is_ready() { # _is_ready PYTHON SET
    [ -x .venv/bin/crosstip ] && [ "$(cat .venv/.crosstip 2>/dev/null)" = "$(_stamp "$1" "$2")" ]
}

_install_with_uv() { # _install_with_uv UV LOCK_ARGUMENT...
    local uv=$1
    shift
    "$uv" pip install --quiet --python .venv/bin/python --compile-bytecode \
        --require-hashes --only-binary :all: "$@" &&
        "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation \
            --editable .
}

_install_with_pip() { # _install_with_pip LOCK_ARGUMENT...
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: "$@" &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
            --no-build-isolation --editable .
}

_fill_venv() { # _fill_venv PYTHON SET
    local python=$1 set=$2 uv=""
    local -a locks=(--requirement "requirements/$set.txt")
    # `dev` holds all of `build` and of `runtime`.
    [ "$set" = dev ] || locks+=(--requirement requirements/build.txt)
    [ -n "${CROSSTIP_NO_UV:-}" ] || uv="$(command -v uv || true)"
    say "Setting up .venv with ${uv:-pip} from requirements/$set.txt; under a minute, once."
    rm -rf .venv
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --python "$python" .venv && _install_with_uv "$uv" "${locks[@]}"
    elif "$python" -m venv .venv; then
        _install_with_pip "${locks[@]}"
    else
        die "$python cannot make a virtual environment (Debian: apt-get install python3-venv)."
    fi
}

# Makes .venv with the packages of requirements/SET.txt and Crosstip itself, unless it is there.
# SET is `runtime` or `dev`. CROSSTIP_NO_UV=1 takes pip although uv is there.
crosstip_env() { # crosstip_env SET
    local set=$1 python
    python="$(find_python)" ||
        die "Crosstip needs Python 3.11 or newer and found none. Install one (Debian: apt-get install" \
            "python3 python3-venv) or name it in CROSSTIP_PYTHON, then run $0 again."
    if _is_ready "$python" dev || _is_ready "$python" "$set"; then return 0; fi
    mkdir -p .cache
    (
        # Two scripts started at once must not fill one folder together.
        if command -v flock >/dev/null; then flock 9; fi
        if _is_ready "$python" dev || _is_ready "$python" "$set"; then exit 0; fi
        # Whoever had all the packages for development keeps them.
        if grep -qs '^dev ' .venv/.crosstip; then set=dev; fi
        if ! _fill_venv "$python" "$set"; then
            die "The packages of requirements/$set.txt could not be installed; the lines above say" \
                "why. Run $0 again when that is mended."
        fi
        _stamp "$python" "$set" >.venv/.crosstip
    ) 9>.cache/venv.lock
}
