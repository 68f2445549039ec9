"""Files that programs write for themselves beside an editor's: none of them is an upload."""

# 4913 is Vim's trial, the last two the Mac's picture of a folder and the thumbnails of Synology's disks.
_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "4913", "icon\r", "@eadir"})
_BEGINNINGS = (".", "~$")  # hidden ones, .DS_Store too; Word's mark of an open document
# Copies that editors keep; half a download, which of Safari's is a folder; the copies that JetBrains saves by.
_ENDS = (
    "~", ".swp", ".bak", ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".opdownload", ".download",
    "___jb_tmp___", "___jb_old___",
)  # fmt: skip


def is_scratch(name: str) -> bool:
    """Whether a program writes a file, or keeps a folder, of this name for itself."""
    name = name.lower()
    auto_saved = name.startswith("#") and name.endswith("#")
    return auto_saved or name in _NAMES or name.startswith(_BEGINNINGS) or name.endswith(_ENDS)
