"""One figure as one HTML page: no script, no outside request, every word from outside escaped."""

from reports import narration
from reports.render.citing import FORMS
from reports.render.html import environment
from reports.shown import Shown, facts


def html(shown: Shown) -> str:
    """The figure as one HTML document; the same figure gives the same bytes."""
    citation = shown.citation
    return (
        environment()
        .get_template("figure.html.j2")
        .render(
            shown=shown,
            facts=list(facts(shown)),
            cited=[(name, form(citation).strip()) for name, form in FORMS.items()],
            basis=narration.basis_words(shown.checkpoint, shown.software),
        )
    )
