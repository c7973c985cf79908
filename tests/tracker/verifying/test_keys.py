"""Keys: made once, kept from others, shown, and refused in one line where they cannot be used."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from db.notes import PublicKey, is_signed_by, note, note_text, sign

Run = Callable[..., Any]
SEEDS = st.binary(min_size=32, max_size=32)


@given(SEEDS, st.integers(0, 2**50), st.binary(min_size=32, max_size=32), SEEDS)
def test_a_signature_is_its_keys_on_its_checkpoint_and_on_no_other(
    seed: bytes, size: int, root: bytes, other: bytes
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = PublicKey.of(key), sign(size, root.hex(), key)
    assert PublicKey.from_verifier(public.verifier) == public
    assert is_signed_by(public, size, root.hex(), signature)
    assert not is_signed_by(public, size + 1, root.hex(), signature)
    assert not is_signed_by(public, size, bytes(32).hex() if any(root) else "01" * 32, signature)
    if other != seed:
        assert not is_signed_by(PublicKey.of(Ed25519PrivateKey.from_private_bytes(other)), size, root.hex(), signature)


def test_a_note_has_the_form_of_the_standard() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature = sign(3, "00" * 32, key)
    told = note(3, "00" * 32, signature).split("\n")
    assert told == [PublicKey.of(key).name, "3", "A" * 43 + "=", "", f"— {signature}", ""]
    assert note(3, "00" * 32) == note_text(3, "00" * 32) == f"casualty-figures\n3\n{'A' * 43}=\n"


def test_a_new_key_is_its_owners_alone_and_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "k.pem"
    made = json.loads(run("keys", "new", "-o", path, "--json").stdout)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(run("keys", "show", path, "--json").stdout)["verifier"] == made["verifier"]
    content = path.read_bytes()
    again = run("keys", "new", "-o", path)
    assert (again.exit_code, path.read_bytes()) == (1, content)
    assert "never overwritten" in again.stderr
    assert run("keys", "new", "-o", tmp_path / "none" / "k.pem").exit_code == 1


def test_a_key_with_a_passphrase_opens_only_with_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "k.pem"
    monkeypatch.setenv("CASUALTY_FIGURES_KEY_PASSPHRASE", "correct horse")
    assert "encrypted" in run("keys", "new", "-o", path).stderr
    assert b"ENCRYPTED" in path.read_bytes()
    assert run("keys", "show", path).exit_code == 0
    for wrong in ("wrong", ""):
        monkeypatch.setenv("CASUALTY_FIGURES_KEY_PASSPHRASE", wrong)
        result = run("keys", "show", path)
        assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
        assert "CASUALTY_FIGURES_KEY_PASSPHRASE" in result.stderr


def test_a_passphrase_that_a_plain_key_does_not_need_is_no_fault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("keys", "new", "-o", tmp_path / "k.pem")
    monkeypatch.setenv("CASUALTY_FIGURES_KEY_PASSPHRASE", "for another key")
    assert run("keys", "show", tmp_path / "k.pem").exit_code == 0


def test_a_public_key_is_named_by_its_line_its_file_or_its_pem(run: Run, keys: dict[str, Path], tmp_path: Path) -> None:
    run("report", "-o", tmp_path / "r.json")
    told = keys["ours"].read_text("utf-8").splitlines()
    pem = tmp_path / "only.pem"
    pem.write_text("\n".join(told[2:]), "utf-8")
    for named in (told[1], keys["ours"], pem):
        assert run("verify", tmp_path / "r.json", "--key", named, "--alone").exit_code == 0, named


def other_kind(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def test_what_is_no_key_is_refused_in_one_line(
    run: Run, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("report", "-o", tmp_path / "r.json")
    other_kind(tmp_path / "ec.pem")
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    (tmp_path / "ec.pub").write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "none.txt").write_text("nothing", "utf-8")
    (tmp_path / "torn.pub").write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "utf-8")
    line = keys["ours"].read_text("utf-8").splitlines()[1]
    refused = ("ec.pub", "none.txt", "torn.pub", "ours.pem", "missing", line[:-1] + ("A" if line[-1] != "A" else "B"))
    for named in refused:
        given = named if named.startswith("casualty") else tmp_path / named
        result = run("verify", tmp_path / "r.json", "--key", given, "--alone")
        assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1), (named, result.output)
    for named in ("ec.pem", "none.txt", "missing"):
        monkeypatch.setenv("CASUALTY_FIGURES_KEY", str(tmp_path / named))
        result = run("report", "-o", tmp_path / "n.json")
        assert (result.exit_code, (tmp_path / "n.json").exists()) == (1, False)
        assert result.stderr.startswith("error: CASUALTY_FIGURES_KEY: ")
