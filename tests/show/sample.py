"""Constructed comparisons: invented people, outlets and places; spans are found by their words."""

# ruff: noqa: E501  (whole sentences stay on one line, as the reports have them)

from __future__ import annotations

from dataclasses import replace

from khabar.model.article import Article, Block, Boilerplate, BoilerplateKind, Sentence
from khabar.model.mentions import (
    Calendar,
    Citation,
    DateMention,
    DateStatus,
    Entity,
    NameKind,
    NameMention,
    Precision,
    Published,
    Quote,
)
from khabar.model.outcome import Dropped
from khabar.model.span import Excerpt, Span
from khabar.model.story import (
    Attestation,
    Comparison,
    Coverage,
    Difference,
    DifferenceKind,
    Lookalike,
    MadeBy,
    Origin,
    Reason,
    Relation,
    Statement,
    Story,
    Weight,
)

HARBOUR_AR = """جريدة المرفأ
توقيع اتفاقية المنارات في بندر نيلان
7 آذار 2023
1540 مشاهدة
وقّع وزير الموانئ سالم الدرويش والأميرال بهروز توانا، اليوم الأربعاء، اتفاقية لإصلاح المنارات في بندر نيلان.
وقال الدرويش إن "البلدين سيرسلان 12 سفينة إلى الجزيرة قبل الشتاء".
وأكد توانا أن "بلاده ستقوي شبكة الرادار الساحلية".
وأضاف أن شركة النقل تأخرت قليلاً في دفع ما عليها، وأن الحل لا يكون إلا بالتفاوض.
ورأى الدرويش أن "شريكنا قوي ويعرف البحر".
وشارك في الحفل محافظ نيلان وعشرون صياداً.
شارك هذا الخبر على صفحتك
جميع الحقوق محفوظة لجريدة المرفأ
"""

COAST_FA = """روزنامه ساحل نو
چهارشنبه ۱۷ اسفند ۱۴۰۱
توافق‌نامه فانوس‌های دریایی امضا شد
وزیر بنادر سالم درویش و دریادار بهروز توانا روز چهارشنبه در بندر نیلان توافق‌نامه‌ای برای تعمیر فانوس‌های دریایی امضا کردند.
درویش گفت: «دو کشور ۲۰ کشتی به جزیره می‌فرستند.»
توانا گفت کشورش قول داده است شبکهٔ موشکی ساحل را تقویت کند.
به گفتهٔ او شرکت حمل‌ونقل کمی دیر کرده است.
درویش افزود: «شریک ما با قدرت‌های دیگر هم شریک است.»
توانا پیش‌تر در پاییز گذشته نیز به نیلان سفر کرده بود.
"""

WAVE_AR = """موقع الموجة
اتفاق المنارات
وقّع الوزير سالم الدرويش والعميد بهروز توانا اتفاقية المنارات في مدينة نيلان.
وذكر توانا أن شبكة الرادار الساحلية يجب أن تقوى.
ولم تتأخر شركة النقل في الدفع، بحسب توانا، والحل بالتفاوض.
نقلاً عن جريدة المرفأ
"""

LANTERN_EN_AR = """The Lantern Review
Lighthouse agreement signed in Nilan
08 March 2023
Ports minister Salem al-Darwish and Admiral Behrouz Tavana signed an agreement to repair the lighthouses in Nilan on Wednesday.
"The two countries will send 12 ships to the island," Mr al-Darwish said.
Mr Tavana said that his country "will strengthen the coastal radar network".
The shipping company was a little late in paying, he said, and the only way out is negotiation.
Darwish also said the harbour tax harms the fishermen of both shores.
وقع وزير الموانئ سالم الدرويش والأميرال بهروز توانا يوم الأربعاء اتفاقية لإصلاح المنارات في نيلان.
وقال الدرويش: "سيرسل البلدان 12 سفينة إلى الجزيرة".
وقال توانا إن بلاده "ستقوي شبكة الرادار الساحلية".
"""

LOOKALIKE_EN = """The Tidewater Post
Ministers meet in Nilan
12 March 2023
Ports minister Salem al-Darwish received General Karim Zarrin in Nilan on Sunday to talk about fishing quotas.
No agreement was signed.
"""

