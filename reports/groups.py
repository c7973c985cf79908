"""Which counts of an event are one count: groups in which every two compare, never joined through a third."""

from collections.abc import Callable, Mapping, Sequence

from reports.comparison import Surroundings, compare
from reports.lines import components, who
from reports.standings import Track

CONFUSED = frozenset({"outcome", "basis", "criteria"})
"""Facets that, alone, set two counts apart which a reader may take for one: such counts are shown side by side."""
Key = tuple[int, int, bool]
"""Two groups of comparable counts (or one twice), and whether the strand holds what stands apart."""
ORDER = {"contradict": 0, "compatible": 1, "agree": 2, "not_comparable": 3}


def groups_of(found: Sequence[Track], event: str | None, surroundings: Surroundings) -> dict[int, tuple[int, ...]]:
    """
    For each track the groups of comparable cores it belongs to.

    Cores that all compare with one another are one group. Where "probably" would have to chain, there are several,
    and a core may belong to more than one: two counts are never joined through a third.
    """
    cores = {track.core.key: track.core for track in found}
    alike: dict[object, list[bytes]] = {}
    for key, core in cores.items():
        alike.setdefault(who(core), []).append(key)

    def comparable(one: bytes, other: bytes) -> bool:
        return compare(
            cores[one], cores[other], first_event=event, second_event=event, surroundings=surroundings
        ).is_comparable

    members: list[frozenset[bytes]] = []
    for keys in alike.values():
        for component in components(keys, comparable):
            members.extend(_all_comparable(component, comparable))
    return {id(track): tuple(p for p, keys in enumerate(members) if track.core.key in keys) for track in found}


def _all_comparable(component: Sequence[bytes], comparable: Callable[[bytes, bytes], bool]) -> list[frozenset[bytes]]:
    """Groups in which every two compare, enough of them that every two that compare share one."""
    near = {one: {other for other in component if one != other and comparable(one, other)} for one in component}
    groups = [frozenset(component)] if len(component) == 1 else []
    for place, one in enumerate(component):
        for other in component[place + 1 :]:
            if other in near[one] and not any({one, other} <= group for group in groups):
                groups.append(_grown({one, other}, component, near))
    return groups


def _grown(group: set[bytes], component: Sequence[bytes], near: Mapping[bytes, set[bytes]]) -> frozenset[bytes]:
    for third in component:
        if group <= near[third]:
            group.add(third)
    return frozenset(group)
