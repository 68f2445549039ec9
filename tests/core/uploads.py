"""Uploads to try out: a sound one to spoil, the desk that reads it, and where hostile input of public lists may be."""

import os
from functools import cache
from pathlib import Path

import pytest

from functions.core.article import Article, Language
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.mistakes import Phrases, parse_phrases
from functions.core.problem import Problem
from functions.core.settings import Category, Newsroom, Settings
from functions.core.upload import read_upload

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "tests" / "corpora"
KEY = "articles/2024/03/al-omrane.md"
HEADER = {"titre": "Un titre", "rubrique": "Économie", "date": "2024-03-29 14:30"}


@cache
def phrases(language: Language = "fr") -> Phrases:
    return parse_phrases((ROOT / "templates" / "locales" / f"problems.{language}.toml").read_bytes())


@cache
def desk(language: Language = "fr") -> Desk:
    categories = (
        Category(slug="economie", name="Économie"),
        Category(slug="developpement-durable", name="Développement durable"),
        Category(slug="societe", name="Vie quotidienne"),
    )
    newsroom = Newsroom(name="La Quotidienne", base_url="https://www.example.ma", language=language)
    return Desk(Settings(newsroom=newsroom, category=categories), phrases(language))


def upload(body: str = "Du texte.", header: str | None = None, **fields: str | None) -> bytes:
    """A sound upload, but for the fields given: None takes one away, a text replaces it or comes last."""
    lines = [f"{name}: {value}" for name, value in {**HEADER, **fields}.items() if value is not None]
    text = "\n".join(lines) if header is None else header
    return f"---\n{text}\n---\n{body}\n".encode()


def read(body: str = "Du texte.", *, key: str = KEY, **fields: str | None) -> Article:
    return read_upload(key, upload(body, **fields), desk())


def problems(content: bytes, key: str = KEY) -> tuple[Problem, ...]:
    with pytest.raises(UploadRejected) as rejected:
        read_upload(key, content, desk())
    return rejected.value.problems


def problem(content: bytes, key: str = KEY) -> Problem:
    """The one problem of an upload."""
    (found,) = problems(content, key)
    return found


def public_list(name: str) -> Path:
    """A file of the folder of public lists beside the checkout; the test is skipped in a clone that has none."""
    folder = Path(os.environ.get("ROTATIVE_SHARED", ROOT.parent / "shared")) / "bad-input"
    if not (folder / name).exists():
        pytest.skip(f"{name} is not here: set ROTATIVE_SHARED to the folder that holds bad-input/{name}")
    return folder / name