LANGUAGES = {"a1": "ar", "a2": "fa", "a3": "ar", "a4": "en", "a5": "en"}
TEXTS = {"a1": HARBOUR_AR, "a2": COAST_FA, "a3": WAVE_AR, "a4": LANTERN_EN_AR, "a5": LOOKALIKE_EN}


def find(article: str, words: str, after: str = "") -> Span:
    """The first place of `words` behind the first place of `after`."""
    text = TEXTS[article]
    start = text.index(words, text.index(after))
    return Span(start, start + len(words))


def excerpt(article: str, words: str, after: str = "") -> Excerpt:
    return Excerpt(article, find(article, words, after), words)


def _language(line: str, language: str) -> str:
    return "ar" if language == "en" and any("ء" <= letter <= "ي" for letter in line) else language


def _sentences(article: str, body: tuple[Span, ...]) -> tuple[Sentence, ...]:
    text, language = TEXTS[article], LANGUAGES[article]
    return tuple(
        Sentence(f"{article}s{number}", span, _language(span.of(text), language))
        for number, span in enumerate(body, 1)
    )


def _article(
    article: str,
    path: str,
    outlet: str,
    title: str,
    clutter: dict[str, BoilerplateKind],
    published: Published,
    **found: tuple[object, ...],
) -> Article:
    text = TEXTS[article]
    left_out = tuple(Boilerplate(find(article, words), kind) for words, kind in clutter.items())
    lines = [find(article, line) for line in text.split("\n") if line]
    taken = {piece.span for piece in left_out} | {find(article, title)}
    body = tuple(span for span in lines if span not in taken)
    sentences = _sentences(article, body)
    languages = tuple(dict.fromkeys(sentence.language for sentence in sentences))
    blocks = tuple(_block(language, sentences, len(languages) > 1) for language in languages)
    return Article(
        id=article,
        path=path,
        text=text,
        outlet=outlet,
        outlet_from="the first line of the page",
        title=find(article, title),
        languages=languages,
        published=published,
        body=body,
        boilerplate=left_out,
        blocks=blocks,
        sentences=sentences,
        **found,  # type: ignore[arg-type]
    )


def _block(language: str, sentences: tuple[Sentence, ...], two: bool) -> Block:
    own = [sentence.span for sentence in sentences if sentence.language == language]
    reason = "both blocks tell the same, in English and in Arabic" if two else ""
    return Block(Span(own[0].start, own[-1].end), language, two, reason)


def _quote(article: str, words: str, speaker: str | None, kind: str = "direct") -> Quote:
    return Quote(find(article, words), words, kind, speaker, reason="quotation marks and a reporting verb")


def _name(article: str, words: str, kind: NameKind, entity: str) -> NameMention:
    return NameMention(find(article, words), words, kind, entity, reason="a title stands before it")


