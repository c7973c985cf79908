"""
The text of a PDF, taken out in a process of its own with a bound on its memory and time.

PDFium is native code that meets hostile files: what goes wrong here ends this process and nothing else. Run as a
script: the PDF on standard input, JSON on standard output.
"""

import json
import resource
import sys
from typing import Any

MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 60
MOST_PAGES = 1_000
MOST_CHARACTERS = 10_000_000


def take_out(body: bytes, most_characters: int = MOST_CHARACTERS) -> dict[str, Any]:
    """The pages' text, the title and the creation date (as PDF writes it), or what is wrong with the file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(body)
        if len(document) > MOST_PAGES:
            return {"wrong": f"more than {MOST_PAGES:,} pages"}
        told = document.get_metadata_dict(skip_empty=True)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        if sum(map(len, pages)) > most_characters:
            return {"wrong": f"more than {most_characters:,} characters"}
    except pypdfium2.PdfiumError as failure:
        return {"wrong": str(failure)}
    return {"pages": pages, "title": told.get("Title"), "created": told.get("CreationDate")}


def main() -> None:  # pragma: no cover - its tests run it as a process of its own
    """Bound this process, then read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    json.dump(take_out(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":  # pragma: no cover - see main
    main()
