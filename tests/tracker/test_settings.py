"""Options first, then the environment, then defaults; and answers that end as a shell expects."""

from pathlib import Path

import pytest
import typer

from tracker.cli.output import answering
from tracker.errors import NoArchive
from tracker.settings import ARCHIVE, NETWORKS, STORE, settings


def test_options_come_before_the_environment_and_that_before_the_default() -> None:
    environment = {STORE: "sqlite:///e.db", ARCHIVE: "kept", NETWORKS: "127.0.0.0/8, 10.0.0.0/8"}
    told = settings(environment=environment)
    assert (told.store_url, told.archive) == ("sqlite:///e.db", Path("kept"))
    assert told.allow_networks == ("127.0.0.0/8", "10.0.0.0/8")
    told = settings("sqlite:///o.db", Path("other"), ("::1/128",), environment)
    assert (told.store_url, told.archive_folder(), told.allow_networks) == (
        "sqlite:///o.db",
        Path("other"),
        ("::1/128",),
    )
    default = settings(environment={})
    assert default.store_url.endswith("store.db")
    assert str(default.archive_folder()).endswith("store.db.archive")


def test_a_postgresql_store_needs_a_folder_for_its_snapshots() -> None:
    with pytest.raises(NoArchive, match="--archive"):
        settings("postgresql://localhost/x", environment={}).archive_folder()


def test_being_stopped_says_so_and_exits_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stopped, answering():
        raise KeyboardInterrupt
    assert stopped.value.exit_code == 130
    assert "was not recorded" in capsys.readouterr().err