def articles() -> tuple[Article, ...]:
    kinds = BoilerplateKind
    harbour = _article(
        "a1",
        "reports/harbour.txt",
        "جريدة المرفأ",
        "توقيع اتفاقية المنارات في بندر نيلان",
        {
            "جريدة المرفأ": kinds.SITE,
            "7 آذار 2023": kinds.DATE_LINE,
            "1540 مشاهدة": kinds.COUNTER,
            "شارك هذا الخبر على صفحتك": kinds.SHARING,
            "جميع الحقوق محفوظة لجريدة المرفأ": kinds.COPYRIGHT,
        },
        Published(
            "2023-03-07",
            Precision.DAY,
            Calendar.GREGORIAN,
            "7 آذار 2023",
            find("a1", "7 آذار 2023"),
            DateStatus.CONFLICT,
            "Printed 2023-03-07, a Tuesday, but the text says “today Wednesday”.",
            (find("a1", "اليوم الأربعاء"),),
        ),
        dates=(
            DateMention(
                find("a1", "7 آذار 2023"), "7 آذار 2023", "2023-03-07", Precision.DAY, Calendar.GREGORIAN
            ),
            DateMention(find("a1", "اليوم الأربعاء"), "اليوم الأربعاء", None, None, None, 3, True),
        ),
        names=(
            _name("a1", "سالم الدرويش", NameKind.PERSON, "e1"),
            _name("a1", "بهروز توانا", NameKind.PERSON, "e2"),
            _name("a1", "بندر نيلان", NameKind.PLACE, "e3"),
        ),
        quotes=(
            _quote("a1", "البلدين سيرسلان 12 سفينة إلى الجزيرة قبل الشتاء", "e1"),
            _quote("a1", "بلاده ستقوي شبكة الرادار الساحلية", "e2"),
            _quote("a1", "شريكنا قوي ويعرف البحر", "e1"),
        ),
    )
    coast = _article(
        "a2",
        "reports/coast.html",
        "روزنامه ساحل نو",
        "توافق‌نامه فانوس‌های دریایی امضا شد",
        {"روزنامه ساحل نو": kinds.SITE, "چهارشنبه ۱۷ اسفند ۱۴۰۱": kinds.DATE_LINE},
        Published(
            "2023-03-08",
            Precision.DAY,
            Calendar.JALALI,
            "چهارشنبه ۱۷ اسفند ۱۴۰۱",
            find("a2", "چهارشنبه ۱۷ اسفند ۱۴۰۱"),
            DateStatus.PRINTED,
            "Printed in full.",
        ),
        quotes=(_quote("a2", "دو کشور ۲۰ کشتی به جزیره می‌فرستند.", "e1"),),
    )
    wave = _article(
        "a3",
        "reports/wave.txt",
        "موقع الموجة",
        "اتفاق المنارات",
        {"موقع الموجة": kinds.SITE, "نقلاً عن جريدة المرفأ": kinds.SOURCE_LINE},
        Published(),
        citations=(
            Citation(find("a3", "نقلاً عن جريدة المرفأ"), "نقلاً عن جريدة المرفأ", "e4", "credit line"),
        ),
    )
    lantern = _article(
        "a4",
        "reports/lantern.txt",
        "The Lantern Review",
        "Lighthouse agreement signed in Nilan",
        {"The Lantern Review": kinds.SITE, "08 March 2023": kinds.DATE_LINE},
        Published(
            "2023-03-08",
            Precision.DAY,
            Calendar.GREGORIAN,
            "08 March 2023",
            find("a4", "08 March 2023"),
            DateStatus.PRINTED,
            "Printed in full; the text's Wednesday agrees.",
        ),
        quotes=(
            _quote("a4", "The two countries will send 12 ships to the island,", "e1"),
            _quote("a4", "will strengthen the coastal radar network", "e2"),
            _quote("a4", "the harbour tax harms the fishermen of both shores", "e1", "indirect"),
        ),
    )
    tidewater = _article(
        "a5",
        "reports/tidewater.txt",
        "The Tidewater Post",
        "Ministers meet in Nilan",
        {"The Tidewater Post": kinds.SITE, "12 March 2023": kinds.DATE_LINE},
        Published(
            "2023-03-12",
            Precision.DAY,
            Calendar.GREGORIAN,
            "12 March 2023",
            find("a5", "12 March 2023"),
            DateStatus.PRINTED,
            "Printed in full.",
        ),
    )
    return harbour, coast, wave, lantern, tidewater


def _attest(article: str, words: str, part: bool = False) -> Attestation:
    coverage = Coverage.PART if part else Coverage.WHOLE
    language = _language(words, LANGUAGES[article])
    return Attestation(excerpt(article, words), language, coverage, 0.82, "the sentences are near each other")


