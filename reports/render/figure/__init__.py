"""One renderer for each format of one figure; all of them say what stands in one structure (`reports.shown`)."""

from reports.render.csv import csv as report_csv
from reports.render.jsonld import jsonld as report_jsonld
from reports.shown import Shown, figure_report


def csv(shown: Shown) -> str:
    """The figure, its neighbours in its series and its relays as CSV."""
    return report_csv(figure_report(shown))


def jsonld(shown: Shown) -> str:
    """The same as JSON-LD."""
    return report_jsonld(figure_report(shown))


def xlsx(shown: Shown) -> bytes:
    """The same as a workbook."""
    from reports.render.xlsx import xlsx as report_xlsx

    return report_xlsx(figure_report(shown))


def prov_json(shown: Shown) -> str:
    """The same as PROV-JSON."""
    from reports.render.w3c_prov import prov_json as report_prov_json

    return report_prov_json(figure_report(shown))


def prov_n(shown: Shown) -> str:
    """The same as PROV-N."""
    from reports.render.w3c_prov import prov_n as report_prov_n

    return report_prov_n(figure_report(shown))


def bibtex(shown: Shown) -> str:
    """How to cite the figure, as BibTeX."""
    from reports.render.citing.bibtex import bibtex as cited

    return cited(shown.citation) + "\n"


def ris(shown: Shown) -> str:
    """How to cite the figure, as RIS."""
    from reports.render.citing.ris import ris as cited

    return cited(shown.citation)
