"""What an editor is told of a text that is in another language than its header, or the newsroom, says."""

import pytest

from functions.core.article import Language
from functions.core.upload import read_upload
from tests.core.uploads import KEY, desk, read, upload

TEXTS: dict[Language, str] = {
    "fr": "Le conseil de la région et les communes de la côte ont signé la convention des eaux et de la forêt. " * 3,
    "en": "The council of the region and the towns in the province signed the agreement to protect the forest. " * 3,
    "ar": "وقع مجلس الجهة وعدد من الجماعات في الإقليم الاتفاقية الخاصة بالمياه والغابات في الرباط من أجل السكان. " * 3,
}
PAIRS = [(said, reads) for said in TEXTS for reads in TEXTS if said != reads]


@pytest.mark.parametrize(("said", "reads"), PAIRS)
def test_a_text_in_another_language_than_its_header_says_is_told_to_its_editor(said: Language, reads: Language) -> None:
    (notice,) = read(TEXTS[reads], lang=said).notices
    assert (notice.code, notice.severity, notice.field) == ("other_language", "notice", "lang")
    assert (notice.value, notice.suggestion) == (said, reads)
    assert f"lang: {reads}" in notice.reason


@pytest.mark.parametrize("newsroom", TEXTS)
def test_a_text_in_the_language_that_its_header_says_is_not(newsroom: Language) -> None:
    for lang, text in TEXTS.items():
        assert not read_upload(KEY, upload(text, lang=lang), desk(newsroom)).notices


def test_without_a_word_in_the_header_the_newsroom_s_language_is_what_is_said() -> None:
    (notice,) = read_upload(KEY, upload(TEXTS["ar"]), desk("fr")).notices
    assert (notice.value, notice.suggestion) == ("fr", "ar")


@pytest.mark.parametrize("mixed", ["{fr}\n\n{en}", "{en}\n\n{fr}", "{en}{en}\n\n{fr}", "The Art of the Deal."])
def test_a_text_that_quotes_another_language_is_its_own(mixed: str) -> None:
    assert not read(mixed.format(**TEXTS)).notices
