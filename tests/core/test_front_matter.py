import json
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from functions.core.header.front_matter import Mapping, Scalar, Sequence, load, split
from functions.core.mistakes import Mistake, Unreadable
from tests.core.uploads import problem, public_list


def tree(header: str) -> Mapping:
    mistakes: list[Mistake] = []
    found = load(header, mistakes)
    assert not mistakes
    assert found is not None
    return found


def values(header: str) -> dict[str, object]:
    return {name.text: getattr(node, "text", node) for name, node in tree(header).entries}


def mistakes(header: str) -> list[Mistake]:
    found: list[Mistake] = []
    load(header, found)
    return found


def codes(header: str) -> list[str]:
    return [mistake.code for mistake in mistakes(header)]


def test_a_file_is_cut_at_its_two_fences() -> None:
    assert split("---\na: b\n---\nText\n") == ("a: b\n", "Text\n", 4)


def test_three_dots_end_a_header_too() -> None:
    assert split("---\na: b\n...\nText\n").body == "Text\n"


def test_a_line_of_dashes_in_the_body_stays_there() -> None:
    assert split("---\na: b\n---\nText\n\n---\n\nMore\n").body == "Text\n\n---\n\nMore\n"


def test_a_header_may_be_empty_and_a_body_missing() -> None:
    assert split("---\n---") == ("", "", 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Text", "no_front_matter"),
        ("", "no_front_matter"),
        ("----\na: b\n----\n", "no_front_matter"),
        ("\n---\na: b\n---\n", "no_front_matter"),
        ("---\na: b\n", "unclosed_front_matter"),
        ("---\na: b\n --- \n", "unclosed_front_matter"),
        ("---\n" + "a: b\n" * 14_000 + "---\n", "header_too_long"),
    ],
)
def test_a_file_without_a_sound_header_is_unreadable(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        split(text)
    assert unreadable.value.mistake.code == code


@pytest.mark.parametrize(
    "text", ["no", "012", "1e3", "null", "~", "true", "2024-03-29", "0x1F", "1_000", ".inf", "12:30:00"]
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert values(f"a: {text}") == {"a": text}


def test_every_value_knows_its_line_and_whether_it_was_quoted() -> None:
    found = tree("# Kommentar\na: b\nc:\n  - 'd'\n  - {e: \"\"}\nf:\n")
    assert found.entries == (
        (Scalar("a", 3), Scalar("b", 3)),
        (
            Scalar("c", 4),
            Sequence((Scalar("d", 5, quoted=True), Mapping(((Scalar("e", 6), Scalar("", 6, quoted=True)),), 6)), 5),
        ),
        (Scalar("f", 7), Scalar("", 7)),
    )


def test_a_folded_value_is_one_line() -> None:
    assert values("a: >\n  b\n  c\n") == {"a": "b c\n"}


@pytest.mark.parametrize("header", ["", "\n\n", "# nothing but a comment\n"])
def test_a_header_without_fields_is_an_empty_mapping(header: str) -> None:
    assert tree(header).entries == ()


def test_a_name_given_twice_is_kept_twice() -> None:
    assert [name.text for name, _ in tree("a: b\na: c").entries] == ["a", "a"]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("a: !str b", "!str"),
        ("a: !!python/object/apply:os.system [ls]", "!!python/object/apply:os.system"),
        ("a: !!str b", "!!str"),
        ("a: &x b", "&x"),
        ("a: &x {b: c}", "&x"),
        ("a: *x", "*x"),
        ("<<: *x", "*x"),
        ("? [a]\n: b", "?"),
        ("{a: b}: c", "?"),
        ("a: b\n--- c", "---"),
    ],
)
def test_no_feature_beyond_names_values_and_lists_is_allowed(header: str, value: str) -> None:
    assert [(mistake.code, mistake.value) for mistake in mistakes(header)] == [("yaml_feature", value)]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"
    assert set(codes(bomb)) == {"yaml_feature"}


@pytest.mark.parametrize("header", ["a: [[[[b]]]]", "a: " + "[" * 60_000, "a: " + "[{" * 20_000, "- " * 20_000])
def test_a_header_that_is_too_deep_is_refused(header: str) -> None:
    assert codes(header) == ["too_deep"]


