"""`verify FILE`: by itself on any machine, then beside a store; whatever matters and was altered is found."""

import copy
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.checkpoints import Checkpoint as LedgerState
from db.verify import Verification
from reports.earlier.checks import check_report
from reports.earlier.report import UnreadableReport, read_report
from reports.render.formats import REPORT_FORMATS

Run = Callable[..., Any]
Answer = Callable[..., Any]
TakeIn = Callable[..., str]


@pytest.fixture
def made(run: Run, take_in: TakeIn, keys: dict[str, Path], tmp_path: Path) -> Path:
    """A signed report on two figures of which one was retracted, as JSON."""
    take_in(40, "2024-05-05")
    withdrawn = take_in(45, "2024-05-06")
    run("retract", withdrawn, "--reason", "a typing error", "--on", "2024-05-07")
    path = tmp_path / "made.json"
    assert run("report", "Ruritania flood", "-o", path).exit_code == 0
    return path


def faults(content: Any) -> list[str]:
    """What is found to be wrong with a report by itself."""
    found = Verification(LedgerState(0, "", datetime.now(UTC)))
    try:
        check_report(read_report(content), found)
    except UnreadableReport as error:
        return [str(error)]
    return [f"{fault.what} {fault.why}" for fault in (*found.altered, *found.missing)]


