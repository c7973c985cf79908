"""A report made earlier, read back from its JSON."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from db.notes import SIGNATURE
from db.proofs import EntryProof
from db.records import Definition, RecordedFigure
from reports.earlier.figures import Hex64, definition_of, figure_of
from reports.positions import PairRelation
from reports.provenance import Checkpoint

Size = Annotated[int, Field(strict=True, ge=0, le=2**53)]
Hash64 = Annotated[Sequence[Hex64], Field(max_length=64)]


class UnreadableReport(ValueError):
    """A text that is no report of ours; its message says where that shows."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ToldPosition(_Told):
    """Where one authority stands."""

    authority: str
    figures: tuple[Hex64, ...]


class ToldDisagreement(_Told):
    """Where sources disagreed, as far as two reports are compared by it."""

    event: str | None
    definition: dict[str, Any]
    relation: PairRelation
    positions: tuple[ToldPosition, ...]
    because: str
    resolved: bool

    @property
    def counted(self) -> Definition:
        """What is counted."""
        return definition_of(self.definition)

    @property
    def authorities(self) -> tuple[str, ...]:
        """Who takes part, by name."""
        return tuple(sorted({position.authority for position in self.positions}))


class ToldStanding(_Told):
    """What one authority last reported."""

    authority: str | None
    figure: Hex64


class _Heading(_Told):
    standings: tuple[ToldStanding, ...]


class _Step(_Told):
    figure: Hex64
    previous: Hex64 | None


class _Series(_Told):
    steps: tuple[_Step, ...]


class _Named(_Told):
    name: str


class _About(_Told):
    event: str | None
    filters: dict[str, str]
    generated: datetime
    software: str


class ToldDocument(_Told):
    """One document that figures stand in."""

    id: Hex64
    address: str | None
    title: str | None
    publisher: str | None
    snapshots: tuple[str, ...]


class _Proof(_Told):
    entry: Annotated[int, Field(strict=True, ge=1)]
    body: str
    path: Hash64
    figures: tuple[tuple[Annotated[int, Field(strict=True, ge=0)], Hex64, str | None], ...]
    stretches: tuple[Hex64, ...]


class _Whole(_Told):
    report: _About
    latest: tuple[_Heading, ...]
    figures: tuple[dict[str, Any], ...]
    series: tuple[_Series, ...]
    disagreements: tuple[ToldDisagreement, ...]
    documents: tuple[ToldDocument, ...]
    sources: tuple[_Named, ...]
    ledger: tuple[_Proof, ...]


@dataclass(frozen=True)
class EarlierReport:
    """
    A report made earlier.

    Attributes:
        filters: by name, as given when it was made.
        standings: what each authority last reported; `figure` is an id.
        referred: every id of a figure that its series, standings and disagreements name.
    """

    event: str | None
    filters: Mapping[str, str]
    generated: datetime
    checkpoint: Checkpoint
    figures: tuple[RecordedFigure, ...]
    standings: tuple[ToldStanding, ...]
    disagreements: tuple[ToldDisagreement, ...]
    documents: tuple[ToldDocument, ...]
    sources: tuple[str, ...]
    proofs: tuple[EntryProof, ...]
    referred: frozenset[str]


def checkpoint_of(content: Any) -> Checkpoint:
    """
    The checkpoint of an answer in JSON.

    Raises:
        UnreadableReport: it has none, or its parts contradict one another.
    """
    try:
        told = content["checkpoint"]
        token = told.get("timestamp")
        found = checked_checkpoint(
            told["size"], told["root"], told.get("signature"), b64decode(token, validate=True) if token else None
        )
    except (AttributeError, KeyError, TypeError, Base64Error) as error:
        raise UnreadableReport("it carries no checkpoint: size and root") from error
    if told.get("note", found.note) != found.note:
        raise UnreadableReport("its checkpoint contradicts itself: the note is not of its size, root and signature")
    return found


def checked_checkpoint(size: Any, root: Any, signature: Any = None, timestamp: bytes | None = None) -> Checkpoint:
    """
    A checkpoint of these parts.

    Raises:
        UnreadableReport: a part has not the form that it must have.
    """
    try:
        parts = _Checkpoint(size=size, root=root, signature=signature)
    except ValidationError as error:
        raise UnreadableReport(f"its checkpoint is none: {one_line(error)}") from error
    return Checkpoint(parts.size, parts.root, None, parts.signature, timestamp)


class _Checkpoint(_Told):
    size: Size
    root: Hex64
    signature: Annotated[str, Field(pattern=f"^{SIGNATURE}$")] | None


def is_report(content: Any) -> bool:
    """Whether an answer in JSON is a report, and not a checked claim or a bare checkpoint."""
    return isinstance(content, dict) and "figures" in content and "report" in content


def read_report(content: Any) -> EarlierReport:
    """
    The report that its JSON tells.

    Raises:
        UnreadableReport: a part of it is missing, or is no such thing; the message says which.
    """
    checkpoint = checkpoint_of(content)
    try:
        told = _Whole.model_validate(content)
    except ValidationError as error:
        raise UnreadableReport(one_line(error)) from error
    if told.report.generated.tzinfo is None:
        raise UnreadableReport("the time at which it was made needs its offset from UTC")
    standings = tuple(one for heading in told.latest for one in heading.standings)
    return EarlierReport(
        event=told.report.event,
        filters=told.report.filters,
        generated=told.report.generated,
        checkpoint=checkpoint,
        figures=tuple(_figure(place, one) for place, one in enumerate(told.figures)),
        standings=standings,
        disagreements=told.disagreements,
        documents=told.documents,
        sources=tuple(one.name for one in told.sources),
        proofs=tuple(_proof(one) for one in told.ledger),
        referred=frozenset(_referred(told, standings)),
    )


def _figure(place: int, told: Mapping[str, Any]) -> RecordedFigure:
    try:
        return figure_of(told)
    except ValidationError as error:
        raise UnreadableReport(f"figures.{place}.{one_line(error)}") from error
    except KeyError as error:
        raise UnreadableReport(f"figures.{place}: it has no {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableReport(f"figures.{place}: {error}") from error


def _proof(told: _Proof) -> EntryProof:
    path, stretches = (tuple(bytes.fromhex(one) for one in hashes) for hashes in (told.path, told.stretches))
    return EntryProof(told.entry, told.body.encode("utf-8", errors="surrogatepass"), path, told.figures, stretches)


def _referred(told: _Whole, standings: Sequence[ToldStanding]) -> set[str]:
    steps = [step for series in told.series for step in series.steps]
    found = {one.figure for one in steps} | {one.figure for one in standings}
    found |= {step.previous for step in steps if step.previous}
    return found | {figure for one in told.disagreements for position in one.positions for figure in position.figures}


def one_line(error: ValidationError) -> str:
    """The first thing that a shape refuses, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
