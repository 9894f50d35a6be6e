"""Links that open at a sentence, `#:~:text=`, or at a page of a PDF, `#page=`, as browsers read them."""

from urllib.parse import quote, urlsplit

_WHOLE = 80
_EDGE_WORDS = 5


def http_url(url: str | None) -> str | None:
    """Return the address if it is a plain http(s) one, else None."""
    if url is None or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def sentence_link(url: str, sentence: str) -> str:
    """Return the address with a text fragment; a long sentence is named by its first and last words."""
    words = sentence.split()
    if not words:
        return url
    if len(sentence) <= _WHOLE or len(words) <= 2 * _EDGE_WORDS:
        directive = _encode(" ".join(words))
    else:
        directive = _encode(" ".join(words[:_EDGE_WORDS])) + "," + _encode(" ".join(words[-_EDGE_WORDS:]))
    joint = "" if "#" in url else "#"
    return f"{url}{joint}:~:text={directive}"


def place_link(url: str, sentence: str, page: int | None) -> str:
    """Return the address opening at the page, where the document has pages, else at the sentence."""
    if page is None:
        return sentence_link(url, sentence)
    return url if "#" in url else f"{url}#page={page}"


def _encode(text: str) -> str:
    """Percent-encode everything that means something in a directive, the hyphen too."""
    return quote(text, safe="").replace("-", "%2D")
