"""What the control words of RTF stand for: characters, encodings, and groups that hold no text."""

from typing import Final

CHARACTERS: Final = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d",
    "zwnj": "\u200c", "~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}  # fmt: skip
"""Control words and signs that are a character each."""

ENCODINGS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp850",
}  # fmt: skip
"""Encodings by the number of the character set of a font; others write in that of the document."""
SYMBOLS: Final = 2
"""The number of the character set of fonts whose letters are signs."""

SILENT: Final = frozenset(
    {"aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnid", "atnref",
     "bkmkend", "bkmkstart", "bliptag", "blipuid", "category", "colorschememapping", "colortbl",
     "comment", "company", "datafield", "datastore", "doccomm", "falt", "fchars", "ffdeftext",
     "ffentrymcr", "ffexitmcr", "ffformat", "ffhelptext", "ffl", "ffname", "ffstattext", "filetbl",
     "fldinst", "fontemb", "formfield", "ftncn", "ftnsep", "ftnsepc", "generator", "hlinkbase",
     "htmltag", "keywords", "latentstyles", "lchars", "levelnumbers", "leveltext",
     "listoverridetable", "listpicture", "listtable", "manager", "mmathPict", "mmathPr",
     "nonesttables", "nonshppict", "objclass", "objdata", "objname", "operator", "panose", "pict",
     "pn", "private", "revtbl", "rsidtbl", "shppict", "shprslt", "sn", "stylesheet", "subject",
     "sv", "tc", "template", "themedata", "userprops", "wgrffmtfilter", "xe", "xmlnstbl"}
)  # fmt: skip
"""Groups that hold no text of the document."""
OPEN: Final = frozenset(
    {"shpinst", "ud", "shptxt", "footnote", "moMathPara", "moMath", "xmlopen", "cs", "fldrslt"}
)
"""Groups that a reader may skip if it does not know them, and that hold text."""
HEADS: Final = frozenset(
    {"header", "headerf", "headerl", "headerr", "footer", "footerf", "footerl", "footerr"}
)
"""Groups of headers and footers."""
