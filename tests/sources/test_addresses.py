from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import LONGEST_ADDRESS, canonical_address, host_of, is_address, printable
from sources.errors import RefusedAddress


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org:80/a", "https://example.org:80/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part-2", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&UTM_Medium=y", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&id=7&gclid=2&page=2", "https://example.org/a?id=7&page=2"),
        ("https://example.org/a?b=2&a=1&&b=1", "https://example.org/a?b=2&a=1&b=1"),
        ("https://example.org/a?mc_cid=1&mc_eid=2", "https://example.org/a"),
        ("https://example.org/a?%75tm_source=1", "https://example.org/a"),
        ("https://example.org/%7euser/%e2%82%ac", "https://example.org/~user/%E2%82%AC"),
        ("https://example.org/€", "https://example.org/%E2%82%AC"),
        ("https://example.org/a b?c d", "https://example.org/a%20b?c%20d"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../../a", "https://example.org/a"),
        ("https://example.org/a/b/..", "https://example.org/a/"),
        ("https://example.org/a/%2E%2e/b", "https://example.org/b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://BÜCHER。example/", "https://xn--bcher-kva.example/"),
        ("https://ｅｘａｍｐｌｅ.org/", "https://example.org/"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_an_address_has_one_spelling(written: str, canonical: str) -> None:
    assert canonical_address(written) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    "refused",
    [
        "",
        "example.org/a",
        "/a/path",
        "file:///etc/hosts",
        "ftp://example.org/a",
        "javascript://example.org/",
        "http://",
        "http:///a",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1/",
        "http://exa mple.org/",
        "http://exam%70le.org/",
        "https://example.org/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_what_is_no_web_address_is_refused(refused: str) -> None:
    with pytest.raises(RefusedAddress):
        canonical_address(refused)


def test_credentials_are_refused_and_not_repeated_in_the_message() -> None:
    with pytest.raises(RefusedAddress) as refusal:
        canonical_address("https://reader:secret@example.org/a")
    assert "secret" not in str(refusal.value)
    assert "user name or password" in str(refusal.value)


hosts = st.from_regex(r"[a-zA-Z0-9äßéжひ]{1,12}(\.[a-z]{2,5}){1,2}", fullmatch=True)
anything = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@given(scheme=st.sampled_from(["http", "https", "HTTP"]), host=hosts, path=anything, query=anything, fragment=anything)
def test_making_an_address_canonical_twice_changes_nothing_more(
    scheme: str, host: str, path: str, query: str, fragment: str
) -> None:
    try:
        once = canonical_address(f"{scheme}://{host}/{path}?{query}#{fragment}")
    except RefusedAddress:
        return
    assert canonical_address(once) == once
    assert once.isascii()
    assert "#" not in once


@given(names=st.lists(st.from_regex(r"[a-z]{1,3}[0-9]", fullmatch=True), max_size=6))
def test_parameters_that_name_the_page_keep_their_order(names: list[str]) -> None:
    query = "&".join(f"{name}=1&utm_{name}=2" for name in names)
    kept = "&".join(f"{name}=1" for name in names)
    assert canonical_address(f"https://example.org/?{query}") == "https://example.org/" + ("?" + kept if kept else "")


@given(anything)
def test_any_text_is_canonical_or_refused(text: str) -> None:
    with suppress(RefusedAddress):
        assert "\n" not in canonical_address(text)


@pytest.mark.parametrize("where", ["http://a", "HTTPS://a", "file:///a", "gopher://a"])
def test_words_with_a_scheme_are_an_address(where: str) -> None:
    assert is_address(where)


@pytest.mark.parametrize("where", ["-", "a.txt", "/a/b.html", "C:\\a.txt", "mailto:a", "//a/b", "3http://a"])
def test_words_without_a_scheme_are_a_path(where: str) -> None:
    assert not is_address(where)


def test_the_host_of_an_address_comes_without_its_port() -> None:
    assert host_of("http://example.org:8080/a") == "example.org"


def test_what_a_message_shows_is_one_short_line() -> None:
    assert printable("a\nb\x1b[31m") == "a\\x0ab\\x1b[31m"
    assert len(printable("a" * 500)) == 200
