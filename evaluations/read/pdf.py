"""How PDF libraries give back Arabic and Persian that a browser printed.

    python evaluations/read/pdf.py

Needs chromium, and the peers that are shown (those not installed are left out). The texts are constructed;
`same` is 1 less the edit distance over the length, blanks joined, and for the peers after NFKC, which turns
presentation forms into letters; `joiners` are the zero-width non-joiners kept.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from khabar.model.outcome import Kept
from khabar.read import read_sources

ZWNJ = "\u200c"
TEXTS = {
    "fa": (
        "جاده‌ای تازه دو روستا را به هم می‌پیوندد",
        "وزیر راه روز سه‌شنبه ۱۴ مرداد ۱۴۰۳ گفت که پل‌های تازه تا پایان پاییز آماده می‌شوند و "
        "۲۵٫۵ میلیون تومان (برابر با 600 دلار) هزینه دارد.",
        "او افزود: «کارِ چند ماهِ مانده را می‌توان زودتر به پایان رساند»؛ اما شرکت "
        "Northern Bridge Ltd. هنوز پاسخی نداده است.",
        "خبرگزاری‌های محلی می‌گویند بچه‌ها به مدرسه‌هایشان بازنمی‌گردند.",
    ),
    "ar": (
        "توقيع اتفاقية المنارات في نيلان",
        "وقّع وزير الموانئ سالم الدرويش والأميرال بهروز توانا، اليوم الأربعاء 8 آذار/مارس 2023، اتفاقيةً "
        "لإصلاح المنارات في نيلان (المرحلة الأولى).",
        'وقال الدرويش إن "البلدين سيرسلان ١٢ سفينة إلى الجزيرة قبل الشتاء"، بنسبة 45.6% من الأسطول، '
        "حسب Harbour Gazette.",
        "لا إله إلا الله؛ الأهداف والآراء والإجراءات لم تُعلَن بعد، وتبلغ الكلفة 1,250,000 دولار.",
    ),
    "en": (
        "Ministers sign lighthouse agreement",
        "Ports minister Salem al-Darwish signed an agreement on Wednesday, 8 March 2023, to repair "
        "the lighthouses in Nilan, at a cost of $1.2m — the “largest” yet.",
        "The two countries will send 12 ships to the island before winter.",
    ),
}
FONTS = ("Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans")


def print_pdf(folder: Path, language: str, font: str) -> Path:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    side = "ltr" if language == "en" else "rtl"
    title, *rest = TEXTS[language]
    body = "".join(f"<p>{one}</p>" for one in rest * 4)
    (folder / "a.html").write_text(
        f"<!doctype html><html lang={language} dir={side}><meta charset=utf-8>"
        f"<style>body{{font:16px '{font}'}}p{{text-align:justify}}</style><h1>{title}</h1>{body}",
        encoding="utf-8",
    )
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'profile'}", "--print-to-pdf=a.pdf", "a.html"],
        cwd=folder, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return folder / "a.pdf"


def ours(path: Path) -> str:
    [one] = read_sources([path])
    return one.item.text if isinstance(one, Kept) else ""


def pdfium(path: Path) -> str:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def pypdf(path: Path) -> str:
    import pypdf as library  # noqa: PLC0415

    return "\n".join(page.extract_text() for page in library.PdfReader(path).pages)


def pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    return str(extract_text(path))


READERS: dict[str, Callable[[Path], str]] = {
    "khabar": ours, "pypdfium2": pdfium, "pypdf": pypdf, "pdfminer.six": pdfminer,
}  # fmt: skip


def main() -> None:
    print(f"{'text':6}{'font':20}{'reader':16}{'same':>8}{'joiners':>10}{'s':>7}")
    for language, (title, *rest) in TEXTS.items():
        wanted = " ".join([title, *rest * 4])
        for font in FONTS:
            with tempfile.TemporaryDirectory() as folder:
                path = print_pdf(Path(folder), language, font)
                for name, read in READERS.items():
                    start = time.perf_counter()
                    try:
                        text = read(path)
                    except ImportError:
                        continue
                    took = time.perf_counter() - start
                    given = " ".join(
                        (text if name == "khabar" else unicodedata.normalize("NFKC", text)).split()
                    )
                    same = Levenshtein.normalized_similarity(wanted, given)
                    kept = f"{given.count(ZWNJ)}/{wanted.count(ZWNJ)}"
                    print(f"{language:6}{font:20}{name:16}{same:8.4f}{kept:>10}{took:7.2f}")


if __name__ == "__main__":
    main()
