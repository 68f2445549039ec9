import re
from typing import get_args

import pytest
from jinja2 import Environment, TemplateError, meta, nodes
from pydantic import ValidationError

from functions.core import contexts
from functions.core.article import LANGUAGES, Language
from functions.core.locale import Words, parse_locale
from functions.core.site.assets import make_assets
from functions.core.site.house import make_house
from tests.site import samples

SOURCES = {
    name.removeprefix("site/"): body.decode()
    for name, body in samples.template_files().items()
    if name.startswith("site/")
}
CONTEXTS = {f"{each.__name__[:-4].lower()}.html": each for each in get_args(contexts.Context)}
WORDS = set(Words.model_fields)


def tree(name: str) -> nodes.Template:
    return Environment(autoescape=True).parse(SOURCES[name])


def mentioned(name: str, *kinds: type[nodes.Node]) -> set[str]:
    """The templates that a template extends, includes or imports from."""
    targets = (getattr(node, "template", None) for kind in kinds for node in tree(name).find_all(kind))
    return {target.value for target in targets if isinstance(target, nodes.Const)}


def names_used(name: str) -> set[str]:
    """The names that a template takes from its context, its parent's and parts' included; macros take arguments, and
    what a template sets its parts need not take.
    """
    imported = {each for node in tree(name).find_all(nodes.FromImport) for each in node.names}
    used = meta.find_undeclared_variables(tree(name)) - imported
    given = {node.target.name for node in tree(name).find_all(nodes.Assign) if isinstance(node.target, nodes.Name)}
    return used.union(*map(names_used, mentioned(name, nodes.Extends, nodes.Include))) - given


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_a_template_uses_exactly_the_names_of_its_context(name: str) -> None:
    assert names_used(name) == set(CONTEXTS[name]._fields)


def test_every_template_has_a_context_or_is_part_of_one_that_has() -> None:
    reached = set[str]().union(*(mentioned(name, nodes.Extends, nodes.Include, nodes.FromImport) for name in SOURCES))
    assert set(SOURCES) == set(CONTEXTS) | reached


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_every_context_is_documented(name: str) -> None:
    assert CONTEXTS[name].__doc__


def test_a_name_that_the_context_does_not_have_stops_the_page() -> None:
    house = make_house(samples.settings(), samples.template_files() | {"site/notice.html": b"{{ titel }}"})
    with pytest.raises(TemplateError, match="titel"):
        house.render(contexts.NoticePage(house.site, house.shell("x"), title="x", text="x", form=None))


def test_a_broken_template_stops_the_press_before_its_first_page() -> None:
    with pytest.raises(TemplateError):
        make_house(samples.settings(), samples.template_files() | {"site/notice.html": b"{% if %}"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locale_that_lacks_a_word_or_has_one_too_many_is_refused(language: Language) -> None:
    whole = samples.template_files()[f"locales/{language}.toml"]
    for broken in (whole.replace(b"\nskip =", b"\nskipp ="), whole + b'\nnew = "x"\n'):
        with pytest.raises(ValidationError):
            parse_locale(broken)


def test_no_word_of_the_locales_is_without_use() -> None:
    python = "".join(path.read_text() for path in (samples.TEMPLATES.parent / "functions/core").rglob("*.py"))
    used = set(re.findall(r"\bwords\.(\w+)", "".join(SOURCES.values()) + python))
    assert used & WORDS == WORDS


def test_french_words_are_set_as_a_french_newspaper_sets_them() -> None:
    for name, word in samples.house("fr").locale.words.model_dump().items():
        assert "'" not in word, name
        assert not re.search(r"[ ][:;!?»]|«[ ]", word), name


def test_the_style_sheet_knows_no_left_and_no_right() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", samples.template_files()["assets/site.css"].decode(), flags=re.DOTALL)
    sheet = re.sub(r"@media[^{]*", "", sheet)
    box = r"(?:(?:margin|padding|border)-)?(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)"
    assert not re.search(rf"[{{;\s](?:{box}|float)\s*:|text-align:\s*(?:left|right)", sheet)


def test_the_style_sheet_loads_nothing_but_assets_under_their_hashed_names() -> None:
    assets = samples.house().assets
    found = re.findall(r"url\(([^)]*)\)", assets["site.css"].body.decode())
    assert found
    assert set(found) <= {asset.path for asset in assets.values()}


def test_comments_and_indentation_of_a_sheet_and_of_a_script_are_for_designers_alone() -> None:
    files = {
        "site.css": b"/* Rules\n   of old. */\na { color: red } /* why */\n  b { color: blue }\n",
        "site.js": b'// What for.\nlet a = "//host";\n  // Why.\n  let b;\n',
    }
    assert {name: asset.body for name, asset in make_assets(files).items()} == {
        "site.css": b"\na { color: red }\nb { color: blue }\n",
        "site.js": b'let a = "//host";\nlet b;\n',
    }


def test_a_new_font_is_a_new_style_sheet() -> None:
    files = {"site.css": b"@font-face { src: url(a.woff2) }", "a.woff2": b"1"}
    before, after = make_assets(files), make_assets(files | {"a.woff2": b"2"})
    assert before["site.css"].path != after["site.css"].path
    with pytest.raises(KeyError):
        make_assets({"site.css": files["site.css"]})
