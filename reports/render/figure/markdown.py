"""One figure as Markdown: its words, what is known of it, and how to cite it."""

import re

from reports import narration, sentences
from reports.render.citing import FORMS
from reports.render.markdown import escaped
from reports.shown import Shown, facts


def markdown(shown: Shown) -> str:
    """The figure as one Markdown text; the same figure gives the same text."""
    evidence = shown.figure.figure.evidence
    title = sentences.capital(sentences.figure_words(shown.figure.figure))
    quote = f"{escaped(evidence.prefix)} **{escaped(evidence.quote)}** {escaped(evidence.suffix)}".strip()
    told = [f"- {label}: {escaped(text)}" for label, text in facts(shown)]
    parts = [
        f"# {escaped(title)}",
        f"> {quote}",
        "\n".join([*told, f"- id: {shown.figure.id}"]),
        "## How to cite it",
        *(f"{name}:\n\n{_fenced(form(shown.citation))}" for name, form in FORMS.items()),
        "## How to verify this",
        escaped(f"{narration.FIGURE_PURPOSE} {narration.basis_words(shown.checkpoint, shown.software)}"),
    ]
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    """A block of code whose fence is longer than any run of its own character in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.strip()}\n{fence}"
