"""Languages: the same answer from the package's model and from its unpacked copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.read import language

TEXTS = {
    "The Syrian army said on Wednesday that its air defences had intercepted missiles.": "en",
    "Der Minister sagte am Montag, er habe von dem Vorfall nichts gewusst und bedaure ihn.": "de",
    "Le ministre de l'Intérieur a déclaré mercredi que trois personnes étaient mortes.": "fr",
    "وزارة الدفاع قالت إن الهجوم لم يسفر عن سقوط أي ضحايا في العاصمة يوم الأربعاء": "ar",
    "Министерство обороны заявило, что удар был нанесён по военным объектам.": "ru",
}


@pytest.mark.parametrize("state", ["writable", "read only"])
def test_a_language_is_the_same_from_the_package_and_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    cache = tmp_path / "cache"
    if state == "read only":
        cache.write_text("a file where the folder should be", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for _ in range(2):
        language._identifier.cache_clear()
        assert {text: language.detect(text) for text in TEXTS} == TEXTS
    kept = list(tmp_path.rglob("*.npy"))
    assert len(kept) == (6 if state == "writable" else 0)
    language._identifier.cache_clear()
    for path in kept:
        path.write_bytes(b"spoilt")
    assert {text: language.detect(text) for text in TEXTS} == TEXTS
    language._identifier.cache_clear()
