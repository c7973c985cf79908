"""The formats in which a report or one figure is written: which ending chooses which renderer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Renderer = Callable[[Any], str | bytes]


class Unrenderable(Exception):
    """An answer that a format cannot be made of; the message says what was in the way."""


class NotShown(UserWarning):
    """What a format could not show of an answer; the message says what, and that the file says so too."""


@dataclass(frozen=True, slots=True)
class Format:
    """
    One format: the function that renders it and the optional library that it needs.

    Attributes:
        place: "module function" below `reports.render`.
        needs: an import that an extra brings; None where nothing more is needed.
        extra: the name of that extra.
        most: figures that it can hold; None: any number.
        is_proved: whether it keeps what ties each figure to the ledger, and a timestamp.
    """

    place: str
    needs: str | None = None
    extra: str | None = None
    most: int | None = None
    is_proved: bool = False

    def renderer(self) -> Renderer:
        """
        The function that renders it.

        Raises:
            ModuleNotFoundError: the extra that it needs is not installed.
        """
        if self.needs is not None:
            import_module(self.needs)
        module, name = self.place.split()
        renderer: Renderer = getattr(import_module(f"reports.render.{module}"), name)
        return renderer


REPORT_FORMATS = {
    ".html": Format("html html"),
    ".htm": Format("html html"),
    ".md": Format("markdown markdown"),
    ".json": Format("json json", is_proved=True),
    ".csv": Format("csv csv"),
    ".xlsx": Format("xlsx xlsx", needs="xlsxwriter", extra="xlsx"),
    ".prov.json": Format("w3c_prov prov_json"),
    ".provn": Format("w3c_prov prov_n"),
    ".jsonld": Format("jsonld jsonld"),
    ".pdf": Format("pdf.report pdf", needs="typst", extra="pdf", most=7_000),
    ".zip": Format("package package", is_proved=True),
}
"""What `report` writes."""
FIGURE_FORMATS = {
    ".html": Format("figure.html html"),
    ".htm": Format("figure.html html"),
    ".md": Format("figure.markdown markdown"),
    ".txt": Format("figure.text text"),
    ".pdf": Format("pdf.figure pdf", needs="typst", extra="pdf"),
    ".json": Format("figure.json json"),
    ".csv": Format("figure csv"),
    ".xlsx": Format("figure xlsx", needs="xlsxwriter", extra="xlsx"),
    ".prov.json": Format("figure prov_json"),
    ".provn": Format("figure prov_n"),
    ".jsonld": Format("figure jsonld"),
    ".bib": Format("figure bibtex"),
    ".ris": Format("figure ris"),
}
"""What `show` writes."""

CHART_FORMATS = {
    ".svg": Format("drawing svg"),
    ".png": Format("drawing png", needs="resvg_py", extra="charts"),
}
"""What `chart` writes."""


def ending_of(name: str, endings: Iterable[str]) -> str | None:
    """
    The ending that chooses a format, the longest that fits; letter case does not count.

    >>> ending_of("Toll.PROV.JSON", [".json", ".prov.json"]), ending_of("toll.docx", [".json"])
    ('.prov.json', None)
    """
    fitting = [ending for ending in endings if name.lower().endswith(ending) and len(name) > len(ending)]
    return max(fitting, key=len, default=None)
