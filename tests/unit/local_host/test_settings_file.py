"""local.settings.json: read as Core Tools read it, written once, and never over somebody's own."""

import json
import socket
import stat
from pathlib import Path

import pytest

from infra.local.settings_file import (
    NAME,
    RECORD,
    SettingsFileError,
    read_record,
    read_values,
    who_serves,
    write_record,
    write_values,
)


def test_a_run_takes_the_values_of_the_file(tmp_path: Path) -> None:
    """A run takes the settings that `func start` would take."""
    (tmp_path / NAME).write_text('{"IsEncrypted": false, "Values": {"CLOSING_DAYS": "5"}}')

    assert read_values(tmp_path) == {"CLOSING_DAYS": "5"}


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    """The file is optional."""
    assert read_values(tmp_path) == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"Values": 3}'])
def test_a_broken_file_is_told_in_words(tmp_path: Path, text: str) -> None:
    """Nothing starts with half the settings."""
    (tmp_path / NAME).write_text(text)

    with pytest.raises(SettingsFileError, match=NAME):
        read_values(tmp_path)


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    """The addresses of the landscape, and nothing else of the environment."""
    path = write_values(tmp_path, {"AzureWebJobsStorage": "s", "HOME": "h", "AUTH_MODE": "keys"})

    wanted = {"FUNCTIONS_WORKER_RUNTIME": "python", "AzureWebJobsStorage": "s", "AUTH_MODE": "keys"}
    assert json.loads(path.read_text())["IsEncrypted"] is False
    assert read_values(tmp_path) == wanted


def test_somebodys_own_file_is_left_alone(tmp_path: Path) -> None:
    """A developer's settings are not overwritten."""
    (tmp_path / NAME).write_text("{}")

    with pytest.raises(SettingsFileError, match="yours"):
        write_values(tmp_path, {})
    assert (tmp_path / NAME).read_text() == "{}"


def test_record_of_a_run_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    """It holds a connection string; what an earlier run left, by whatever mode, is replaced."""
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_text("old")
    (tmp_path / RECORD).chmod(0o644)
    values = {"AzureWebJobsStorage": "s", "HOME": "h"}
    path = tmp_path / RECORD

    write_record(path, values, "http://host", "http://control")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["Values"] == {"AzureWebJobsStorage": "s"}
    assert read_record(tmp_path) == ("http://host", "http://control")


@pytest.mark.parametrize("text", [None, "", "{}"])
def test_no_run_is_told_with_what_to_do(tmp_path: Path, text: str | None) -> None:
    """Where nothing is served, or its record is no record."""
    (tmp_path / RECORD).parent.mkdir()
    if text is not None:
        (tmp_path / RECORD).write_text(text)

    with pytest.raises(SettingsFileError, match="nothing is served"):
        read_record(tmp_path)


def test_another_run_of_this_folder_is_known_as_long_as_it_answers(tmp_path: Path) -> None:
    """What a run that was killed has left names nobody."""
    (tmp_path / RECORD).parent.mkdir()
    assert who_serves(tmp_path) is None
    with socket.create_server(("127.0.0.1", 0)) as host:
        url = f"http://127.0.0.1:{host.getsockname()[1]}"
        write_record(tmp_path / RECORD, {}, url, None)

        assert who_serves(tmp_path) == url
    assert who_serves(tmp_path) is None
