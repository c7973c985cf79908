"""Timestamps of checkpoints (RFC 3161): asked of an authority that the settings name, checked against a root."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from sources.errors import FetchFailed
from sources.fetch import Limits, post
from tracker.errors import MissingExtra, UnusableKey
from tracker.settings import AUTHORITY

LIMITS = Limits(total=30.0, most_bytes=1_000_000)
_MOST_BYTES = 1_000_000


def stamped(address: str, note: str, *, allow_networks: Sequence[str] = ()) -> bytes:
    """
    The authority's answer (TimeStampResp, DER) for the SHA-256 of a checkpoint's note.

    Raises:
        MissingExtra: the extra `timestamp` is not installed.
        FetchFailed: the authority does not answer, refuses, or stamps something else.
        RefusedAddress, TooLarge: see `sources.fetch`.
    """
    library = _library()
    message = note.encode()
    builder = library.TimestampRequestBuilder().data(message).hash_algorithm(library.HashAlgorithm.SHA256)
    request = builder.build()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    answer = post(address, request.as_bytes(), headers, allow_networks=allow_networks, limits=LIMITS)
    try:
        response = library.decode_timestamp_response(answer.body)
        is_ours = response.tst_info.nonce == request.nonce and _imprint(response.tst_info) == _imprint(request)
    except ValueError as error:
        raise FetchFailed(f"{AUTHORITY}: {answer.name} gave no timestamp ({_said(error)})") from error
    if response.status != library.PKIStatus.GRANTED or not is_ours:
        raise FetchFailed(f"{AUTHORITY}: {answer.name} did not stamp what it was sent (status {response.status})")
    return answer.body


def stamped_at(token: bytes) -> datetime | None:
    """The time that a timestamp says, unchecked; None where it is none."""
    try:
        found: datetime = _library().decode_timestamp_response(token).tst_info.gen_time
    except ValueError:
        return None
    return found


def fault_of(token: bytes, note: str, roots: Sequence[Any]) -> str | None:
    """Why a timestamp does not prove that a checkpoint's note stood at its time; None where it does."""
    library = _library()
    builder = library.VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(library.decode_timestamp_response(token), note.encode())
    except (ValueError, library.VerificationError) as error:
        return _said(error)
    return None


def is_of(token: bytes, note: str) -> bool:
    """Whether a timestamp names the hash of this note; who gave it is another question."""
    try:
        return _imprint(_library().decode_timestamp_response(token).tst_info) == hashlib.sha256(note.encode()).digest()
    except ValueError:
        return False


def root_certificates(path: Path) -> list[Any]:
    """
    The certificates (PEM, or one in DER) in a file.

    Raises:
        UnusableKey: there is none.
    """
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
        if b"-----BEGIN" in content:
            return list(load_pem_x509_certificates(content))
        return [load_der_x509_certificate(content)]
    except OSError as error:
        raise UnusableKey(f"{path} cannot be read ({error.strerror}): name the authority's root certificate") from error
    except ValueError as error:
        raise UnusableKey(
            f"{path} holds no certificate: name the root certificate of the timestamp authority"
        ) from error


def _imprint(stamp: Any) -> bytes:
    """The hash that a query asks to be stamped, or that a stamp is of."""
    imprint: bytes = stamp.message_imprint.message
    return imprint


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _library() -> ModuleType:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        raise MissingExtra("timestamps need an extra: pip install 'casualty-figures[timestamp]'") from error
    return rfc3161_client
