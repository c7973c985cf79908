"""Timestamps of checkpoints: asked of an authority, carried, and believed only for what it stamped."""

from pytest_httpserver import HTTPServer

from tracker.timestamps import fault_of, is_of, root_certificates, stamped, stamped_at


def test_x(authority, httpserver: HTTPServer) -> None:
    token = stamped(httpserver.url_for("/stamp"), "a note\n", allow_networks=["127.0.0.0/8"])
    assert fault_of(token, "a note\n", root_certificates(authority.root)) is None
    assert fault_of(token, "a notes\n", root_certificates(authority.root)) == "Mismatch between messages"
    assert is_of(token, "a note\n") and stamped_at(token)
    (authority.root.parent / "t.tsr").write_bytes(token)
    (authority.root.parent / "note").write_text("a note\n")
    import subprocess

    print(
        subprocess.run(
            ["openssl", "ts", "-verify", "-in", "t.tsr", "-data", "note", "-CAfile", str(authority.root)],
            cwd=authority.root.parent,
            capture_output=True,
            text=True,
        )
    )
    assert 0
