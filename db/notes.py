"""
A checkpoint as text, and its signature: C2SP tlog-checkpoint and signed-note (https://c2sp.org), with Ed25519.

A key is named after itself, so that nothing beside it needs to be configured: `casualty-figures/` and the first 16
hex digits of the SHA-256 of its 32 bytes. That name is also the origin of what the key signs: one key, one ledger.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

UNSIGNED_ORIGIN = "casualty-figures"
"""The origin of a checkpoint that nobody signed."""
_ED25519 = b"\x01"
SIGNATURE = r"casualty-figures/[0-9a-f]{16} [A-Za-z0-9+/]{91}="
"""A signature on one line, without the dash that begins it in a note: the key's name, then base64 of 68 bytes."""
VERIFIER = r"casualty-figures/[0-9a-f]{16}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}"
"""A public key on one line: its name, its key hash, base64 of 33 bytes."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signatures can be checked; `raw` are the 32 bytes of RFC 8032."""

    raw: bytes

    @classmethod
    def of(cls, key: Ed25519PrivateKey | Ed25519PublicKey) -> Self:
        """The public half of a key."""
        return cls((key.public_key() if isinstance(key, Ed25519PrivateKey) else key).public_bytes_raw())

    @classmethod
    def from_verifier(cls, line: str) -> Self:
        """
        The key that a line of the form `VERIFIER` gives.

        Raises:
            ValueError: its parts do not belong together.
        """
        raw = b64decode(line.split("+", 2)[2])[1:] if re.fullmatch(VERIFIER, line) else b""
        key = cls(raw)
        if key.verifier != line:
            raise ValueError("its name and key hash are not those of its key")
        return key

    @property
    def id(self) -> str:
        """The key's short id, 16 hex digits."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    @property
    def name(self) -> str:
        """The key's name in signatures."""
        return f"casualty-figures/{self.id}"

    @property
    def hash(self) -> bytes:
        """The four bytes that stand before a signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:4]

    @property
    def verifier(self) -> str:
        """The key on one line, as tools for signed notes take it."""
        return f"{self.name}+{self.hash.hex()}+{b64encode(_ED25519 + self.raw).decode()}"


def note_text(size: int, root: str, origin: str = UNSIGNED_ORIGIN) -> str:
    """
    The text that is signed: origin, entries, Merkle root (given in hex) in base64, each on a line.

    >>> note_text(3, "00" * 32).splitlines()[1]
    '3'
    """
    return f"{origin}\n{size}\n{b64encode(bytes.fromhex(root)).decode()}\n"


def note(size: int, root: str, signature: str | None = None) -> str:
    """The whole note: the text, and the signature (`SIGNATURE`) if there is one."""
    if signature is None:
        return note_text(size, root)
    return f"{note_text(size, root, signer_of(signature))}\n— {signature}\n"


def signer_of(signature: str) -> str:
    """The name of the key that is said to have signed."""
    return signature.partition(" ")[0]


def sign(size: int, root: str, key: Ed25519PrivateKey) -> str:
    """The signature of a checkpoint, as `SIGNATURE` describes it."""
    public = PublicKey.of(key)
    signed = key.sign(note_text(size, root, public.name).encode())
    return f"{public.name} {b64encode(public.hash + signed).decode()}"


def is_signed_by(key: PublicKey, size: int, root: str, signature: str) -> bool:
    """Whether a signature that bears this key's name is the key's, on this very checkpoint."""
    if not re.fullmatch(SIGNATURE, signature) or signer_of(signature) != key.name:
        return False
    given = b64decode(signature.partition(" ")[2])
    if given[:4] != key.hash:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(given[4:], note_text(size, root, key.name).encode())
    except InvalidSignature:
        return False
    return True
