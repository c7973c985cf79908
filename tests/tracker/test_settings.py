"""Options first, then the environment, then defaults; and answers that end as a shell expects."""

from pathlib import Path

import pytest
import typer

from tracker.cli.output import answering
from tracker.errors import NoArchive, UnusableSetting
from tracker.settings import ARCHIVE, CONTACT, NETWORKS, STORE, settings


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


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("desk@newsroom.example", "mailto:desk@newsroom.example"),
        (" mailto:desk+figures@newsroom.example ", "mailto:desk+figures@newsroom.example"),
        ("https://newsroom.example/robot?about=us", "https://newsroom.example/robot?about=us"),
        ("", None),
    ],
)
def test_whom_sites_may_write_to_is_a_mail_or_a_web_address(given: str, kept: str | None) -> None:
    assert settings(environment={CONTACT: given}).contact == kept


@pytest.mark.parametrize(
    "given",
    [
        "the desk",
        "desk",
        "desk@localhost",
        "desk@newsroom.example\r\nX-Other: 1",
        "desk@newsroom.example)",
        "d\u00e9sk@newsroom.example",
        "https://reader:secret@newsroom.example/",
        "https://",
        "ftp://newsroom.example/",
        "desk@newsroom.example " + "x" * 300,
        "https://newsroom.example/" + "x" * 300,
    ],
)
def test_a_contact_that_would_say_nothing_or_break_a_header_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(UnusableSetting, match=r"CASUALTY_FIGURES_CONTACT is '.*give a mail address") as refused:
        settings(environment={CONTACT: given})
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400