def test_a_report_is_verified_in_every_format_on_a_machine_without_its_store(
    run: Run, made: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in REPORT_FORMATS:
        assert run("report", "Ruritania flood", "-o", tmp_path / f"r{ending}").exit_code == 0
    monkeypatch.setenv("CASUALTY_FIGURES_DB", f"sqlite:///{tmp_path / 'elsewhere' / 'store.db'}")
    for ending in REPORT_FORMATS:
        result = run("verify", tmp_path / f"r{ending}", "--key", keys["ours"])
        assert result.exit_code == 0, (ending, result.output)
        assert "which you named." in result.stdout
        assert "No store is at hand" in result.stdout
    assert not (tmp_path / "elsewhere").exists()


def test_one_figure_is_verified_by_the_checkpoint_that_its_page_carries(
    run: Run, made: Path, keys: dict[str, Path], tmp_path: Path
) -> None:
    identifier = json.loads(made.read_text("utf-8"))["figures"][0]["id"]
    for ending in (".html", ".md", ".csv", ".jsonld"):
        run("show", identifier, "-o", tmp_path / f"one{ending}")
        result = run("verify", tmp_path / f"one{ending}", "--key", keys["ours"], "--alone")
        assert result.exit_code == 0, (ending, result.output)


def leaves(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in JSON that holds no other."""
    members = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    is_leaf = True
    for name, member in members:
        is_leaf = False
        yield from leaves(member, (*path, name))
    if is_leaf and path:
        yield path


def is_proved(path: tuple[Any, ...]) -> bool:
    """Whether a value is one that the ledger, an id or another part of the report vouches for."""
    if path[0] == "figures":  # where it is filed now is not; of a scope note only the code enters the definition
        return path[2:] != ("definition", "event")
    return path[0] == "ledger" or path[:2] in (("checkpoint", "root"), ("checkpoint", "size"))


def altered(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "x"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return ["x"] if isinstance(value, list) else "x"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_value_that_the_ledger_vouches_for_is_found_when_altered(made: Path, data: st.DataObject) -> None:
    content = json.loads(made.read_text("utf-8"))
    assert faults(content) == []
    path = data.draw(st.sampled_from([one for one in leaves(content) if is_proved(one)]))
    holder = content
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = altered(holder[path[-1]])
    assert faults(content) != [], path


@pytest.mark.parametrize("member", ["figures", "ledger", "documents", "acts"])
def test_what_is_taken_out_of_a_report_is_missed(made: Path, member: str) -> None:
    content = json.loads(made.read_text("utf-8"))
    if member == "acts":
        for figure in content["figures"]:
            figure["acts"], figure["state"] = [], "recorded"
    else:
        del content[member][0]
    assert faults(content) != []


def test_a_figure_told_twice_or_borrowed_from_elsewhere_is_found(made: Path) -> None:
    content = json.loads(made.read_text("utf-8"))
    twice = copy.deepcopy(content)
    twice["figures"].append(twice["figures"][0])
    assert any("more than once" in fault for fault in faults(twice))
    entry = content["ledger"][0]
    entry["body"] = "[]"
    assert any("do not lead to" in fault for fault in faults(content))
    leaf = hashlib.sha256(b"\0[]").hexdigest()
    content["checkpoint"] = {"size": 1, "root": leaf}
    content["ledger"] = [{**entry, "entry": 1, "path": []}]
    assert any("no entry of a ledger of ours" in fault for fault in faults(content))


def test_a_checkpoint_of_another_size_no_longer_bears_its_signature(
    run: Run, made: Path, keys: dict[str, Path], tmp_path: Path
) -> None:
    text = made.read_text("utf-8")
    content = json.loads(text)
    size = content["checkpoint"]["size"]
    forged = tmp_path / "forged.md"
    run("report", "-o", forged)
    forged.write_text(forged.read_text("utf-8").replace(f"ledger of {size} ", f"ledger of {size - 1} "), "utf-8")
    result = run("verify", forged, "--key", keys["ours"], "--alone")
    assert result.exit_code == 3
    assert "is not the signature of the key" in result.stdout
    content["checkpoint"]["size"] = size - 1
    made.write_text(json.dumps(content), "utf-8")
    assert run("verify", made, "--alone").exit_code == 1  # the note is of another size


def test_named_keys_must_have_signed(
    run: Run, answer: Answer, made: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = answer("verify", made)
    assert told["signature"]["status"] == "unchecked"
    assert any("not among the keys that you named" in line for line in told["said"])
    assert answer("verify", made, "--key", keys["other"], "--key", keys["ours"])["signature"]["status"] == "good"
    assert run("verify", made, "--key", keys["other"]).exit_code == 3
    monkeypatch.setenv("CASUALTY_FIGURES_TRUSTED_KEYS", f"{keys['other']}, {keys['ours']}")
    assert answer("verify", made)["signature"]["status"] == "good"
    monkeypatch.delenv("CASUALTY_FIGURES_KEY")
    run("report", "-o", tmp_path / "unsigned.json")
    result = run("verify", tmp_path / "unsigned.json", "--alone")
    assert result.exit_code == 3
    assert "not signed by any" in result.stdout


def test_a_store_that_grew_still_holds_the_report_and_tells_what_came_since(
    answer: Answer, run: Run, made: Path, take_in: TakeIn
) -> None:
    first = json.loads(made.read_text("utf-8"))["figures"][0]["id"]
    run("void", first, "--reason", "read from an advertisement")
    newer = take_in(52, "2024-05-08")
    told = answer("verify", made)
    assert told["store"]["extends"] is True
    assert told["store"]["size"] > told["checkpoint"]["size"]
    assert [one["id"] for one in told["since"]["new"]] == [newer]
    assert [(one["figure"]["id"], one["acts"][0]["kind"]) for one in told["since"]["acted_on"]] == [(first, "void")]
    assert any("void: read from an advertisement" in line for line in told["said"])


def test_another_store_does_not_extend_the_report(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASUALTY_FIGURES_DB", f"sqlite:///{tmp_path / 'other.db'}")
    run("events", "add", "Another event")
    short = run("verify", made)
    assert (short.exit_code, "has not so many" in short.stdout) == (3, True)
    for number in range(20):
        run("events", "add", f"Event {number}")
    other = run("verify", made)
    assert (other.exit_code, "does not extend it" in other.stdout) == (3, True)
    assert run("verify", made, "--alone").exit_code == 0


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def summed(files: dict[str, bytes]) -> None:
    listed = sorted((name, content) for name, content in files.items() if name != "SHA256SUMS")
    files["SHA256SUMS"] = "".join(f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in listed).encode()


@pytest.mark.parametrize("name", ["latest.csv", "figures.csv", "checkpoint.txt", "checkpoint.json", "report.json"])
def test_a_package_is_found_altered_in_any_file(run: Run, made: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "r.zip"
    run("report", "Ruritania flood", "-o", path)
    assert run("verify", path, "--alone").exit_code == 0
    repacked(path, lambda files: files.update({name: files[name] + b" "}))
    result = run("verify", path, "--alone")
    assert result.exit_code == 3
    assert f"file {name}: its bytes do not give the SHA-256" in result.stdout


@pytest.mark.parametrize("name", ["figures.csv", "checkpoint.txt", "checkpoint.json"])
def test_new_checksums_do_not_hide_a_file_that_contradicts_the_report(
    run: Run, made: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "r.zip"
    run("report", "Ruritania flood", "-o", path)

    def change(files: dict[str, bytes]) -> None:
        files[name] = files[name].replace(b"40", b"41") if name == "figures.csv" else b"{}"
        summed(files)

    repacked(path, change)
    result = run("verify", path, "--alone")
    assert result.exit_code == 3
    assert f"file {name}: " in result.stdout


def test_a_table_whose_words_or_checkpoints_differ_is_found(run: Run, made: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    run("report", "Ruritania flood", "-o", path)
    text = path.read_bytes().decode()
    path.write_bytes(text.replace(",At least 40 people", ",At least 4O people").encode())
    assert "do not hold the number" in run("verify", path, "--alone").stdout
    root = json.loads(made.read_text("utf-8"))["checkpoint"]["root"]
    path.write_bytes(text.replace(root, "0" * 64, 1).encode())
    assert "different checkpoints" in run("verify", path, "--alone").stdout


def test_options_about_a_report_need_its_file(run: Run) -> None:
    assert run("verify", "--alone").exit_code == 2
