"""The Merkle tree against RFC 9162: roots by definition, proofs that hold, and proofs that must not."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.ledger import (
    EMPTY_ROOT,
    Tree,
    completed_nodes,
    extends,
    includes,
    leaf_hash,
    node_hash,
    root_of,
    root_with,
    stretches_without,
)


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162 2.1.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


def tree_of(leaves: list[bytes]) -> Tree:
    stored: dict[tuple[int, int], bytes] = {}
    for position, leaf in enumerate(leaves):
        for level, index, digest in completed_nodes(position, leaf, lambda lvl, idx: stored[lvl, idx]):
            stored[level, index] = digest
    return Tree(lambda level, index: stored[level, index])


sizes = st.integers(min_value=1, max_value=70)


def test_the_root_of_an_empty_ledger_is_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256().digest() == tree_of([]).root(0)


@given(sizes)
def test_every_root_is_the_one_that_the_standard_defines(size: int) -> None:
    leaves = leaves_of(size)
    assert root_of(leaves) == root_by_definition(leaves) == tree_of(leaves).root(size)


@given(sizes, st.data())
def test_an_inclusion_proof_holds_for_its_entry_and_for_no_other(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = tree_of(leaves).inclusion_proof(index, size)
    root = root_of(leaves)
    assert includes(leaves[index], index, size, proof, root)
    assert not includes(leaf_hash(b"another"), index, size, proof, root)
    assert not includes(leaves[index], index, size, [*proof, root], root)
    assert not includes(leaves[index], size, size, proof, root)
    if proof:
        assert not includes(leaves[index], index, size, proof[:-1], root)


@given(sizes, st.data())
def test_a_consistency_proof_holds_for_a_longer_ledger_and_fails_for_a_rewritten_one(
    size: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, size))
    leaves = leaves_of(size)
    old, new = root_of(leaves[:first]), root_of(leaves)
    proof = tree_of(leaves).consistency_proof(first, size)
    assert extends(first, old, size, new, proof)
    assert not extends(first, old, size, new, [*proof, new])
    if first:
        rewritten = root_of([leaf_hash(b"rewritten"), *leaves[1:]])
        rewritten_proof = tree_of([leaf_hash(b"rewritten"), *leaves[1:]]).consistency_proof(first, size)
        assert not extends(first, old, size, rewritten, rewritten_proof)
    if 0 < first < size:
        assert not extends(first, old, size, new, [])
        assert not extends(size, new, first, old, proof)


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_there_is_no_proof_for_an_entry_that_the_ledger_does_not_hold(index: int, size: int) -> None:
    with pytest.raises(IndexError, match="not in a ledger"):
        tree_of(leaves_of(3)).inclusion_proof(index, size)


def test_a_shorter_ledger_never_extends_a_longer_one() -> None:
    with pytest.raises(IndexError, match="does not extend"):
        tree_of(leaves_of(3)).consistency_proof(3, 2)


@given(sizes, st.data())
def test_cited_leaves_and_the_stretches_between_them_give_the_root_and_nothing_else_does(
    size: int, data: st.DataObject
) -> None:
    leaves = leaves_of(size)
    places = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    cited = {place: leaves[place] for place in places}
    stretches = stretches_without(places, leaves)
    assert root_with(cited, size, stretches) == root_of(leaves)
    assert root_with(cited, size, [*stretches, leaf_hash(b"more")]) is None
    assert root_with({**cited, max(places): leaf_hash(b"other")}, size, stretches) != root_of(leaves)
    if stretches:
        assert root_with(cited, size, stretches[:-1]) is None


def test_for_one_leaf_the_stretches_are_its_audit_path_and_for_all_there_are_none() -> None:
    leaves = leaves_of(11)
    assert set(stretches_without([6], leaves)) == set(tree_of(leaves).inclusion_proof(6, 11))
    assert stretches_without(range(11), leaves) == []
    assert stretches_without([], []) == []
    assert root_with({}, 3, []) is None
    assert root_with({3: leaves[3]}, 3, []) is None
