"""Files of keys: Ed25519 as PEM (PKCS #8, RFC 8410), and the keys that a reader names to check signatures."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from db.notes import VERIFIER, PublicKey
from tracker.errors import UnusableKey, UnwritableFile
from tracker.settings import KEY, KEY_PASSPHRASE

_MOST_BYTES = 100_000
_PEM_PUBLIC = re.compile(r"-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----")


def new_key(path: Path, environment: Mapping[str, str] = os.environ) -> PublicKey:
    """
    Make a private key and write it to a file that only its owner reads, encrypted where a passphrase is set.

    Raises:
        UnwritableFile: there is a file already, or none can be made.
    """
    key = Ed25519PrivateKey.generate()
    passphrase = _passphrase(environment)
    sealed = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise UnwritableFile(f"{path} exists, and a key is never overwritten: choose another name with -o") from error
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written ({error.strerror}): choose another place with -o") from error
    return PublicKey.of(key)


def private_key(path: Path, environment: Mapping[str, str] = os.environ) -> Ed25519PrivateKey:
    """
    The private key in a file.

    Raises:
        UnusableKey: it cannot be read, is no Ed25519 key, or its passphrase is missing or wrong.
    """
    content = _content(path)
    passphrase = _passphrase(environment)
    try:
        key = load_pem_private_key(content, passphrase)
    except TypeError as error:  # a passphrase where none is needed, or none where one is
        if passphrase is not None:
            key = load_pem_private_key(content, None)
        else:
            raise UnusableKey(f"{path} is encrypted: set {KEY_PASSPHRASE}") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        hint = f"check {KEY_PASSPHRASE}" if b"ENCRYPTED" in content else "make one with `casualty-figures keys new`"
        raise UnusableKey(f"{path} holds no private key that can be read: {hint}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"{path} holds a key of another kind than Ed25519: make one with `casualty-figures keys new`")
    return key


def signing_key(path: Path | None) -> Ed25519PrivateKey | None:
    """
    The key with which checkpoints are signed, where the settings name one.

    Raises:
        UnusableKey: it cannot be used; a report is not left unsigned for that.
    """
    try:
        return private_key(path) if path else None
    except UnusableKey as error:
        raise UnusableKey(f"{KEY}: {error}") from error


def public_key(path: Path) -> PublicKey:
    """The public key of a file that holds a private or a public one."""
    if b"PRIVATE KEY" in _content(path):
        return PublicKey.of(private_key(path))
    return _keys_in(path)[0]


def public_pem(key: PublicKey) -> str:
    """A public key as PEM, as openssl reads it."""
    loaded = Ed25519PublicKey.from_public_bytes(key.raw)
    return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def named_keys(named: Iterable[str]) -> list[PublicKey]:
    """
    The public keys that somebody names: each a key on one line, or a file that holds keys so or as PEM.

    Raises:
        UnusableKey: no key can be read there.
    """
    found: dict[bytes, PublicKey] = {}
    for one in named:
        keys = _verifiers(one, one) if re.fullmatch(VERIFIER, one) else _keys_in(Path(one))
        found |= {key.raw: key for key in keys}
    return list(found.values())


def _keys_in(path: Path) -> list[PublicKey]:
    content = _content(path)
    if b"PRIVATE KEY" in content:
        raise UnusableKey(f"{path} holds a private key: name the public one, as `casualty-figures keys show` prints it")
    text = content.decode("utf-8", errors="replace")
    keys = _verifiers(text, str(path)) or [_pem(block, path) for block in _PEM_PUBLIC.findall(text)]
    if not keys:
        raise UnusableKey(f"{path} holds no public key: `casualty-figures keys show` prints one")
    return keys


def _verifiers(text: str, where: str) -> list[PublicKey]:
    try:
        return [PublicKey.from_verifier(line) for line in re.findall(VERIFIER, text)]
    except ValueError as error:
        raise UnusableKey(f"{where}: {error}; copy the whole line that `casualty-figures keys show` prints") from error


def _pem(block: str, path: Path) -> PublicKey:
    try:
        key = load_pem_public_key(block.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKey(f"{path} holds a public key that cannot be read: copy it again") from error
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey(f"{path} holds a public key of another kind than Ed25519")
    return PublicKey.of(key)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise UnusableKey(f"{path} cannot be read ({error.strerror}): name the file of a key") from error


def _passphrase(environment: Mapping[str, str]) -> bytes | None:
    return environment[KEY_PASSPHRASE].encode() if environment.get(KEY_PASSPHRASE) else None
