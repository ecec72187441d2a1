"""Wordings that stand where a post's text should be: deleted, unavailable, waiting for consent.

It knows wordings only; whether the post still stands is for others to look up.
"""

from __future__ import annotations

import re

#: A real post that merely mentions a deleted one is longer than any placeholder.
_LONGEST = 260
#: Where the wording must begin: "This", "The", a bullet may stand before it.
_LATEST_START = 12
#: What may follow it under a signature: "(opens in a new tab)".
_SIGNED_REST = 25

_THING = (
    r"(?:tweets?|posts?|x[- ]?posts?|content|media|video|status|message|inhalte?|beitrag|contenu|"
    r"publication|contenido|publicación|conteúdo|publicação|contenuto|твит|пост|twitter)"
)
_GONE = (
    r"(?:deleted|removed|unavailable|not available|no longer available|suspended|protected|"
    r"withheld|hidden|blocked|limited)"
)
_SITE = r"(?:twitter|x|instagram|facebook|tiktok|threads|bluesky|telegram|mastodon|truth social)"
_WORDINGS = (
    rf"{_THING} (?:may have been|has been|was|is|might be|appears to be|had been) {_GONE}",
    rf"(?:this|the|that) {_THING} (?:is|was|has been|can(?:no|[’'])?t|can not|could(?: not|n[’']t)|"
    r"may|from|violated|by|contains) (?:\w+ ){0,6}?(?:unavailable|available|deleted|removed|"
    r"protected|suspended|displayed|loaded|shown|found|rules|withheld|hidden|blocked|exists?)",
    rf"{_THING} (?:unavailable|not available|not found|deleted|removed|blocked|loading)",
    r"(?:loading|embedded|view|see|show|load|open) (?:the |this |an? |full |embedded |original |"
    rf"external )*{_THING}(?: (?:on|from|by) {_SITE})?",
    rf"(?:view|see|watch|open|read) (?:more )?(?:on|in) {_SITE}",
    r"post by @\S+",
    r"you[’']?re unable to view this",
    r"account (?:owner limits|has been suspended|no longer exists)",
    r"(?:accept|allow|enable|manage) (?:all |the )*cookies",
    r"cookies? (?:settings|preferences|consent)",
    r"(?:privacy|consent) (?:settings|preferences)",
    r"enable javascript|javascript is (?:disabled|required)",
    r"view this (?:post|profile|photo|reel) on instagram",
    r"(?:dieser|der|diesen) (?:tweet|beitrag|inhalt|post)\b.{0,40}(?:verfügbar|gelöscht|entfernt|"
    r"anzeigen|laden)",
    r"(?:tweet|twitter|externe[rn]?|x)[- ]inhalte?|(?:inhalt|tweet|beitrag) (?:laden|anzeigen)",
    r"twitter freischalten|sieh dir diesen (?:beitrag|tweet)|cookies (?:akzeptieren|zulassen)",
    r"ce (?:tweet|contenu|post|message) (?:n[’']est|a été|n[’']existe|est)",
    r"(?:voir|afficher) (?:ce|le|cette|la) (?:tweet|contenu|publication|post)",
    r"accepter les cookies|aceptar (?:las )?cookies|aceitar (?:os )?cookies",
    r"(?:este|el|esta|la) (?:tweet|tuit|contenido|publicación|post) (?:ya )?no (?:está|existe)",
    r"(?:ver|mostrar|cargar) (?:este |el |esta |la )?(?:tweet|tuit|contenido|publicación|post)",
    r"(?:este|esse|o) (?:tweet|tuíte|conteúdo|post) (?:não|foi)|ver (?:essa foto|esta publicação)",
    r"(?:questo|il) (?:tweet|post|contenuto) (?:non|è stato)|visualizza (?:questo|il) post",
    r"deze (?:tweet|post|inhoud) is",
    r"этот твит|твит (?:удал[её]н|недоступен)|посмотреть (?:эту )?публикацию",
    r"bu (?:tweet|gönderi|içerik)\b.{0,30}(?:silin|görüntülen|mevcut)",
    r"ten (?:tweet|wpis)\b.{0,30}(?:usunięt|dostępn)",
    r"このツイートは|此推文|此帖子|이 트윗",
)
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDINGS)})", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:twitter|tweet|x|loading|embed|instagram|facebook|post|advertisement|deleted|"
    r"\.{3}|…|[-–—·•\s])+",
    re.IGNORECASE,
)


def is_placeholder(text: str, *, signed: bool = False) -> bool:
    """Say whether the wording only stands in for a post's text.

    Under a signature, where a real text is to be expected, nothing but the wording may be there.
    """
    plain = " ".join(text.split())
    if not plain or _EMPTY.fullmatch(plain):
        return True
    if len(plain) > _LONGEST:
        return False
    match = _ANY.search(plain)
    if match is None or match.start() > _LATEST_START:
        return False
    return not signed or len(plain) - match.end() <= _SIGNED_REST
