"""One figure as JSON: in full, with its history, relays, origin and citations."""

from typing import Any

import orjson

from reports.figure_json import Json, figure_json, origin_json, relay_json, series_json
from reports.render.citing import FORMS
from reports.render.citing.csl import csl_item
from reports.shown import Shown


def json(shown: Shown) -> str:
    """What `show --json` prints, indented."""
    return orjson.dumps(shown_json(shown), option=orjson.OPT_INDENT_2).decode() + "\n"


def shown_json(shown: Shown) -> Json:
    """
    The provenance of one figure.

    `citations` begins with the plain one; `citation_forms` has each form by its name, CSL as JSON.
    """
    citation = shown.citation
    forms: dict[str, Any] = {name: form(citation) for name, form in FORMS.items()}
    return {
        **figure_json(shown.figure),
        "history": series_json(shown.history) if shown.history else None,
        "relays": [relay_json(relay, figure_json) for relay in shown.relays],
        "origin_trace": origin_json(shown.origin) if shown.origin else None,
        "citations": [forms["plain"]],
        "citation_forms": forms | {"csl": [csl_item(citation)]},
    }
