"""The house: everything that is the same for every page of one build, made once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from functions.core import keys, places
from functions.core.article import LANGUAGES, Correction, Language
from functions.core.cards.drawing import Fonts
from functions.core.contexts import Context, FooterPart, MastheadPart, filled
from functions.core.dates import on_the_clock
from functions.core.entry import Entry
from functions.core.locale import Locale, parse_locale
from functions.core.page import Page
from functions.core.parts import Link, Moment, Row, Section, Shell, SignUpForm, Site
from functions.core.settings import Settings
from functions.core.site.assets import Asset, make_assets
from functions.core.templates import Markup, Templates, trusted

_ACCENTS = 8  # how many category colours site.css has
_MOMENTS = 16_384  # an article's instant is asked for by its page, its boxes and every list


@dataclass(frozen=True)
class House:
    """Settings, words, templates and the parts of the shell that no article changes."""

    settings: Settings
    locales: Mapping[Language, Locale]
    templates: Templates
    assets: Mapping[str, Asset]
    card_fonts: Fonts
    site: Site
    sections: Mapping[str, Section]
    headers: Mapping[str, Markup]
    footer: Markup
    footer_without_form: Markup
    moments: Callable[[datetime, Language], Moment]

    @property
    def locale(self) -> Locale:
        """The newsroom's own language."""
        return self.locales[self.settings.newsroom.language]

    def section(self, category: str) -> Section:
        """A category as a place; one that the settings no longer know goes by its slug."""
        return self.sections.get(category) or Section(keys.category_path(category), category, "c1")

    def url(self, path: str) -> str:
        """The absolute address of a site path, in ASCII."""
        return self.site.url + places.encoded(path)

    def local(self, instant: datetime) -> datetime:
        """An instant on the newsroom's clock."""
        return on_the_clock(instant, self.settings.newsroom.zone)

    def moment(self, instant: datetime, locale: Locale | None = None) -> Moment:
        """An instant as its day, in the newsroom's zone and language unless told another."""
        return self.moments(instant, (locale or self.locale).language)

    def hour(self, instant: datetime) -> Moment:
        """An instant as its hour in the newsroom's zone: `09:30`."""
        there = self.local(instant)
        return Moment(there.isoformat(timespec="seconds"), f"{there:%H:%M}")

    def corrected(self, correction: Correction, locale: Locale | None = None) -> Moment:
        """The day of a correction; for machines its hour too, where it tells one."""
        if correction.at:
            return self.moment(correction.at, locale)
        return Moment(correction.date.isoformat(), (locale or self.locale).date(correction.date))

    def shell(
        self, title: str, path: str = "", *, category: str = "", description: str = "", form: bool = True
    ) -> Shell:
        """The surroundings of a page; without a `path` it has no canonical address and is not to be indexed."""
        section = self.sections.get(category)
        return Shell(
            title=title,
            description=description or f"{title} · {self.site.name} · {self.locale.words.tagline}",
            canonical=self.url(path) if path else "",
            feed=Link(places.category_feed(category), section.text) if section else Link(places.FEED, self.site.name),
            json_feed=places.category_json_feed(category) if section else places.JSON_FEED,
            accent=section.accent if section else "c1",
            header=self.headers.get(category) or self.headers[""],
            footer=self.footer if form else self.footer_without_form,
        )

    def row(self, entry: Entry, published: Moment | None = None) -> Row:
        """An entry as lists show it, its day or another form of its instant; a foreign title names its language."""
        foreign = entry.lang != self.settings.newsroom.language
        return Row(
            href=entry.path,
            title=entry.title,
            standfirst=entry.standfirst,
            published=published or self.moment(entry.published_at),
            section=self.section(entry.category),
            image=entry.thumbnail,
            lang=entry.lang if foreign else "",
            dir=self.locales[entry.lang].direction if foreign else "",
        )

    def rows(self, entries: Sequence[Entry]) -> tuple[Row, ...]:
        """Entries as rows, in the order given."""
        return tuple(self.row(entry) for entry in entries)

    def render(self, context: Context) -> bytes:
        """A context poured into its template."""
        return filled(self.templates, context).encode()

    def page(self, path: str, context: Context) -> Page:
        """A page at a site path."""
        return Page(keys.site_key(path), self.render(context))


def make_house(settings: Settings, files: Mapping[str, bytes]) -> House:
    """A house from the settings and the files of templates/ by their path below it (`site/...`).

    Raises jinja2.TemplateError for a template that does not compile, pydantic.ValidationError for a locale that lacks a
    word: a mistake of a designer stops the press before its first page.
    """
    locales = {language: parse_locale(files[f"locales/{language}.toml"]) for language in LANGUAGES}
    sources = {name: body.decode() for name, body in _below(files, "site/").items()}
    templates = Templates(sources, _below(files, "compiled/"))
    templates.compile_all()
    assets = make_assets(_below(files, "assets/"))
    site = _site(settings, locales[settings.newsroom.language], assets)
    sections = {
        category.slug: Section(keys.category_path(category.slug), category.name, f"c{index % _ACCENTS + 1}")
        for index, category in enumerate(settings.category)
    }
    footer, footer_without_form = (_footer(templates, site, sections, form=form) for form in (True, False))
    return House(
        settings=settings,
        locales=locales,
        templates=templates,
        assets=assets,
        card_fonts=Fonts(files["cards/latin.ttf"], files["cards/arabic.ttf"]),
        site=site,
        sections=sections,
        headers={slug: _header(templates, site, sections, slug) for slug in ("", *sections)},
        footer=footer,
        footer_without_form=footer_without_form,
        moments=_moments(settings, locales),
    )


def _moments(settings: Settings, locales: Mapping[Language, Locale]) -> Callable[[datetime, Language], Moment]:
    zone = settings.newsroom.zone

    @lru_cache(maxsize=_MOMENTS)
    def moment(instant: datetime, language: Language) -> Moment:
        there = on_the_clock(instant, zone)
        return Moment(there.isoformat(timespec="seconds"), locales[language].date(there))

    return moment


def _below(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name.removeprefix(folder): body for name, body in sorted(files.items()) if name.startswith(folder)}


def _site(settings: Settings, locale: Locale, assets: Mapping[str, Asset]) -> Site:
    return Site(
        name=settings.newsroom.name,
        url=settings.newsroom.base_url,
        language=locale.language,
        direction=locale.direction,
        territory=locale.territory,
        words=locale.words,
        stylesheet=assets["site.css"].path,
        script=assets["site.js"].path,
        icon=assets["icon.svg"].path,
        icon_png=assets["icon-32.png"].path,
        touch_icon=assets["icon-180.png"].path,
        manifest=places.MANIFEST,
        search=places.SEARCH if settings.site.search else "",
        privacy=settings.privacy,
    )


def _header(templates: Templates, site: Site, sections: Mapping[str, Section], category: str) -> Markup:
    current = sections[category].href if category else ""
    part = MastheadPart(site=site, sections=tuple(sections.values()), current=current)
    return trusted(filled(templates, part))


def _footer(templates: Templates, site: Site, sections: Mapping[str, Section], *, form: bool) -> Markup:
    part = FooterPart(
        site=site,
        sections=tuple(sections.values()),
        corrections=places.CORRECTIONS,
        feed=places.FEED,
        newsletter=places.NEWSLETTER,
        form=SignUpForm() if form else None,
    )
    return trusted(filled(templates, part))
