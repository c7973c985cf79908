"""The answer to a question about claims: the verdicts, on which state of the record they rest, how to repeat them."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reports.claims.checked import Checked
from reports.figure_json import exact_instant_text
from reports.provenance import Checkpoint


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What was asked and what was found.

    Attributes:
        asked: the words of the claim and the options given, by the names of the options, for asking again.
        draft: the text whose numbers were checked, where it was a document; claims' offsets point into it.
        checkpoint: the ledger's state that was read.
    """

    checked: tuple[Checked, ...]
    asked: Mapping[str, str]
    checkpoint: Checkpoint
    generated: datetime
    software: str
    draft: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def command(self) -> str:
        """The command that asks the same of the same state of the store."""
        words = [self.asked["text"]] if "text" in self.asked else []
        for name, value in self.asked.items():
            if name != "text":
                words += [f"--{name.replace('_', '-')}", *([value] if value else [])]
        if self.checkpoint.at is not None and "as_recorded_on" not in self.asked:
            words += ["--as-recorded-on", exact_instant_text(self.checkpoint.at)]
        return shlex.join(["casualty-figures", "check", *words])
