// Added to the page by `preview`: shows what is wrong at its line, and loads the next page where this one was read.
(() => {
  "use strict";
  const KEPT = "recomputed-preview", BLOCKS = "main :is(p, li, h1, h2, h3, h4, td, figcaption, pre)";
  const own = { page: PAGE, faults: -1 };
  const place = () => {
    const ids = [...document.querySelectorAll("main [id]")].filter((e) => e.getClientRects().length);
    const passed = ids.filter((e) => e.getBoundingClientRect().top <= 1).at(-1);
    const open = document.querySelector('[aria-expanded="true"]');
    return { path: location.pathname, y: scrollY, id: passed?.id, top: passed?.getBoundingClientRect().top,
      card: open?.id, details: [...document.querySelectorAll("main details")].map((e) => e.open) };
  };
  const back = (was) => {
    if (!was || was.path !== location.pathname) return;
    [...document.querySelectorAll("main details")].forEach((e, i) => { e.open = was.details[i] ?? e.open; });
    const anchor = was.id && document.getElementById(was.id);
    scrollTo({ top: anchor ? scrollY + anchor.getBoundingClientRect().top - was.top : was.y, behavior: "instant" });
    if (was.card) document.getElementById(was.card)?.click();
  };
  const words = (text) => new Set(text.replace(/`[^`]*`|\{[^}]*\}/g, " ").match(/\p{L}{3,}/gu) ?? []);
  const blockOf = (line) => {
    const wanted = words(line);
    let best = null, most = wanted.size / 2;
    for (const block of document.querySelectorAll(BLOCKS)) {
      const here = words(block.textContent);
      const shared = [...wanted].filter((word) => here.has(word)).length;
      if (shared > most) [best, most] = [block, shared];
    }
    return best;
  };
  const note = (text) => {
    const p = document.createElement("p");
    p.className = "preview-fault";
    p.textContent = text;
    p.style.cssText = "margin:.3rem 0;padding:.3rem .6rem;border-left:4px solid #b00020;background:#fde7ea;color:#5c0011;"
      + "font:14px/1.4 sans-serif;white-space:pre-wrap;overflow-wrap:anywhere";
    return p;
  };
  const show = (faults) => {
    document.querySelectorAll(".preview-faults, .preview-fault").forEach((e) => e.remove());
    if (!faults.length) return;
    const list = document.createElement("aside");
    list.className = "preview-faults";
    list.setAttribute("role", "status");
    list.style.cssText = "position:fixed;z-index:99;inset:auto 0 0 0;max-height:30vh;overflow:auto;padding:0 1rem;background:#fde7ea";
    for (const { message, line } of faults) {
      const block = line && blockOf(line), shown = note(message);
      list.append(shown);
      if (!block) continue;
      block.append(note(message));
      shown.style.cursor = "pointer";
      shown.addEventListener("click", () => block.scrollIntoView({ block: "center" }));
    }
    document.body.append(list);
  };
  const follow = async () => {
    for (;;) {
      try {
        const answer = await fetch(`/changes?page=${own.page}&faults=${own.faults}`, { cache: "no-store" });
        const now = await answer.json();
        if (now.page !== own.page) {
          sessionStorage.setItem(KEPT, JSON.stringify(place()));
          location.reload();
          return;
        }
        if (now.faults !== own.faults) show(now.list);
        own.faults = now.faults;
      } catch {
        await new Promise((wait) => setTimeout(wait, 1000)); // the preview has ended, or begins again
      }
    }
  };
  history.scrollRestoration = "manual";
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  addEventListener("load", () => { back(kept && JSON.parse(kept)); follow(); });
})();
