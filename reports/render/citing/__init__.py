"""One citation in the forms that footnotes, encyclopaedias and reference managers take, each with its own escapes."""

from collections.abc import Callable, Mapping

from reports.citations import Citation, Form
from reports.render.citing.bibtex import bibtex
from reports.render.citing.csl import csl
from reports.render.citing.ris import ris
from reports.render.citing.text import footnote, plain
from reports.render.citing.wikipedia import wikipedia

FORMS: Mapping[Form, Callable[[Citation], str]] = {
    "plain": plain,
    "footnote": footnote,
    "wikipedia": wikipedia,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
}
"""Every form by its name."""
