// Every number of the page opens a card that says what it is worth and what it rests on.
// The data stand in the page itself; nothing is fetched, nothing is stored, and data are only ever text.
(() => {
  "use strict";
  const source = document.getElementById("number-cards");
  if (!source) return;
  const { numbers, units, findings } = JSON.parse(source.textContent);
  const findingById = new Map(findings.map((finding) => [finding.id, finding]));
  const byId = new Map(numbers.map((number) => [number.id, number]));

  const KINDS = { derived: "dihitung", transcribed: "ditranskripsi" };
  const HEDGES = { about: "sekitar", "at-least": "minimal", "more-than": "lebih dari", "up-to": "hingga" };
  const VERDICTS = {
    "agrees": ["✓", "cocok"],
    "agrees within rounding": ["≈", "cocok dalam batas pembulatan"],
    "agrees within hedge": ["≈", "cocok dalam batas kata pelunak"],
    "disagrees": ["✗", "tidak cocok"],
  };
  const SEVERITIES = {
    "contradiction": "Bertentangan", "unsupported": "Tidak didukung", "implausible": "Tidak wajar",
    "not comparable": "Tidak sebanding", "untestable": "Tidak dapat diuji",
    "tighter than derivable": "Lebih sempit daripada hasil hitungan",
  };
  const PARTS = {
    abstract: "abstrak", introduction: "pendahuluan", method: "metode", results: "hasil", conclusion: "kesimpulan",
    recommendations: "rekomendasi", profile: "profil", turnover: "dampak pada omzet", content: "strategi isi",
    audience: "pola interaksi", obstacles: "hambatan", literature: "kaitan pustaka", table1: "tabel profil",
    figure1: "gambar omzet", id: "bahasa Indonesia", en: "bahasa Inggris",
  };
  const OPEN_AFTER = 350, CLOSE_AFTER = 250; // milliseconds of a mouse over and off a number
  const GAP = 8, LOWEST = 220; // pixels around a card, and of the lowest card
  const FEW = 6; // rows that a card shows before it folds the others

  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  // An id may break after a full stop, a colon or a slash, and nowhere else.
  const breakable = (text) => text.split(/(?<=[.:/])/).flatMap((part) => [document.createElement("wbr"), part]).slice(1);
  const code = (text) => el("code", {}, ...breakable(text));
  const cellText = (text) => el("bdi", { class: "cell" }, text);

  // What the data say, in words.

  const locator = (text) => text.split(".")
    .map((part) => PARTS[part] ?? part.replace(/^p(\d+)$/, "paragraf $1")).join(", ");

  const decimal = (end) => {
    const [above, below] = end.split("/").map(Number);
    return (above / below).toLocaleString("id", { maximumFractionDigits: 2 });
  };

  const worth = (interval) => {
    const text = interval.text.replace(", ", "; ").replaceAll(".", ",");
    const ends = [interval.low, interval.high].filter((end) => end !== null && end.includes("/"));
    if (ends.length === 0) return text;
    const about = text.replace(/−?-?\d+\/\d+/g, (end) => decimal(end.replace("−", "-")));
    return `${text} ≈ ${about}`;
  };

  const rowId = ({ file, key }) =>
    `row-${file.replace(/^.*\//, "").replace(/\.csv$/, "")}-${key.replace(/[ \t\n\v\f\r]/g, "-")}`;

  // Where the page states each number.

  const root = document.querySelector("main") ?? document.body;
  const spans = [...root.querySelectorAll("span.num[data-number]")].filter((span) =>
    byId.has(span.dataset.number) && !span.closest("a, button, summary"));
  const stated = new Map();
  {
    let heading = "";
    for (const node of root.querySelectorAll("h1, h2, h3, span.num[data-number]")) {
      if (node.tagName !== "SPAN") heading = node.textContent.trim();
      else if (!node.closest(".numbers") && node.id) {
        const list = stated.get(node.dataset.number) ?? [];
        if (!list.some((place) => place.heading === heading)) list.push({ heading, id: node.id });
        stated.set(node.dataset.number, list);
      }
    }
  }

  // The card.

  const card = el("div", { class: "number-card", id: "number-card", role: "dialog", tabindex: "-1",
    "aria-labelledby": "number-card-title", hidden: "" });
  document.body.append(card);
  const narrow = matchMedia("(max-width: 40rem)");
  let trigger = null; // the number whose card is open
  let pinned = false; // opened by a deed, not by a mouse that came by
  let trail = []; // ids of the numbers one came through
  let timer = 0;

  const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
  const list = (items) => el("ul", {}, ...items.map((item) => el("li", {}, ...item)));

  const operandLink = (id) => {
    const operand = byId.get(id);
    const link = el("a", { href: `#number-${id}` }, el("b", {}, operand.formatted.id), " ", code(id));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      trail.push(card.dataset.number);
      show(id);
    });
    return [link];
  };

  const rowLink = (row) => {
    const link = el("a", { href: `#${rowId(row)}` }, code(`${row.file}:${row.key}:${row.column}`));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(rowId(row));
    });
    return [link, el("span", { class: "beside" }, ` baris ${row.sheet_row}: `), cellText(row.cell)];
  };

  const placeLink = ({ heading, id }) => {
    const link = el("a", { href: `#${id}` }, heading);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(id);
    });
    return [link];
  };

  const claimItem = (claim) => {
    const [sign, words] = VERDICTS[claim.verdict] ?? ["", claim.verdict];
    return [
      cellText(claim.published_id), el("span", { class: "beside" }, ` (${locator(claim.locator)}) `),
      el("span", { class: "verdict", "data-verdict": claim.verdict },
        el("span", { "aria-hidden": "true" }, sign), ` ${words}`),
    ];
  };

  const findingItem = (id) => {
    const { severity, message_id: message, assumption_id: assumption } = findingById.get(id);
    return [el("b", {}, `${SEVERITIES[severity] ?? severity}. `), `${message} `, el("span", { class: "beside" }, assumption)];
  };

  const folded = (rows) => {
    const parts = [list(rows.slice(0, FEW).map(rowLink))];
    if (rows.length > FEW) {
      parts.push(el("details", {}, el("summary", {}, `${rows.length - FEW} sel lain`),
        list(rows.slice(FEW).map(rowLink))));
    }
    return parts;
  };

  const content = (number) => {
    const english = trigger.closest("[lang]")?.lang.startsWith("en");
    const hedge = HEDGES[number.hedge];
    const close = el("button", { type: "button", class: "close", "aria-label": "Tutup" }, "×");
    close.addEventListener("click", () => dismiss(true));
    const facts = el("dl", {});
    const fact = (name, value) => facts.append(el("dt", {}, name), el("dd", {}, value));
    if (number.value.text.includes("/")) fact("Nilai pasti", worth(number.value));
    if (number.stands_for.text !== number.value.text) fact("Mewakili", worth(number.stands_for));
    const { words, operands } = number.expression;
    const places = stated.get(number.id) ?? [];
    return [
      el("div", { class: "head" },
        trail.length > 0 ? backButton() : null,
        el("h2", { id: "number-card-title" }, hedge ? el("small", {}, `${hedge} `) : null,
          english ? number.formatted.en : number.formatted.id,
          el("span", { class: "unit" }, ` ${units[number.unit]?.id || number.unit}`)),
        el("p", { class: "kind", "data-kind": number.kind }, el("span", { class: "sample" }, KINDS[number.kind]), " ",
          code(number.id)),
        close),
      facts.children.length > 0 ? facts : null,
      section(number.kind === "derived" ? "Ungkapan" : "Asal", el("p", {}, words),
        operands.length > 0 ? list([...new Set(operands)].map(operandLink)) : null),
      section("Baris data", ...folded(number.rows)),
      section("Fungsi", el("p", {}, code(number.function.name.replace(/^.*\./, "")),
        el("span", { class: "beside" }, ` ${number.function.file}, baris ${number.function.line}`))),
      number.article.length > 0 ? section("Menurut artikel", list(number.article.map(claimItem))) : null,
      number.findings.length > 0
        ? section("Temuan", list(number.findings.map(findingItem))) : null,
      places.length > 0 ? section("Dalam naskah", list(places.map(placeLink))) : null,
    ].filter((part) => part !== null);
  };

  const backButton = () => {
    const before = byId.get(trail[trail.length - 1]);
    const back = el("button", { type: "button", class: "back" }, `‹ kembali ke ${before.formatted.id}`);
    back.addEventListener("click", () => show(trail.pop()));
    return back;
  };

  const show = (id) => {
    card.dataset.number = id;
    card.replaceChildren(...content(byId.get(id)));
    card.scrollTop = 0;
    place();
    if (pinned) card.focus({ preventScroll: true });
  };

  const place = () => {
    card.removeAttribute("style");
    if (narrow.matches) {
      const hidden = trigger.getBoundingClientRect().bottom + 16 - (innerHeight - card.offsetHeight);
      if (pinned && hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
      return;
    }
    const at = trigger.getClientRects()[0];
    const right = document.documentElement.clientWidth - card.offsetWidth - GAP;
    const left = Math.max(GAP, Math.min(at.left + at.width / 2 - card.offsetWidth / 2, right));
    const above = at.top - 2 * GAP, below = innerHeight - at.bottom - 2 * GAP;
    const upwards = below < card.offsetHeight && above > below;
    card.style.maxHeight = `${Math.max(LOWEST, Math.min(card.offsetHeight, upwards ? above : below))}px`;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(upwards ? at.top - GAP - card.offsetHeight : at.bottom + GAP) + scrollY}px`;
  };

  const open = (span, deed) => {
    clearTimeout(timer);
    if (trigger && trigger !== span) trigger.setAttribute("aria-expanded", "false");
    trigger = span;
    pinned = deed;
    trail = [];
    card.hidden = false;
    span.setAttribute("aria-expanded", "true");
    show(span.dataset.number);
  };

  const dismiss = (returning) => {
    clearTimeout(timer);
    if (!trigger) return;
    const from = trigger;
    trigger = null;
    from.setAttribute("aria-expanded", "false");
    card.hidden = true;
    card.replaceChildren();
    if (returning && pinned) from.focus({ preventScroll: true });
    pinned = false;
  };

  // Lead to a place in the page; one that is folded away is unfolded.
  const unfold = (target) => {
    for (let node = target.parentElement; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  };
  const goTo = (id) => {
    const target = document.getElementById(id);
    if (!target) return;
    dismiss(false);
    unfold(target);
    location.hash = `#${encodeURIComponent(id)}`;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: "instant" });
  };
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("details.data-file")) return;
    unfold(target);
    target.scrollIntoView();
  };

  for (const span of spans) {
    const number = byId.get(span.dataset.number);
    span.dataset.kind = number.kind;
    if (number.disputed) span.dataset.disputed = "";
    span.tabIndex = 0;
    span.setAttribute("role", "button");
    span.setAttribute("aria-haspopup", "dialog");
    span.setAttribute("aria-expanded", "false");
    span.setAttribute("aria-controls", card.id);
    span.addEventListener("click", () => {
      if (!getSelection().isCollapsed) return;
      if (trigger === span && pinned) dismiss(true);
      else open(span, true);
    });
    span.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(span, true);
    });
    span.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || pinned) return;
      clearTimeout(timer);
      if (trigger !== span) timer = setTimeout(open, OPEN_AFTER, span, false);
    });
    span.addEventListener("pointerleave", () => leave());
  }

  const leave = () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(dismiss, CLOSE_AFTER, false);
  };
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  card.addEventListener("pointerdown", () => { pinned = true; });
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...card.querySelectorAll("a, button, summary")].filter((stop) => stop.offsetParent);
    const here = document.activeElement;
    if (event.shiftKey && (here === card || here === stops[0])) {
      event.preventDefault();
      dismiss(true);
    } else if (!event.shiftKey && here === stops[stops.length - 1]) {
      dismiss(true); // and the key leads on from the number
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && trigger) dismiss(true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (trigger && !card.contains(event.target) && !event.target.closest?.("span.num[role]")) dismiss(false);
  });
  addEventListener("resize", () => { if (trigger) place(); });
  addEventListener("hashchange", arrive);
  arrive();

  for (const id of root.querySelectorAll(".numbers code")) id.replaceChildren(...breakable(id.textContent));

  // The switch that shows what rests on what.

  const legend = el("ul", { hidden: "" }, ...[["derived", "dihitung"], ["transcribed", "ditranskripsi"],
    ["disputed", "dipersoalkan"]].map(([kind, name]) =>
    el("li", { "data-kind": kind }, el("span", { class: "sample" }, name))));
  const toggle = el("button", { type: "button", role: "switch", "aria-checked": "false" },
    "Tampilkan sandaran angka");
  toggle.addEventListener("click", () => {
    const on = document.documentElement.classList.toggle("shows-support");
    toggle.setAttribute("aria-checked", String(on));
    legend.hidden = !on;
  });
  document.body.append(el("aside", { class: "support", "aria-label": "Sandaran angka" }, legend, toggle));
})();