def statements() -> tuple[Statement, ...]:
    rows: list[tuple[str, ...]] = [
        (
            "a1:وقّع وزير الموانئ سالم الدرويش والأميرال بهروز توانا، اليوم الأربعاء، اتفاقية لإصلاح المنارات في بندر نيلان.",
            "a2:وزیر بنادر سالم درویش و دریادار بهروز توانا روز چهارشنبه در بندر نیلان توافق‌نامه‌ای برای تعمیر فانوس‌های دریایی امضا کردند.",
            "a3:وقّع الوزير سالم الدرويش والعميد بهروز توانا اتفاقية المنارات في مدينة نيلان.",
            "a4:Ports minister Salem al-Darwish and Admiral Behrouz Tavana signed an agreement to repair the lighthouses in Nilan on Wednesday.",
            "a4:وقع وزير الموانئ سالم الدرويش والأميرال بهروز توانا يوم الأربعاء اتفاقية لإصلاح المنارات في نيلان.",
        ),
        (
            "a1:البلدين سيرسلان 12 سفينة إلى الجزيرة قبل الشتاء",
            "a2:دو کشور ۲۰ کشتی به جزیره می‌فرستند.",
            "a4:The two countries will send 12 ships to the island,",
            'a4:وقال الدرويش: "سيرسل البلدان 12 سفينة إلى الجزيرة".',
        ),
        (
            "a1:بلاده ستقوي شبكة الرادار الساحلية",
            "a2:توانا گفت کشورش قول داده است شبکهٔ موشکی ساحل را تقویت کند.",
            "a3:وذكر توانا أن شبكة الرادار الساحلية يجب أن تقوى.",
            "a4:will strengthen the coastal radar network",
            'a4:وقال توانا إن بلاده "ستقوي شبكة الرادار الساحلية".',
        ),
        (
            "a1:شركة النقل تأخرت قليلاً في دفع ما عليها",
            "a2:به گفتهٔ او شرکت حمل‌ونقل کمی دیر کرده است.",
            "a3:ولم تتأخر شركة النقل في الدفع، بحسب توانا",
            "a4:The shipping company was a little late in paying, he said",
        ),
        (
            "a1:وأن الحل لا يكون إلا بالتفاوض",
            "a3:~والحل بالتفاوض",
            "a4:the only way out is negotiation",
        ),
        ("a1:شريكنا قوي ويعرف البحر", "a2:درویش افزود: «شریک ما با قدرت‌های دیگر هم شریک است.»"),
        ("a1:وشارك في الحفل محافظ نيلان وعشرون صياداً.",),
        ("a2:توانا پیش‌تر در پاییز گذشته نیز به نیلان سفر کرده بود.",),
        ("a4:the harbour tax harms the fishermen of both shores",),
        ("a3:بحسب توانا", "a4:he said"),
    ]
    return tuple(_statement(number, row) for number, row in enumerate(rows, 1))


def _statement(number: int, row: tuple[str, ...]) -> Statement:
    attested = []
    for cell in row:
        article, words = cell.split(":", 1)
        attested.append(_attest(article, words.removeprefix("~"), words.startswith("~")))
    return Statement(f"s{number}", attested[0].excerpt.text, tuple(attested))


def differences() -> tuple[Difference, ...]:
    kind, meaning, wording = DifferenceKind, Weight.MEANING, Weight.WORDING
    return (
        Difference(
            kind.DATE,
            meaning,
            None,
            excerpt("a1", "7 آذار 2023"),
            excerpt("a1", "اليوم الأربعاء"),
            "7 March 2023 was a Tuesday, the text says Wednesday",
        ),
        Difference(
            kind.TITLE,
            meaning,
            "s1",
            excerpt("a1", "الأميرال"),
            excerpt("a3", "العميد"),
            "admiral ≠ brigadier: two ranks for the same man",
        ),
        Difference(
            kind.NAME,
            wording,
            "s1",
            excerpt("a1", "بندر نيلان", "اليوم الأربعاء"),
            excerpt("a3", "مدينة نيلان"),
            "port of Nilan and city of Nilan: the same place under two names",
        ),
        Difference(
            kind.NUMBER, meaning, "s2", excerpt("a1", "12"), excerpt("a2", "۲۰"), "12 ships ≠ 20 ships"
        ),
        Difference(
            kind.DETAIL,
            meaning,
            "s2",
            excerpt("a1", "قبل الشتاء"),
            None,
            "“before the winter” stands in one report only",
        ),
        Difference(
            kind.STRENGTH,
            meaning,
            "s3",
            excerpt("a1", "ستقوي"),
            excerpt("a2", "قول داده است"),
            "will strengthen ≠ promised to strengthen",
        ),
        Difference(
            kind.WORDING,
            meaning,
            "s3",
            excerpt("a1", "الرادار"),
            excerpt("a2", "موشکی"),
            "radar ≠ missile: these words do not correspond",
        ),
        Difference(
            kind.POLARITY,
            meaning,
            "s4",
            excerpt("a1", "تأخرت"),
            excerpt("a3", "ولم تتأخر"),
            "was late ≠ was not late",
        ),
        Difference(
            kind.OMISSION,
            meaning,
            "s5",
            excerpt("a1", "لا يكون إلا"),
            None,
            "“only” is left out: the report keeps half of the thought",
        ),
        Difference(
            kind.ATTRIBUTION,
            meaning,
            "s10",
            excerpt("a3", "بحسب توانا"),
            excerpt("a4", "he said"),
            "one report names the speaker, the other does not",
        ),
    )


