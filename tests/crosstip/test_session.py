"""How a command ends that cannot go on: with a sentence, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from crosstip.session import sentences
from graph.errors import IntakeError


def test_what_the_machine_refuses_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, sentences():
        (tmp_path / "gone" / "x").read_bytes()
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert "No such file or directory" in said
    assert "gone" in said


def test_a_defect_is_not_hidden_as_one() -> None:
    with pytest.raises(ZeroDivisionError), sentences():
        _ = 1 // 0


def test_an_error_of_ours_is_said_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), sentences():
        raise IntakeError("The folder does not exist. Check the path.")
    assert "crosstip: The folder does not exist." in capsys.readouterr().err
