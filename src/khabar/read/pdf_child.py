"""Reads one PDF from standard input and writes its text as JSON, in a process that may fail.

It is started as a file, not as a module, so that nothing of the package but `glyphs.py` is loaded.
"""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1_500_000_000
CPU_S = 60
MOST_PAGES = 2_000
MOST_GLYPHS = 20_000_000


def main() -> None:
    """Reads, writes, and tells in `fault` what went wrong."""
    limit()
    try:
        told = read(sys.stdin.buffer.read())
    except ImportError:
        told = {"fault": "install pdfminer.six"}
    except MemoryError:
        told = {"fault": "it needs more memory than one report may take"}
    except Exception as error:  # pdfminer fails in many ways on broken documents
        told = {"fault": f"{type(error).__name__} {error}"[:200].strip()}
    sys.stdout.write(json.dumps(told))


def limit() -> None:
    """Sets the limits of time and memory, where the system has them."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        pass


def load_glyphs() -> Any:
    """The module beside this file, without the package around it."""
    path = Path(__file__).with_name("glyphs.py")
    spec = importlib.util.spec_from_file_location("khabar_glyphs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def read(data: bytes) -> dict[str, object]:
    """The text and the properties of a document. Errors: those of pdfminer."""
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        return {"fault": "it needs a password"}
    glyphs = load_glyphs()
    text = glyphs.text_of_pages(pages_of(document, glyphs.Glyph))
    return {"text": text, "info": properties(document)}


def pages_of(document: Any, make: Any) -> Iterator[list[Any]]:
    """The glyphs of each page in the order in which they are drawn."""
    from pdfminer.converter import PDFPageAggregator  # noqa: PLC0415
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    count = 0
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= MOST_PAGES or count > MOST_GLYPHS:
            raise ValueError(f"more than {MOST_PAGES:,} pages or {MOST_GLYPHS:,} letters")
        interpreter.process_page(page)
        drawn = list(glyphs_in(device.get_result(), make))
        count += len(drawn)
        yield drawn


def glyphs_in(drawn: Any, make: Any) -> Iterator[Any]:
    """The letters in a page or figure; one whose character is not told becomes U+FFFD."""
    from pdfminer.layout import LTChar, LTContainer  # noqa: PLC0415

    ahead = [drawn]
    while ahead:
        one = ahead.pop()
        if isinstance(one, LTChar):
            text = one.get_text()
            text = "\ufffd" if text.startswith("(cid:") else text
            yield make(text, one.x0, one.x1, one.matrix[5], one.size)
        elif isinstance(one, LTContainer):
            ahead += reversed(list(one))


def properties(document: Any) -> dict[str, str]:
    """What the document says of itself: title, author, dates, language."""
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415
    from pdfminer.utils import decode_text  # noqa: PLC0415

    found: dict[str, Any] = {}
    for info in document.info:
        found.update(info)
    found["Lang"] = resolve1(document.catalog.get("Lang", b""))
    values = {name: resolve1(value) for name, value in found.items()}
    return {name: decode_text(value) for name, value in values.items() if isinstance(value, bytes)}


if __name__ == "__main__":
    main()