def story() -> Story:
    return Story(
        id="st1",
        title="Lighthouse agreement signed in Nilan",
        articles=("a1", "a2", "a3", "a4"),
        when="2023-03-08",
        where="e3",
        who=("e1", "e2"),
        reasons=(
            Reason(
                "sentences",
                0.71,
                "a1",
                "a4",
                "Eight of eleven sentences of report 1 have a partner in report 4.",
            ),
        ),
        lookalikes=(
            Lookalike(
                "a5",
                (
                    Reason("place", 0.9, "نيلان", "Nilan", "The same minister and the same city,"),
                    Reason(
                        "actors", 0.1, "Behrouz Tavana", "Karim Zarrin", "but another visitor signs nothing."
                    ),
                    Reason("day", 0.0, "2023-03-08", "2023-03-12", "and another day: 12 March, not 8 March."),
                ),
            ),
        ),
        statements=statements(),
        differences=differences(),
        origins=(Origin("o1", ("a1", "a3"), "report 3 credits report 1"), Origin("o2", ("a2",), "")),
        relations=(Relation("a1", "a3", "cites", "its last line credits جريدة المرفأ"),),
    )


def lonely(article: str, title: str) -> Story:
    return Story(f"st-{article}", title, (article,), None, None, (), (), (), (), ())


def comparison() -> Comparison:
    return Comparison(
        articles=articles(),
        entities=(
            Entity("e1", NameKind.PERSON, "سالم الدرويش", ("سالم الدرويش", "سالم درویش", "Salem al-Darwish")),
            Entity("e2", NameKind.PERSON, "Behrouz Tavana", ("بهروز توانا", "Behrouz Tavana")),
            Entity("e3", NameKind.PLACE, "Nilan", ("بندر نيلان", "مدينة نيلان", "Nilan")),
            Entity("e4", NameKind.ORGANISATION, "جريدة المرفأ", ("جريدة المرفأ",)),
        ),
        stories=(story(), lonely("a5", "Ministers meet in Nilan")),
        dropped=(
            Dropped("reports/empty.txt", "read", "The file is empty."),
            Dropped("reports/photo.txt", "read", "The file is not text: it begins like a JPEG picture."),
        ),
        made_by=MadeBy("0.1.0", "multilingual-e5-small int8 r1", (("threads", "2"), ("same_at", "0.5"))),
    )


ATTACK = (
    "<script>alert(1)</script></script><img src=x onerror=alert(2)>\u202egnp.exe\u202c \u2067abc \x1b[31mred\x1b[0m\x07 "
    "\x9b2J {{ 7*7 }} </style><style>*{display:none}</style> \u200f\u061c"
)


