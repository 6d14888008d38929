"""Relations and origins of constructed stories."""

from __future__ import annotations

from traced_reports import OTHER, REPORT, SPEECH, report, statements

from khabar.model.mentions import Entity, NameKind
from khabar.model.story import Relation
from khabar.trace.story import Traced, trace_story

HERALD = Entity("e1", NameKind.ORGANISATION, "Arrandel Herald", ("Arrandel Herald",))
BEHIND = "according to the Arrandel Herald"


def told(traced: Traced) -> set[tuple[str, str, str]]:
    return {(relation.taker, relation.kind, relation.origin) for relation in traced.relations}


def groups(traced: Traced) -> list[tuple[str, ...]]:
    return [origin.articles for origin in traced.origins]


def one_of(traced: Traced) -> Relation:
    (relation,) = traced.relations
    return relation


def test_a_copy_goes_back_to_the_outlet_that_it_credits() -> None:
    copy = report("b", f"So it is, {BEHIND}. {REPORT}", "Coast Post", "2026-05-01", (BEHIND, "e1"))
    traced = trace_story([copy, report("a", REPORT, "Arrandel Herald", "2026-05-02")], [HERALD], ())
    assert told(traced) == {("b", "copies", "a")}
    assert "stated" in one_of(traced).reason
    assert groups(traced) == [("b", "a")]


def test_without_a_credit_the_earlier_is_the_origin_and_that_is_inferred() -> None:
    late, early = report("b", REPORT, published="2026-05-02"), report("a", REPORT, published="2026-05-01")
    traced = trace_story([late, early], [], ())
    assert told(traced) == {("b", "copies", "a")}
    assert "inferred" in one_of(traced).reason


def test_no_direction_is_claimed_where_none_is_known() -> None:
    traced = trace_story([report("a", REPORT), report("b", REPORT.replace("Monday", "Tuesday"))], [], ())
    assert one_of(traced).kind == "shares_source"
    assert "not known" in one_of(traced).reason
    assert groups(traced) == [("a", "b")]


def test_independent_reports_are_origins_of_their_own() -> None:
    traced = trace_story(
        [report("a", REPORT), report("b", OTHER)], [], statements({"a": "abcde", "b": "acbef"})
    )
    assert traced.relations == ()
    assert groups(traced) == [("a",), ("b",)]


def test_one_speech_quoted_by_two_makes_no_copy() -> None:
    one = report("a", f"{OTHER} The mayor said: “{SPEECH}.”")
    other = report(
        "b", f"“{SPEECH},” the mayor told reporters on the quay, where some fifty people stood in the rain."
    )
    traced = trace_story([one, other], [], ())
    assert one_of(traced).kind == "shares_source"
    assert "the same speech" in one_of(traced).reason
    assert groups(traced) == [("a",), ("b",)]


def test_shared_passages_are_shown_on_both_sides() -> None:
    one, other = report("a", REPORT), report("b", f"Update. {REPORT}")
    evidence = one_of(trace_story([one, other], [], ())).evidence
    texts = {"a": one.text, "b": other.text}
    assert {excerpt.article for excerpt in evidence} == {"a", "b"}
    assert all(excerpt.span.of(texts[excerpt.article]) == excerpt.text for excerpt in evidence)


def test_a_credit_with_much_of_its_own_stays_an_origin() -> None:
    taker = report("b", f"{OTHER} So it is, {BEHIND}.", "Coast Post", credit=(BEHIND, "e1"))
    source = report("a", REPORT, "Arrandel Herald")
    own = trace_story([source, taker], [HERALD], statements({"a": "abcd", "b": "abxy"}))
    repeated = trace_story([source, taker], [HERALD], statements({"a": "abcd", "b": "adbx"}))
    assert told(own) == told(repeated) == {("b", "cites", "a")}
    assert groups(own) == [("a",), ("b",)]
    assert groups(repeated) == [("a", "b")]
    assert one_of(own).evidence[0].text == BEHIND


def test_an_outlet_that_is_not_here_is_a_source_that_both_credit() -> None:
    one = report("a", f"{REPORT} It is so, {BEHIND}.", "Coast Post", credit=(BEHIND, "e1"))
    other = report("b", f"{OTHER} It is so, {BEHIND}.", "Hill Post", credit=(BEHIND, "e1"))
    traced = trace_story([one, other], [HERALD], ())
    assert one_of(traced).kind == "shares_source"
    assert "Arrandel Herald" in one_of(traced).reason
    assert len(traced.origins) == 2


def test_prints_of_one_agency_that_is_not_here_are_no_copies_of_each_other() -> None:
    text = f"{REPORT} It is so, {BEHIND}."
    early = report("a", text, "Coast Post", "2026-05-01", (BEHIND, "e1"))
    late = report("b", text, "Hill Post", "2026-05-02", (BEHIND, "e1"))
    traced = trace_story([early, late], [HERALD], ())
    assert told(traced) == {("b", "shares_source", "a")}
    assert groups(traced) == [("a", "b")]


