"""
Typst, confined: it reads no file but the template, asks nothing of the network, knows no fonts but those of packages.

Two machines with the same versions of Typst and of the fonts give the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Literal

import typst

from reports.render.formats import Unrenderable

Standard = Literal["a-2a", "ua-1"]
_NAMED = re.compile(r'(?:the text|contains the (?:disallowed )?codepoint) `"(.*?)"`')
_FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")


class Refused(Unrenderable):
    """
    What Typst would not set.

    Attributes:
        characters: those beyond ASCII that it names as the reason.
    """

    def __init__(self, message: str, diagnostics: str = "") -> None:
        super().__init__(f"Typst could not set it ({message})")
        named = "".join(map(_unescaped, _NAMED.findall(diagnostics)))
        self.characters = frozenset(one for one in named if not one.isascii())


def _unescaped(text: str) -> str:
    """A text as Rust's debugging form writes it."""
    return re.sub(r"\\u\{([0-9a-f]{1,6})\}", lambda code: chr(int(code[1], 16)), text)


@cache
def fonts() -> typst.Fonts:
    """The fonts of packages, and of Typst itself."""
    found = (find_spec(name) for name in _FONT_PACKAGES)
    folders = [place for spec in found if spec for place in spec.submodule_search_locations or ()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def compiled(template: str, data: Mapping[str, str], standards: Sequence[Standard], at: datetime) -> bytes:
    """
    The PDF that a template makes of data.

    Args:
        template: a file's name in `reports/templates`, beyond which nothing is read.
        data: what it finds under `sys.inputs`; text, never run.
        at: the instant that the file bears.
    Raises:
        Refused: a character without a letter, or anything else that the standards forbid.
    """
    try:
        with as_file(files("reports") / "templates" / template) as path:
            return typst.compile(
                path,
                root=path.parent,
                format="pdf",
                font_paths=fonts(),
                sys_inputs=dict(data),
                pdf_standards=list(standards),
                timestamp=int(at.timestamp()),
            )
    except typst.TypstError as error:
        raise Refused(error.message, error.diagnostic) from error
    except BaseException as error:
        if _is_panic(error):
            raise Refused(str(error)) from error
        raise


def _is_panic(error: BaseException) -> bool:
    """Whether a fault within Typst ended it, which pyo3 raises beside `Exception`, of a class that no module has."""
    return type(error).__name__ == "PanicException"