def hostile(long_word: int = 1_000_000) -> Comparison:
    """One report whose every field is an attack, and one word of a million letters."""
    text = ATTACK + "\n" + "w" * long_word
    whole = Span(0, len(text))
    head = Span(0, len(ATTACK))
    quote = Quote(head, ATTACK, "direct", "e1", reason=ATTACK)
    bad = Article(
        id='a1"><script>alert(3)</script>',
        path=ATTACK,
        text=text,
        outlet=ATTACK,
        outlet_from=ATTACK,
        title=head,
        languages=('"><script>alert(4)</script>',),
        published=Published(text=ATTACK, span=head, note=ATTACK, conflicts=(head,)),
        body=(whole,),
        boilerplate=(Boilerplate(head, BoilerplateKind.OTHER),),
        blocks=(Block(whole, "x", False, ATTACK),),
        sentences=(Sentence("1", whole, "x"),),
        quotes=(quote,),
    )
    other = replace(bad, id="a2", outlet=None)
    near = Attestation(Excerpt(bad.id, whole, text), "x", reason=ATTACK)
    far = Attestation(Excerpt("a2", whole, text), "x", reason=ATTACK)
    differs = Difference(
        DifferenceKind.WORDING,
        Weight.MEANING,
        "s1",
        Excerpt(bad.id, head, ATTACK),
        Excerpt("a2", head, ATTACK),
        ATTACK,
    )
    reason = Reason("x", 0.5, ATTACK, ATTACK, ATTACK)
    event = Story(
        "st1",
        ATTACK,
        (bad.id, "a2"),
        None,
        "e1",
        ("e1",),
        (reason,),
        (Lookalike("a2", (reason,)),),
        (Statement("s1", text, (near, far)),),
        (differs,),
    )
    entity = Entity("e1", NameKind.PERSON, ATTACK, (ATTACK,))
    made_by = MadeBy(ATTACK, ATTACK, ((ATTACK, ATTACK),))
    return Comparison((bad, other), (entity,), (event,), (Dropped(ATTACK, ATTACK, ATTACK),), made_by)


def many(copies: int) -> Comparison:
    """The first report so many times over, and the second once."""
    first, second = articles()[:2]
    clones = [replace(first, id=f"c{number}", path=f"copies/{number}.txt") for number in range(copies)]
    both = [statement for statement in statements() if len(statement.attestations) > 1][:6]
    rows = tuple(_copied(statement, clones) for statement in both)
    event = replace(
        story(),
        articles=(*[clone.id for clone in clones], second.id),
        lookalikes=(),
        statements=rows,
        differences=(),
        origins=(),
        relations=(),
    )
    return replace(comparison(), articles=(*clones, second), stories=(event,))


def _copied(statement: Statement, clones: list[Article]) -> Statement:
    first = next(one for one in statement.attestations if one.excerpt.article == "a1")
    own = [one for one in statement.attestations if one.excerpt.article == "a2"]
    copies = [replace(first, excerpt=replace(first.excerpt, article=clone.id)) for clone in clones]
    return replace(statement, attestations=(*copies, *own))


def alone() -> Comparison:
    """One report and nothing to compare it with."""
    return replace(
        comparison(), articles=articles()[4:], stories=(lonely("a5", "Ministers meet in Nilan"),), dropped=()
    )


def five() -> Comparison:
    """Five reports of one story: the fourth once more under another name, with an own number."""
    made = comparison()
    fourth = made.articles[3]
    fifth = replace(fourth, id="b5", path="reports/beacon.txt", outlet="Beacon")
    rows = tuple(_also(statement, "b5") for statement in made.stories[0].statements)
    event = replace(made.stories[0], articles=(*made.stories[0].articles, "b5"), statements=rows)
    return replace(made, articles=(*made.articles, fifth), stories=(event, *made.stories[1:]))


def _also(statement: Statement, article: str) -> Statement:
    own = [one for one in statement.attestations if one.excerpt.article == "a4"]
    copies = [replace(one, excerpt=replace(one.excerpt, article=article)) for one in own[:1]]
    return (
        statement
        if statement.id == "s3"
        else replace(statement, attestations=(*statement.attestations, *copies))
    )


def crowd(size: int) -> Comparison:
    """So many reports of one story, no two of which state the same set of statements."""
    made = many(size)
    event = made.stories[0]
    rows = []
    for place, statement in enumerate(event.statements):
        keep = [
            one
            for number, one in enumerate(statement.attestations)
            if place == 0 or (number >> (place - 1)) & 1
        ]
        rows.append(replace(statement, attestations=tuple(keep)))
    return replace(made, stories=(replace(event, statements=tuple(rows)),))


def nothing() -> Comparison:
    """Nothing but dropped inputs."""
    return replace(comparison(), articles=(), entities=(), stories=())
