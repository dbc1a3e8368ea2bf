"""`python -m world OUT`: writes a synthetic world, for developers."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path

from world.generate import WorldError, write_world
from world.shares import Shares


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m world", description="Write a synthetic world of tips with its truth."
    )
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--seed", type=int, default=7, help="same seed and size, same bytes")
    parser.add_argument("--tips", type=int, default=1_000, help="how many tips")
    parser.add_argument(
        "--formats", default="json,xml", help="json, xml or json,xml (default: both)"
    )
    for field in fields(Shares):
        option = f"--{field.name.replace('_', '-')}"
        parser.add_argument(
            option, type=float, default=1.0, help="multiplier of its shares (default: 1)"
        )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Write the world that the command line asks for and give the exit code."""
    asked = _arguments().parse_args(arguments)

    def show(tips: int) -> None:
        sys.stderr.write(f"\r{tips:,} of {asked.tips:,} tips")
        sys.stderr.flush()

    try:
        truth = write_world(
            asked.out,
            seed=asked.seed,
            tips=asked.tips,
            formats=tuple(asked.formats.split(",")),
            shares=Shares(**{field.name: getattr(asked, field.name) for field in fields(Shares)}),
            progress=show if sys.stderr.isatty() else None,
        )
    except (WorldError, OSError, ValueError) as error:
        sys.stderr.write(f"world: {error}\n")
        return 1
    sys.stdout.write(
        f"{truth.tips:,} tips in {truth.documents:,} documents, "
        f"{len(truth.offenders):,} offenders with several tips, "
        f"{len(truth.collisions):,} collisions, {len(truth.urgent):,} urgent tips; "
        f"truth in {asked.out / 'truth.json'}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
