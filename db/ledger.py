"""
The Merkle tree of the ledger (RFC 9162 section 2.1): hashes, roots, and the two kinds of proof.

Everything here is pure. `Tree` asks for the hashes of complete subtrees through one function, so that a root
or a proof over millions of entries reads only O(log n) stored nodes.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

Hash = bytes
EMPTY_ROOT: Hash = hashlib.sha256().digest()
"""The root of a tree without entries (RFC 9162 2.1.1)."""


def leaf_hash(entry: bytes) -> Hash:
    """The hash of one entry's bytes, with the 0x00 prefix that keeps leaves apart from nodes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The hash of an inner node, with the 0x01 prefix."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[Hash]) -> Hash:
    """
    The Merkle root over leaf hashes, in order.

    >>> root_of([]) == EMPTY_ROOT
    True
    """
    peaks: list[tuple[int, Hash]] = []  # complete subtrees from left to right: (level, hash)
    for leaf in leaves:
        level, current = 0, leaf
        while peaks and peaks[-1][0] == level:
            current = node_hash(peaks.pop()[1], current)
            level += 1
        peaks.append((level, current))
    return _fold([subtree for _, subtree in peaks])


def _fold(peaks: Sequence[Hash]) -> Hash:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def completed_nodes(size: int, leaf: Hash, stored: Callable[[int, int], Hash]) -> list[tuple[int, int, Hash]]:
    """
    The complete subtrees that appending one leaf to a tree of `size` entries closes.

    Args:
        size: entries before the append.
        stored: (level, index) -> hash of a complete subtree of 2**level leaves.
    Returns:
        (level, index, hash), from level 0 upward; level 0 is the leaf itself.
    """
    nodes = [(0, size, leaf)]
    level, index, current = 0, size, leaf
    while index % 2 == 1:
        current = node_hash(stored(level, index - 1), current)
        level, index = level + 1, index // 2
        nodes.append((level, index, current))
    return nodes


class Tree:
    """Roots and proofs over the first `size` entries, from the stored hashes of complete subtrees."""

    def __init__(self, stored: Callable[[int, int], Hash]) -> None:
        """`stored` gives the hash of the complete subtree (level, index); level 0 is a leaf."""
        self._stored = stored

    def root(self, size: int) -> Hash:
        """The root over the first `size` entries."""
        return self._range(0, size)

    def inclusion_proof(self, index: int, size: int) -> list[Hash]:
        """
        The audit path of entry `index` in the tree of `size` entries (RFC 9162 2.1.3.1).

        Raises:
            IndexError: there is no such entry in a tree of that size.
        """
        if not 0 <= index < size:
            raise IndexError(f"entry {index} is not in a ledger of {size} entries")
        return self._path(index, 0, size)

    def consistency_proof(self, first: int, second: int) -> list[Hash]:
        """
        The proof that the tree of `second` entries extends the tree of `first` entries (RFC 9162 2.1.4.1).

        Raises:
            IndexError: `first` is not between 0 and `second`.
        """
        if not 0 <= first <= second:
            raise IndexError(f"a ledger of {second} entries does not extend one of {first}")
        if first in (0, second):
            return []
        return self._subproof(first, 0, second, complete=True)

    def _range(self, start: int, end: int) -> Hash:
        if start == end:
            return EMPTY_ROOT
        width = end - start
        if width & (width - 1) == 0 and start % width == 0:
            return self._stored(width.bit_length() - 1, start // width)
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[Hash]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._range(middle, end)]
        return [*self._path(index, middle, end), self._range(start, middle)]

    def _subproof(self, first: int, start: int, end: int, *, complete: bool) -> list[Hash]:
        if first == end:
            return [] if complete else [self._range(start, end)]
        middle = start + _split(end - start)
        if first <= middle:
            return [*self._subproof(first, start, middle, complete=complete), self._range(middle, end)]
        return [*self._subproof(first, middle, end, complete=False), self._range(start, middle)]


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def stretches_without(cited: Collection[int], leaves: Sequence[Hash]) -> list[Hash]:
    """
    What it takes, beside the cited leaves, to compute the root: of every widest subtree without a cited leaf its root.

    For one cited leaf this is its audit path, from left to right; for all of them it is empty.
    """
    places = sorted(cited)

    def stretch(start: int, end: int) -> list[Hash]:
        if bisect_left(places, end) == bisect_left(places, start):
            return [root_of(leaves[start:end])]
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        return stretch(start, middle) + stretch(middle, end)

    return stretch(0, len(leaves)) if leaves else []


def root_with(cited: Mapping[int, Hash], size: int, stretches: Iterable[Hash]) -> Hash | None:
    """The root over `size` leaves from the cited ones and the stretches between them; None where these do not fit."""
    places, rest = sorted(cited), iter(stretches)

    def root(start: int, end: int) -> Hash:
        at = bisect_left(places, start)
        if at == len(places) or places[at] >= end:
            return next(rest)
        if end - start == 1:
            return cited[start]
        middle = start + _split(end - start)
        left = root(start, middle)
        return node_hash(left, root(middle, end))

    if not places or places[0] < 0 or places[-1] >= size:
        return None
    try:
        found = root(0, size)
    except StopIteration:
        return None
    return found if next(rest, None) is None else None


def includes(leaf: Hash, index: int, size: int, proof: Sequence[Hash], root: Hash) -> bool:
    """Whether the audit path shows that `leaf` stands at `index` under `root` (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, current = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            current = node_hash(step, current)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            current = node_hash(current, step)
        position, last = position >> 1, last >> 1
    return last == 0 and current == root


def extends(first: int, first_root: Hash, second: int, second_root: Hash, proof: Sequence[Hash]) -> bool:
    """Whether the proof shows that the second tree extends the first (RFC 9162 2.1.4.2)."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path or first > second:
        return False
    position, last = first - 1, second - 1
    while position % 2 == 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, step)
        position, last = position >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
