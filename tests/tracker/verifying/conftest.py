"""A timestamp authority of our own on loopback (RFC 3161), and a small store to report on."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

Run = Callable[..., Any]
Answer = Callable[..., Any]
FIRST = datetime(2020, 1, 1, tzinfo=UTC)


class Authority:
    """
    Answers timestamp queries as RFC 3161 says; `root` is the file of the certificate to trust.

    `spoil` changes the fields of its TSTInfo, for answers that must not be believed.
    """

    def __init__(self, folder: Path, name: str) -> None:
        root_key = ec.generate_private_key(ec.SECP256R1())
        self._key = ec.generate_private_key(ec.SECP256R1())
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Invented Root {name}")])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Invented Authority {name}")])
        root = _certificate(issuer, issuer, root_key, root_key, is_root=True)
        self._certificate = _certificate(subject, issuer, self._key, root_key, is_root=False)
        self.root = folder / f"root-{name}.pem"
        self.root.write_bytes(root.public_bytes(Encoding.PEM))
        self.spoil: dict[str, Any] = {}
        self.status = "granted"
        self.asked = 0

    def answer(self, request: Request) -> Response:
        self.asked += 1
        assert request.headers["Content-Type"] == "application/timestamp-query"
        query = tsp.TimeStampReq.load(request.get_data())
        reply = tsp.TimeStampResp({"status": {"status": self.status}, "time_stamp_token": self._token(query)})
        return Response(reply.dump(), content_type="application/timestamp-reply")

    def _token(self, query: tsp.TimeStampReq) -> cms.ContentInfo:
        stamp = {
            "version": "v1",
            "policy": "1.2.3.4.1",
            "message_imprint": query["message_imprint"],
            "serial_number": self.asked,
            "gen_time": datetime.now(UTC).replace(microsecond=0),
            "nonce": query["nonce"].native,
        }
        content = tsp.TSTInfo(stamp | self.spoil).dump()
        held = asn1_x509.Certificate.load(self._certificate.public_bytes(Encoding.DER))
        attributes = cms.CMSAttributes([
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            {"type": "signing_certificate_v2", "values": [_signing_certificate(held)]},
        ])  # fmt: skip
        signer = {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": held.issuer, "serial_number": held.serial_number}},
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self._key.sign(attributes.untag().dump(), ec.ECDSA(hashes.SHA256())),
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "certificates": [held],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _signing_certificate(held: asn1_x509.Certificate) -> tsp.SigningCertificateV2:
    digest = hashlib.sha256(held.dump()).digest()
    return tsp.SigningCertificateV2(
        {"certs": [{"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "cert_hash": digest}]}
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST)
        .not_valid_after(datetime.now(UTC) + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False)
    )
    if is_root:
        usage = {"key_cert_sign": True, "crl_sign": True, "digital_signature": False}
    else:
        usage = {"key_cert_sign": False, "crl_sign": False, "digital_signature": True}
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purposes, critical=True)
    none = (
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    )
    return builder.add_extension(x509.KeyUsage(**usage, **dict.fromkeys(none, False)), critical=True).sign(
        signed_by, hashes.SHA256()
    )


@pytest.fixture
def authority(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that the settings name."""
    made = Authority(tmp_path, "one")
    httpserver.expect_request("/stamp", method="POST").respond_with_handler(made.answer)
    monkeypatch.setenv("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY", httpserver.url_for("/stamp"))
    monkeypatch.setenv("CASUALTY_FIGURES_ALLOW_NETWORKS", "127.0.0.0/8")
    return made


PAGE = """<html lang="en"><head><title>Flood in the east</title></head><body><article><h1>Flood in the east</h1>
<p>At least {number} people were killed in the flood on {day}, according to the {issuer}, and roads to the coast stayed
closed for a second day while rescue teams were still at work in the evening.</p></article></body></html>"""


@pytest.fixture
def take_in(answer: Answer, tmp_path: Path) -> Callable[..., str]:
    """`take_in(40, "2024-05-05")`: a page with one figure is ingested under the event; gives the figure's id."""
    answer("events", "add", "Ruritania flood")

    def ingested(number: int, published: str, issuer: str = "Ruritania Relief Fund", name: str = "one") -> str:
        page = tmp_path / f"{name}-{number}.html"
        page.write_text(PAGE.format(number=number, day="Sunday", issuer=issuer), encoding="utf-8")
        address = f"https://courier.example/{name}/{number}?a=1"
        given = ("--publisher", "The Invented Courier", "--published", published, "--event", "Ruritania flood")
        before = {one["id"] for one in answer("figures")["figures"]}
        answer("ingest", page, "--address", address, *given)
        (new,) = {one["id"] for one in answer("figures")["figures"]} - before
        return str(new)

    return ingested


@pytest.fixture
def keys(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Files of public keys: `ours` signs from now on, `other` does not."""
    for name in ("ours", "other"):
        assert run("keys", "new", "-o", tmp_path / f"{name}.pem").exit_code == 0
        (tmp_path / f"{name}.pub").write_text(run("keys", "show", tmp_path / f"{name}.pem").stdout, encoding="utf-8")
    monkeypatch.setenv("CASUALTY_FIGURES_KEY", str(tmp_path / "ours.pem"))
    return {name: tmp_path / f"{name}.pub" for name in ("ours", "other")}
