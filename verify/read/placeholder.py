"""Wordings that stand where a post's text should be: deleted, unavailable, waiting for consent.

It knows wordings only; whether the post still stands is for others to look up.
"""

from __future__ import annotations

import re

#: A real post that merely mentions a deleted one is longer than any placeholder.
_LONGEST = 260

_THING = (
    r"(?:tweets?|posts?|x[- ]?posts?|content|media|video|status|message|inhalte?|beitrag|contenu|"
    r"publication|contenido|publicación|conteúdo|publicação|contenuto|твит|пост|twitter)"
)
_WORDINGS = re.compile(
    rf"(?:^|\b)(?:"
    rf"{_THING} (?:may have been|has been|was|is|might be|appears to be|had been) (?:deleted|removed|"
    rf"unavailable|not available|no longer available|suspended|protected|withheld|hidden|blocked|limited)"
    rf"|(?:this|the|that) {_THING} (?:is|was|has been|cannot|can[’']?t|can not|could not|couldn[’']t|"
    rf"may|from|violated|by|contains) (?:\w+ ){{0,6}}?(?:unavailable|available|deleted|removed|protected|"
    rf"suspended|displayed|loaded|shown|found|rules|withheld|hidden|blocked|exists?)"
    rf"|{_THING} (?:unavailable|not available|not found|deleted|removed|blocked|loading)"
    rf"|(?:loading|embedded|view|see|show|load|open) (?:the |this |an? |full |embedded |original |external )*{_THING}"
    rf"(?: (?:on|from|by) (?:twitter|x|instagram|facebook|tiktok|threads|bluesky|telegram|truth social))?"
    rf"|view (?:on|in) (?:twitter|x|instagram|facebook|tiktok|threads|bluesky|telegram)"
    rf"|(?:see|view) more on (?:twitter|x|instagram|facebook)"
    rf"|you(?:'|’)?re unable to view this|account (?:owner limits|has been suspended|no longer exists)"
    rf"|(?:accept|allow|enable|manage) (?:all |the )*cookies|cookies? (?:settings|preferences|consent)"
    rf"|(?:privacy|consent) (?:settings|preferences)|enable javascript|javascript is (?:disabled|required)"
    rf"|view this (?:post|profile|photo|reel) on instagram"
    rf"|(?:dieser|der|diesen) (?:tweet|beitrag|inhalt|post)\b.{{0,40}}(?:verfügbar|gelöscht|entfernt|anzeigen|laden)"
    rf"|(?:tweet|twitter|externe[rn]?|x)[- ]inhalte?|(?:inhalt|tweet|beitrag) (?:laden|anzeigen)"
    rf"|sieh dir diesen (?:beitrag|tweet)|cookies (?:akzeptieren|zulassen)"
    rf"|ce (?:tweet|contenu|post|message) (?:n(?:'|’)est|a été|n(?:'|’)existe|est)"
    rf"|(?:voir|afficher) (?:ce|le|cette|la) (?:tweet|contenu|publication|post)|accepter les cookies"
    rf"|(?:este|el|esta|la) (?:tweet|tuit|contenido|publicación|post) (?:ya )?no (?:está|existe)"
    rf"|(?:ver|mostrar|cargar) (?:este |el |esta |la )?(?:tweet|tuit|contenido|publicación|post)|aceptar (?:las )?cookies"
    rf"|(?:este|esse|o) (?:tweet|tuíte|conteúdo|post) (?:não|foi)|ver (?:essa foto|esta publicação)"
    rf"|(?:questo|il) (?:tweet|post|contenuto) (?:non|è stato)|visualizza (?:questo|il) post"
    rf"|deze (?:tweet|post|inhoud) is|этот твит|твит (?:удал[её]н|недоступен)|посмотреть (?:эту )?публикацию"
    rf"|bu (?:tweet|gönderi|içerik)\b.{{0,30}}(?:silin|görüntülen|mevcut)|ten (?:tweet|wpis)\b.{{0,30}}(?:usunięt|dostępn)"
    rf"|このツイートは|此推文|此帖子|이 트윗"
    rf")",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:twitter|tweet|x|loading|embed|instagram|facebook|post|advertisement|nothing|deleted|"
    r"\.{3}|…|[-–—·•\s])+",
    re.IGNORECASE,
)


def is_placeholder(text: str, *, signed: bool = False) -> bool:
    """Say whether the wording only stands in for a post's text.

    Under a signature, where a real text is to be expected, nothing but the wording may be there.
    """
    plain = " ".join(text.split())
    if not plain or _FULL.fullmatch(plain):
        return True
    if len(plain) > _LONGEST:
        return False
    match = _WORDINGS.search(plain)
    if match is None or match.start() > 12:
        return False
    return not signed or len(plain) - match.end() <= 25
