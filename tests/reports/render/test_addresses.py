"""Which addresses may become links."""

import pytest

from reports.render.addresses import web_address


@pytest.mark.parametrize("address", ["https://gazette.example/a?b=c#d", "http://gazette.example:8080/"])
def test_a_web_address_with_a_host_may_be_a_link(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//gazette.example/a",
        "https:///a",
        "https://gazette.example/a b",
        "https://gazette.example/\u202eevil",
        "https://gazette.example/\x00",
        "https://someone:secret@gazette.example/",
        "https://[::1/",
    ],
)
def test_anything_else_is_plain_text(address: str | None) -> None:
    assert web_address(address) is None
