"use strict";
(() => {
  const root = document.documentElement;
  const panel = document.getElementById("claims");
  if (!panel) return;
  root.classList.add("js");
  const all = panel.querySelector("button.all");
  const cards = [...panel.querySelectorAll(".card")];
  const boxes = [...document.querySelectorAll(".filters input")];
  const nothing = panel.querySelector(".nothing");
  let origin = null;

  const cardOf = (hash) => cards.find((card) => "#" + card.id === decodeURIComponent(hash || ""));

  function light(id) {
    for (const mark of document.querySelectorAll(".lit")) mark.classList.remove("lit");
    if (!id) return;
    for (const mark of document.querySelectorAll(".article a")) {
      if (mark.getAttribute("href") === "#" + id) mark.classList.add("lit");
    }
  }

  function show(card, move, behavior) {
    for (const other of cards) other.classList.toggle("open", other === card);
    panel.classList.toggle("picked", Boolean(card));
    all.hidden = !card;
    light(card && card.id);
    if (card && move) {
      card.focus({ preventScroll: true });
      panel.scrollTop = 0;
      const box = panel.getBoundingClientRect();
      if (box.top > window.innerHeight - 120 || box.bottom < 120) panel.scrollIntoView({ behavior: behavior || "auto" });
    }
  }

  function close(back) {
    const card = cards.find((one) => one.classList.contains("open"));
    show(null, false);
    history.replaceState(null, "", location.pathname + location.search);
    if (!back || !card) return;
    const mark = document.getElementById("at-" + card.id);
    const target = origin && origin.isConnected ? origin : mark;
    origin = null;
    if (target) target.focus();
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href^='#']");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (anchor.classList.contains("back")) {
      event.preventDefault();
      const mark = document.getElementById(anchor.getAttribute("href").slice(1));
      origin = mark;
      close(true);
      if (mark) mark.scrollIntoView({ block: "center" });
      return;
    }
    const card = cardOf(anchor.getAttribute("href"));
    if (!card) return;
    event.preventDefault();
    if (!panel.contains(anchor)) {
      const number = document.getElementById("at-" + card.id);
      origin = anchor.classList.contains("m") ? number : anchor;
    }
    if (location.hash !== "#" + card.id) history.pushState(null, "", "#" + card.id);
    show(card, true);
  });
  all.addEventListener("click", () => close(true));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("picked")) close(true);
  });
  const follow = () => show(cardOf(location.hash) || null, true);
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  function filter() {
    const open = cards.find((one) => one.classList.contains("open"));
    const shown = cards.filter((card) => boxes.every((box) => box.checked
      || !(card.classList.contains("v-" + box.id.slice(5)) || card.classList.contains("o-" + box.id.slice(5)))));
    if (open && !shown.includes(open)) close(false);
    nothing.style.display = shown.length || !cards.length ? "" : "block";
  }
  for (const box of boxes) box.addEventListener("change", filter);
  filter();
  const asked = cardOf(location.hash);
  if (asked) {
    show(asked, true, "instant");
    requestAnimationFrame(() => show(asked, true, "instant"));
  }
})();
