# ruff: noqa: E501  (markup is kept on the lines it has in pages)
"""Small pages of our own, one for each form in which a post stands in a page; read by test_posts.

Each entry: the form's name, the piece of markup (or text), and what must be found in it. All
people, accounts and addresses are made up, the ids were computed for the dates shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Form(NamedTuple):
    """One form: markup, and the expected platform, id, handle, text, with other fields by name."""

    name: str
    markup: str
    platform: str = "x"
    post_id: str | None = "1196909601389785089"
    handle: str | None = "harbour_watch"
    text: str | None = "Smoke over the old harbour this morning."
    also: Mapping[str, object] = MappingProxyType({})


ID = "1196909601389785089"  # 19 November 2019, 21:54 UTC
URL = f"https://twitter.com/harbour_watch/status/{ID}"
SIGNED = f'&mdash; Harbour Watch (@harbour_watch) <a href="{URL}?ref_src=twsrc%5Etfw">November 19, 2019</a>'
TEXT = "Smoke over the old harbour this morning."
WRAPPED = "https%3A%2F%2Ftwitter.com%2Fharbour_watch%2Fstatus%2F" + ID

X_FORMS = [
    Form(
        "blockquote",
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{TEXT}</p>{SIGNED}</blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>',
        also={"author": "Harbour Watch", "media": False, "url": URL},
    ),
    Form(
        "blockquote with a picture, the signature in its own paragraph",
        '<blockquote class="twitter-tweet" data-width="550" data-dnt="true">'
        f'<p lang="en" dir="ltr">{TEXT} <a href="https://t.co/dUO6AJlMxR">pic.twitter.com/dUO6AJlMxR</a></p>'
        f"<p>{SIGNED}</p></blockquote>",
        text=f"{TEXT} pic.twitter.com/dUO6AJlMxR",
        also={"media": True},
    ),
    Form(
        "blockquote aligned, with emoji in the name",
        f'<blockquote class="tw-align-center twitter-tweet"><p>{TEXT}</p>&mdash; Harbour 🇸🇾 Watch ???? '
        f'(@harbour_watch) <a href="{URL}">19 novembre 2019</a></blockquote>',
        also={"author": "Harbour 🇸🇾 Watch ????"},
    ),
    Form(
        "blockquote of several paragraphs and line breaks",
        f'<blockquote class="twitter-tweet"><p>Smoke over<br>the old harbour</p><p>this morning.</p>{SIGNED}</blockquote>',
        text="Smoke over\nthe old harbour\nthis morning.",
    ),
    Form(
        "blockquote whose text quotes another post's address",
        f'<blockquote class="twitter-tweet"><p>{TEXT} <a href="https://twitter.com/other/status/1196909601389785000">'
        f"https://twitter.com/other/status/1196909601389785000</a></p>{SIGNED}</blockquote>",
        text=f"{TEXT} https://twitter.com/other/status/1196909601389785000",
    ),
    Form(
        "blockquote that answers others, links glued together",
        f'<blockquote class="twitter-tweet"><p><a href="https://twitter.com/a_b">@a_b</a> Look.<a href="https://twitter.com/'
        f'hashtag/Port">#Port</a></p>{SIGNED}</blockquote>',
        text="@a_b Look. #Port",
    ),
    Form(
        "blockquote on x.com",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>&mdash; Harbour Watch (@harbour_watch) '
        f'<a href="https://x.com/harbour_watch/status/{ID}">November 19, 2019</a></blockquote>',
    ),
    Form(
        "blockquote on mobile.twitter.com",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>&mdash; Harbour Watch (@harbour_watch) '
        f'<a href="https://mobile.twitter.com/harbour_watch/status/{ID}">November 19, 2019</a></blockquote>',
    ),
    Form(
        "blockquote in a web archive's copy",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>&mdash; Harbour Watch (@harbour_watch) '
        f'<a href="/web/20191120051841/https://twitter.com/harbour_watch/status/{ID}">November 19, 2019</a></blockquote>',
    ),
    Form(
        "blockquote with an affiliate's link",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>&mdash; Harbour Watch (@harbour_watch) '
        f'<a href="https://go.redirectingat.com/?id=66960X&amp;url={WRAPPED}">November 19, 2019</a></blockquote>',
    ),
    Form(
        "blockquote of a video",
        f'<blockquote class="twitter-video" data-status="hidden"><p>{TEXT}</p>{SIGNED}</blockquote>',
        also={"media": True},
    ),
    Form(
        "blockquote that lost its class",
        f"<blockquote><p>{TEXT}</p><p>{SIGNED}</p></blockquote>",
    ),
    Form("paragraph that lost its blockquote", f"<p>{TEXT} {SIGNED}</p>"),
    Form("two paragraphs that lost their blockquote", f"<p>{TEXT}</p>\n<p>{SIGNED}</p>"),
    Form(
        "blockquote never closed",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>{SIGNED}',
    ),
    Form(
        "blockquote with an emoji drawn as a picture",
        f'<blockquote class="twitter-tweet"><p>Fire <img class="Emoji" alt="🔥" src="f.png"> at sea</p>{SIGNED}</blockquote>',
        text="Fire 🔥 at sea",
        also={"media": False},
    ),
    Form(
        "blockquote signed without the account",
        f'<blockquote class="twitter-tweet"><p>{TEXT}</p>&mdash; Harbour Watch <a href="{URL}">November 19, 2019</a></blockquote>',
        also={"author": "Harbour Watch"},
    ),
    Form(
        "rendered widget",
        '<div class="twitter-tweet twitter-tweet-rendered"><iframe id="twitter-widget-0" '
        f'data-tweet-id="{ID}" src="about:blank"></iframe></div>',
        handle=None,
        text=None,
    ),
    Form(
        "frame of the platform",
        f'<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id={ID}&amp;theme=light"></iframe>',
        handle=None,
        text=None,
    ),
    Form(
        "lazy frame of another service",
        f'<iframe data-src="https://cdn.embedly.com/widgets/media.html?url={WRAPPED}&amp;type=text"></iframe>',
        text=None,
    ),
    Form(
        "WordPress block, a bare address",
        '<figure class="wp-block-embed-twitter wp-block-embed is-type-rich is-provider-twitter">'
        f'<div class="wp-block-embed__wrapper">\n{URL}\n</div><figcaption>The harbour.</figcaption></figure>',
        text=None,
    ),
    Form("bare address in a paragraph", f"<p>{URL}?s=20</p>", text=None),
    Form("bare address linked to itself", f'<p><a href="{URL}">{URL}</a></p>', text=None),
    Form("shortcode", f"<p>[tweet {URL}]</p>", text=None),
    Form(
        "oEmbed element", f'<figure class="media"><oembed url="{URL}"></oembed></figure>', text=None
    ),
    Form(
        "AMP",
        f'<amp-twitter width="375" height="472" layout="responsive" data-tweetid="{ID}"></amp-twitter>',
        handle=None,
        text=None,
    ),
    Form(
        "AMP with its fallback",
        f'<amp-twitter data-tweetid="{ID}"><blockquote placeholder><p>{TEXT}</p>{SIGNED}</blockquote></amp-twitter>',
    ),
    Form(
        "consent box with the markup in an attribute",
        '<div class="embed-consent" data-html="&lt;blockquote class=&quot;twitter-tweet&quot;&gt;&lt;p&gt;'
        f"{TEXT}&lt;/p&gt;&amp;mdash; Harbour Watch (@harbour_watch) &lt;a href=&quot;{URL}&quot;&gt;"
        'November 19, 2019&lt;/a&gt;&lt;/blockquote&gt;"><p>Accept cookies to see this post.</p></div>',
    ),
    Form(
        "consent box with the markup in a text area",
        f'<div class="third-party--placeholder"><textarea hidden><blockquote class="twitter-tweet"><p>{TEXT}</p>'
        f"{SIGNED}</blockquote></textarea><h2>Twitter freischalten</h2></div>",
    ),
    Form(
        "consent box with an address",
        f'<div class="lazy-embed" data-url="{URL}"><p>We need your consent to load this.</p></div>',
        text=None,
    ),
    Form(
        "placeholder: deleted",
        f'<blockquote class="twitter-tweet"><a href="{URL}">Tweet may have been deleted '
        '<span class="sr-only">(opens in a new tab)</span></a></blockquote>',
        text=None,
    ),
    Form(
        "placeholder: empty link",
        f'<blockquote class="twitter-tweet"><a href="{URL}">&nbsp;</a></blockquote>',
        text=None,
    ),
    Form(
        "placeholder: unavailable in German",
        f'<blockquote class="twitter-tweet"><p>Dieser Tweet ist nicht mehr verfügbar.</p>{SIGNED}</blockquote>',
        text=None,
    ),
]

OTHER_FORMS = [
    Form(
        "Telegram script",
        '<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="harbour_watch/512" '
        'data-width="100%"></script>',
        "telegram",
        "512",
        "harbour_watch",
        None,
    ),
    Form(
        "Telegram frame",
        '<iframe src="https://t.me/harbour_watch/512?embed=1"></iframe>',
        "telegram",
        "512",
        "harbour_watch",
        None,
    ),
    Form(
        "Facebook post",
        '<div class="fb-post" data-href="https://www.facebook.com/harbourwatch/posts/10153231379946729/">'
        '<blockquote cite="https://www.facebook.com/harbourwatch/posts/10153231379946729/" class="fb-xfbml-parse-ignore">'
        f'<p>{TEXT}</p>Posted by <a href="#">Harbour Watch</a> on <a href="#">Tuesday, November 19, 2019</a>'
        "</blockquote></div>",
        "facebook",
        "10153231379946729",
        "harbourwatch",
        TEXT,
        {"author": "Harbour Watch"},
    ),
    Form(
        "Facebook frame",
        '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fharbourwatch'
        '%2Fposts%2F10153231379946729&amp;width=500"></iframe>',
        "facebook",
        "10153231379946729",
        "harbourwatch",
        None,
    ),
    Form(
        "Instagram without a caption",
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/B5CtsvAnLqZ/?utm_source=ig" '
        'data-instgrm-version="12"><div><a href="https://www.instagram.com/p/B5CtsvAnLqZ/">View this post on Instagram</a>'
        "</div><p>A post shared by Harbour Watch (@harbour.watch) on Nov 19, 2019 at 9:54pm PST</p></blockquote>",
        "instagram",
        "B5CtsvAnLqZ",
        "harbour.watch",
        None,
        {"author": "Harbour Watch", "media": True},
    ),
    Form(
        "Instagram with a caption",
        '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/B5CtsvAnLqZ/">'
        f'<p><a href="https://www.instagram.com/p/B5CtsvAnLqZ/">{TEXT}</a></p><p>A post shared by <a href="https://www.'
        'instagram.com/harbour.watch/">Harbour Watch</a> (@harbour.watch) on '
        '<time datetime="2019-11-19T21:54:00+00:00">Nov 19, 2019</time></p></blockquote>',
        "instagram",
        "B5CtsvAnLqZ",
        "harbour.watch",
        TEXT,
        {"author": "Harbour Watch"},
    ),
    Form(
        "TikTok",
        '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@harbour.watch/video/6718335390845095173" '
        'data-video-id="6718335390845095173"><section><a title="@harbour.watch" href="#">@harbour.watch</a> '
        f'<p>{TEXT}</p> <a title="♬ original sound" href="#">♬ original sound - Harbour</a></section></blockquote>',
        "tiktok",
        "6718335390845095173",
        "harbour.watch",
        TEXT,
        {"media": True},
    ),
    Form(
        "YouTube frame",
        '<iframe width="560" src="https://www.youtube-nocookie.com/embed/MNWf9wXUPZA?rel=0" allowfullscreen></iframe>',
        "youtube",
        "MNWf9wXUPZA",
        None,
        None,
        {"media": True},
    ),
    Form(
        "YouTube bare address",
        '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\n'
        "https://www.youtube.com/watch?v=MNWf9wXUPZA\n</div></figure>",
        "youtube",
        "MNWf9wXUPZA",
        None,
        None,
    ),
    Form(
        "Bluesky",
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc123/app.bsky.feed.post/3l4kexample2" '
        f'data-bluesky-cid="bafy"><p lang="en">{TEXT}</p>&mdash; Harbour Watch (<a href="https://bsky.app/profile/did:plc:'
        'abc123">@harbour.bsky.social</a>) <a href="https://bsky.app/profile/did:plc:abc123/post/3l4kexample2">'
        "November 19, 2024 at 9:54 PM</a></blockquote>",
        "bluesky",
        "3l4kexample2",
        "harbour.bsky.social",
        TEXT,
        {"author": "Harbour Watch"},
    ),
    Form(
        "Mastodon frame",
        '<iframe src="https://mastodon.example/@harbour/109876543210987654/embed" class="mastodon-embed"></iframe>',
        "mastodon",
        "109876543210987654",
        "harbour@mastodon.example",
        None,
    ),
    Form(
        "Mastodon blockquote",
        '<blockquote class="mastodon-embed" data-embed-url="https://mastodon.example/@harbour/109876543210987654/embed">'
        '<a href="https://mastodon.example/@harbour/109876543210987654"><div>Post by @harbour@mastodon.example</div>'
        "<div>View on Mastodon</div></a></blockquote>",
        "mastodon",
        "109876543210987654",
        "harbour@mastodon.example",
        None,
    ),
    Form(
        "Truth Social",
        '<iframe src="https://truthsocial.com/@harbourwatch/109876543210987654/embed" class="truthsocial-embed"></iframe>',
        "truthsocial",
        "109876543210987654",
        "harbourwatch",
        None,
    ),
    Form(
        "Threads",
        '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@harbour.watch/post/C1xExample0" '
        'data-text-post-version="0"><a href="https://www.threads.net/@harbour.watch/post/C1xExample0"><div>View on Threads'
        "</div></a></blockquote>",
        "threads",
        "C1xExample0",
        "harbour.watch",
        None,
    ),
    Form(
        "AMP Instagram",
        '<amp-instagram data-shortcode="B5CtsvAnLqZ" width="400" height="400" layout="responsive"></amp-instagram>',
        "instagram",
        "B5CtsvAnLqZ",
        None,
        None,
    ),
]

PLAIN_FORMS = [
    Form(
        "plain: own paragraph",
        f"{TEXT} pic.twitter.com/5LHaG3AHxO — Harbour Watch ???????? (@harbour_watch) November 19, 2019",
        post_id=None,
        text=f"{TEXT} pic.twitter.com/5LHaG3AHxO",
        also={"author": "Harbour Watch ????????", "media": True},
    ),
    Form(
        "plain: split over lines",
        "Smoke over the old\nharbour this morning.\npic.twitter.com/5LHaG3AHxO\n— Harbour Watch (@harbour_watch)\nNovember 19, 2019",
        post_id=None,
        text="Smoke over the old\nharbour this morning.\npic.twitter.com/5LHaG3AHxO",
    ),
    Form(
        "plain: emoji, German date",
        f"{TEXT} – Hafen 🔥 Wache (Parodie) (@harbour_watch) 19. November 2019",
        post_id=None,
        also={"author": "Hafen 🔥 Wache (Parodie)"},
    ),
    Form("plain: French date", f"{TEXT} — Veille (@harbour_watch) 19 novembre 2019", post_id=None),
    Form(
        "plain: Spanish date",
        f"{TEXT} — Vigía (@harbour_watch) 19 de noviembre de 2019",
        post_id=None,
    ),
    Form("plain: Russian date", f"{TEXT} — Порт (@harbour_watch) 19 ноября 2019 г.", post_id=None),
    Form(
        "plain: Arabic date",
        f"{TEXT} — مرصد الميناء (@harbour_watch) ١٩ نوفمبر، ٢٠١٩",
        post_id=None,
    ),
    Form("plain: Japanese date", f"{TEXT} — 港 (@harbour_watch) 2019年11月19日", post_id=None),
    Form(
        "plain: Hungarian date",
        f"{TEXT} — Kikötő (@harbour_watch) 2019. november 19.",
        post_id=None,
    ),
    Form(
        "plain: two hyphens", f"{TEXT} -- Harbour Watch (@harbour_watch) Nov 19, 2019", post_id=None
    ),
    Form(
        "plain: signed with the address",
        f"{TEXT} — Harbour Watch (@harbour_watch) November 19, 2019 {URL}",
    ),
    Form(
        "plain: Markdown link",
        f"{TEXT} — Harbour Watch (@harbour_watch) [November 19, 2019]({URL})",
    ),
    Form("plain: bare address", URL, text=None),
    Form(
        "plain: the widget as it was copied from the screen",
        f"Harbour Watch\n@harbour_watch\n{TEXT}\n9:54 PM - Nov 19, 2019\n\n34 people are talking about this\nTwitter Ads info and privacy",
        post_id=None,
        also={"author": "Harbour Watch"},
    ),
]