def test_a_stock_sentence_in_long_reports_is_no_sign() -> None:
    stock = " ".join(REPORT.split()[:18])
    one = report("a", f"{OTHER} {stock} " + " ".join(f"w{n}" for n in range(400)))
    other = report("b", " ".join(f"v{n}" for n in range(400)) + f" {stock}")
    assert trace_story([one, other], [], ()).relations == ()


def test_a_translation_states_the_same_in_the_same_order() -> None:
    early = report("a", REPORT, published="2026-05-01")
    late = report("b", "Le conseil a voté.", published="2026-05-02", language="fr")
    same = trace_story([early, late], [], statements({"a": "abcdefghij", "b": "abcdefghij"}))
    turned = trace_story([early, late], [], statements({"a": "abcdefghij", "b": "fjbhdcgaie"}))
    partly = trace_story([early, late], [], statements({"a": "abcdefghij", "b": "abcdefghxyz"}))
    assert told(same) == {("b", "translates", "a")}
    assert one_of(same).reason.startswith("Inferred")
    assert told(turned) == told(partly) == set()


def test_two_that_credit_each_other_lose_no_credit() -> None:
    entity = Entity("e2", NameKind.ORGANISATION, "Coast Post", ("Coast Post",))
    one = report("a", f"{REPORT} So says the Coast Post.", "Arrandel Herald", credit=("the Coast Post", "e2"))
    other = report("b", f"{OTHER} So it is, {BEHIND}.", "Coast Post", credit=(BEHIND, "e1"))
    traced = trace_story([one, other], [HERALD, entity], ())
    assert told(traced) == {("b", "cites", "a"), ("a", "cites", "b")}


def test_fifty_copies_are_one_origin_and_no_thicket() -> None:
    copies = [report(f"c{number}", REPORT) for number in range(25)]
    near = [report(f"d{number}", REPORT.replace("eleven", f"{number + 12}")) for number in range(25)]
    traced = trace_story([*copies, *near, report("z", OTHER)], [], ())
    assert len(traced.relations) == 49
    assert [len(group) for group in groups(traced)] == [50, 1]


def test_reports_without_words_are_no_copies() -> None:
    traced = trace_story([report("a", "…"), report("b", "!")], [], ())
    assert traced.relations == ()
    assert len(traced.origins) == 2


def test_every_report_is_in_one_origin() -> None:
    names = [
        report(name, text)
        for name, text in zip("abcd", [REPORT, OTHER, REPORT, f"{OTHER} {REPORT}"], strict=True)
    ]
    members = [name for group in groups(trace_story(names, [], ())) for name in group]
    assert sorted(members) == list("abcd")


def test_origins_of_two_stories_share_no_id() -> None:
    stories = [trace_story([report(name, REPORT)], [], ()) for name in ("a", "b")]
    assert len({origin.id for story in stories for origin in story.origins}) == 2


def test_without_a_time_cuts_inside_tell_which_is_the_shortened_one() -> None:
    first, second, third, *rest = REPORT.split(". ")
    cut = ". ".join([first, third, *rest])
    traced = trace_story([report("a", cut), report("b", REPORT)], [], ())
    assert told(traced) == {("a", "copies", "b")}
    assert "cuts" in one_of(traced).reason
    assert one_of(traced).held == "possible"
    assert second not in cut


def test_two_reports_by_one_outlet_are_one_origin() -> None:
    traced = trace_story([report("a", REPORT, "Coast Post"), report("b", OTHER, "The Coast Post")], [], ())
    assert told(traced) == {("b", "shares_source", "a")}
    assert groups(traced) == [("a", "b")]


def test_the_same_in_other_words_is_a_possible_copy() -> None:
    early, late = report("a", REPORT, published="2026-05-01"), report("b", OTHER, published="2026-05-02")
    traced = trace_story([early, late], [], statements({"a": "abcdefgh", "b": "abcdefgh"}))
    assert told(traced) == {("b", "copies", "a")}
    assert one_of(traced).held == "possible"


def test_a_translation_may_be_cut_at_its_end_but_not_picked_from_all_over() -> None:
    early = report("a", REPORT, published="2026-05-01")
    late = report("b", "Le conseil a voté.", published="2026-05-02", language="fr")
    ended = trace_story([early, late], [], statements({"a": "abcdefghij", "b": "abcdef"}))
    picked = trace_story([early, late], [], statements({"a": "abcdefghij", "b": "acegij"}))
    assert told(ended) == {("b", "translates", "a")}
    assert told(picked) == set()
