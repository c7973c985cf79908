"""English headings of tables of casualties, gathered from situation reports and list articles."""

from sources.extract.english import listed
from sources.extract.english.outcomes import NOUNS, PARTICIPLES, STATES

HEADINGS: dict[str, str] = {
    **{phrase: outcome for phrase, outcome in {**STATES, **PARTICIPLES, **NOUNS}.items() if outcome},
    **dict.fromkeys(["death toll", "toll", "number of deaths", "number killed", "lives lost"], "killed"),
    **dict.fromkeys(["number injured", "number of injuries", "hurt"], "injured"),
}
"""Words of a heading that say what befell those whom its column counts."""

TOTALS = frozenset({*listed("total totals all overall sum number of"), "grand total"})
"""Labels of the row, or words of a heading, that restrict nothing."""

COLUMNS_OF_PLACES = frozenset(
    listed(
        "district province governorate region city town village state country place area location county municipality"
        " department oblast community site camp neighbourhood neighborhood"
    )
)
"""Headings of a first column that holds places."""

COLUMNS_OF_DAYS = frozenset({*listed("date day"), "as of", "report date"})
"""Headings of a first column that holds the days up to which the rows count."""