@pytest.mark.parametrize("header", ["- a", "a", "[a, b]", "'a'"])
def test_a_header_that_is_no_mapping_is_refused(header: str) -> None:
    assert codes(header) == ["no_fields"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("titre: Logement : trois projets", 'titre: "Logement : trois projets"'),
        ("titre: “Logement : le plan”", 'titre: "Logement : le plan"'),
        ("titre: “Oui” : “non”", 'titre: "“Oui” : “non”"'),
        ("titre: @moi", 'titre: "@moi"'),
        ("titre: %5", 'titre: "%5"'),
        ("titre: `a`", 'titre: "`a`"'),
        ('titre: "Oui" dit-il', "titre: '\"Oui\" dit-il'"),
        ('titre: "Il dit "oui""', "titre: 'Il dit \"oui\"'"),
        ("titre: 'L'été'", 'titre: "L\'été"'),
        ("titre: 'L''été' : 'fin", "titre: \"'L''été' : 'fin\""),
        ('titre: "sans fin', 'titre: "sans fin"'),
        ("titre: Dossier #Maroc", 'titre: "Dossier #Maroc"'),
        ("titre : un : deux", 'titre: "un : deux"'),
        ("titre: #MeToo au Maroc", 'titre: "#MeToo au Maroc"'),
        ("titre: #budget #finances", 'titre: "#budget, #finances"'),
        ("titre: [eau, #budget, #loi de finances]", 'titre: [eau, "#budget", "#loi de finances"]'),
    ],
)
def test_a_value_that_needs_quotation_marks_is_told_with_them(line: str, meant: str) -> None:
    (found,) = mistakes(f"{line}\nrubrique: x\n")
    assert (found.code, found.field, found.line, found.suggestion) == ("unquoted_value", "titre", 2, meant)
    assert values(meant)


def test_hashtags_in_a_list_are_told_one_by_one_and_none_is_lost() -> None:
    found = mistakes("tags:\n  - #budget\n  - eau #Oujda\nfin: x")
    assert [(each.code, each.line, each.suggestion) for each in found] == [
        ("unquoted_value", 3, '- "#budget"'),
        ("unquoted_value", 4, '- "eau #Oujda"'),
    ]


def test_a_missing_space_after_the_colon_is_told() -> None:
    (found,) = mistakes("titre:Un titre\nrubrique: x")
    assert (found.code, found.line, found.suggestion) == ("missing_space", 2, "titre: Un titre")


def test_every_slip_is_told_at_once() -> None:
    assert [(found.code, found.line) for found in mistakes("a:b\nc: d : e\nf: g #h\ni: @j\nk: !l m")] == [
        ("missing_space", 2),
        ("unquoted_value", 4),
        ("unquoted_value", 3),
        ("unquoted_value", 5),
        ("yaml_feature", 6),
    ]


def test_a_comment_is_not_a_slip() -> None:
    assert values("a: b # c\n# d: e #f\n") == {"a": "b"}


@pytest.mark.parametrize(
    "header", ["a: [b, c\nd: e", "a: b\n c: d", "a: b\n\tc: d", "a: {b: c", "%YAML 1.2", "a: b\n- c"]
)
def test_what_cannot_be_mended_is_unreadable(header: str) -> None:
    assert codes(header)[-1] == "bad_yaml"


def test_an_unclosed_list_is_told_where_it_begins() -> None:
    assert mistakes("a: b\nc: [d, e\nf: g")[0].line == 3


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe"])
def test_a_control_character_is_told_with_its_line_and_field(control: str) -> None:
    (found,) = mistakes(f"a: b\nc: d{control}e\n")
    assert (found.code, found.field, found.line, found.value) == ("control_character", "c", 3, control)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_header_is_read_or_has_mistakes(header: str) -> None:
    found: list[Mistake] = []
    assert load(header, found) is not None or found


@given(st.text("ab:-#'\"[]{}&*!|> \n\t?,%@", max_size=60))
def test_any_header_of_signs_is_read_or_has_mistakes(header: str) -> None:
    found: list[Mistake] = []
    assert load(header, found) is not None or found


def yaml_test_suite() -> Iterator[tuple[str, bool]]:
    """Every case as YAML and whether it must fail; the suite spells white space with visible signs."""
    signs = str.maketrans({"␣": " ", "»": "\t", "—": "", "←": "\r", "⇔": "\ufeff", "↵": "", "∎": ""})
    for file in json.loads(public_list("yaml-test-suite.json").read_text()):
        must_fail = False
        for case in yaml.safe_load(file["text"]):
            must_fail = case.get("fail", must_fail)
            if "yaml" in case:
                yield case["yaml"].translate(signs), must_fail


def test_the_cases_of_the_yaml_test_suite_are_read_or_have_mistakes() -> None:
    for case, must_fail in yaml_test_suite():
        found: list[Mistake] = []
        tree = load(case, found)
        # libyaml is lenient with tabs between words and with where a comment may begin, which harms nobody.
        assert found or (tree is not None and (not must_fail or "\t" in case or "comment" in case)), case


def test_a_header_of_hugo_in_toml_is_refused_with_how_one_reads() -> None:
    found = problem(b"+++\ntitle = 'Un titre'\n+++\nDu texte.")
    assert (found.code, found.line, found.suggestion) == ("no_front_matter", 1, 'title: "…"')
    assert "+++" in found.reason
