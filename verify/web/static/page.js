"use strict";
(() => {
  const ask = document.getElementById("ask");
  if (ask) {
    const file = document.getElementById("file");
    const carriesFile = (event) => [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");
    const mark = (on) => document.body.classList.toggle("dropping", on);
    document.addEventListener("dragover", (event) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      mark(true);
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); });
    document.addEventListener("drop", (event) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      mark(false);
      if (!event.dataTransfer.files.length) return;
      file.files = event.dataTransfer.files;
      document.getElementById("what").value = "";
      ask.querySelector("button").focus();
    });
  }

  const steps = document.querySelector("[data-steps]");
  if (steps) {
    let failures = 0;
    const look = async () => {
      try {
        const answer = await fetch(steps.dataset.steps, { cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = await answer.json();
        failures = 0;
        for (const item of steps.children) {
          const begun = found.steps.includes(item.dataset.step);
          item.className = begun ? "begun" : "ahead";
          if (item.dataset.step === found.steps[found.steps.length - 1]) item.setAttribute("aria-current", "step");
          else item.removeAttribute("aria-current");
        }
        if (found.done) { location.replace(steps.dataset.steps.replace(/\/steps$/, "")); return; }
      } catch (error) {
        failures += 1;
        if (failures > 5) { location.reload(); return; }
      }
      setTimeout(look, 300);
    };
    look();
  }
})();
