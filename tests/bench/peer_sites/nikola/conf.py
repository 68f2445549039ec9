# ruff: noqa: INP001 - Nikola loads it by its path
"""Nikola, which has no related articles, with the pages of the other sites of the benchmark, and nothing else."""

BLOG_TITLE = BLOG_AUTHOR = BLOG_DESCRIPTION = "Le Journal d’Exemple"
BLOG_EMAIL = "redaction@journal.example"
SITE_URL = "https://journal.example/"
DEFAULT_LANG = "fr"
TRANSLATIONS = {DEFAULT_LANG: ""}
NAVIGATION_LINKS: dict[str, tuple[()]] = {DEFAULT_LANG: ()}
TIMEZONE = "UTC"
THEME = "bench"
OUTPUT_FOLDER = "public"
POSTS = (("posts/*.md", "", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
CATEGORY_PATH, CATEGORY_PREFIX = "rubriques", ""
CATEGORY_PAGES_ARE_INDEXES = True
INDEX_DISPLAY_POST_COUNT = 20
FEED_LENGTH = 30
GENERATE_ATOM = SHOW_SOURCELINK = COPY_SOURCES = False
PRETTY_URLS = STRIP_INDEXES = True
DISABLED_PLUGINS = (
    "classify_archive classify_authors classify_page_index classify_tags copy_assets copy_files create_bundles gzip "
    "redirect render_archive render_galleries render_listings robots scale_images"
).split()
