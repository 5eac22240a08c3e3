// Every number of the page opens a card that says what it is worth and what it rests on.
// The data stand in the page itself; nothing is fetched, nothing is stored, and data are only ever text.
(() => {
  "use strict";
  const source = document.getElementById("number-cards");
  if (!source) return;
  const { language, labels, numbers, units, findings, assumptions, repository } = JSON.parse(source.textContent);
  const findingById = new Map(findings.map((finding) => [finding.id, finding]));
  const assumptionById = new Map(assumptions.map((one) => [one.id, one]));
  const byId = new Map(numbers.map((number) => [number.id, number]));

  const SIGNS = { "agrees": "✓", "agrees within rounding": "≈", "agrees within hedge": "≈", "disagrees": "✗" };
  const OPEN_AFTER = 350, CLOSE_AFTER = 250; // milliseconds of a mouse over and off a number
  const GAP = 8, LOWEST = 220; // pixels around a card, and of the lowest card
  const FEW = 6; // rows that a card shows before it folds the others

  // No range is broken at its dash.
  const held = (child) => typeof child !== "string" ? [child] : child.split(/([\d.,:]*\d–\d[\d.,:]*%?)/).map((part, nth) =>
    nth % 2 === 0 ? part : Object.assign(document.createElement("span"), { className: "range", textContent: part }));
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null).flatMap(held));
    return node;
  };
  // An id may break after a full stop, a colon or a slash, and nowhere else.
  const breakable = (text) => text.split(/(?<=[.:/])/).flatMap((part) => [document.createElement("wbr"), part]).slice(1);
  const code = (text) => el("code", {}, ...breakable(text));
  const cellText = (text) => el("bdi", { class: "cell" }, text);

  // What the data say, in words.

  const words = labels.cards;
  const filled = (text, places) => text.replace(/\{(\w+)\}/g, (_, name) => places[name]);
  const written = (number, lang = language) => number.formatted[lang] ?? number.formatted[language];
  const told = (record, name) => record[`${name}_${language}`] ?? record[name];
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
  let trail = []; // ids of the numbers one came through
  let timer = 0;

  const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
  const list = (items) => el("ul", {}, ...items.map((item) => el("li", {}, ...item)));

  // A place of this page, or else of the other part of the paper.
  const elsewhere = source.dataset.elsewhere ?? "";
  const address = (id) => `${document.getElementById(id) ? "" : elsewhere}#${id}`;

  const operandLink = (id) => {
    const operand = byId.get(id);
    const link = el("a", { href: address(`number-${id}`) }, el("b", {}, written(operand)), " ", code(id));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      trail.push(card.dataset.number);
      show(id);
    });
    return [link];
  };

  const rowLink = (row) => {
    const link = el("a", { href: address(rowId(row)) }, code(`${row.file}:${row.key}:${row.column}`));
    link.addEventListener("click", (event) => {
      if (!document.getElementById(rowId(row))) return;
      event.preventDefault();
      goTo(rowId(row));
    });
    return [link, el("span", { class: "beside" }, ` ${filled(words.row, { row: row.sheet_row })}: `), cellText(row.cell)];
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
    return [
      cellText(told(claim, "published")), el("span", { class: "beside" }, ` (${claim.place}) `),
      el("span", { class: "verdict", "data-verdict": claim.verdict },
        el("span", { "aria-hidden": "true" }, SIGNS[claim.verdict] ?? ""), ` ${claim.said}`),
    ];
  };

  const findingItem = (id) => {
    const finding = findingById.get(id);
    return [el("b", {}, `${labels.severities[finding.severity]}. `), `${told(finding, "message")} `,
      el("span", { class: "beside" }, told(finding, "assumption"))];
  };

  const assumptionItem = (id) => {
    const { says, otherwise } = assumptionById.get(id);
    return [el("b", {}, `${id}. `), `${says[language]} `,
      el("span", { class: "beside" }, `${labels.otherwise} ${otherwise[language]}`)];
  };

  const whose = ({ kind, coded, disputed }) =>
    [labels.whose[kind], coded?.evidence, disputed ? words.disputed : ""].filter(Boolean).join(", ");

  const codeLink = ({ name, file, line }) => {
    const what = [code(name.replace(/^.*\./, "")), ` ${file}, ${filled(words.line, { line })}`];
    return repository ? el("a", { href: `${repository}/blob/HEAD/${file}#L${line}` }, ...what) : el("span", {}, ...what);
  };

  const folded = (rows) => {
    const parts = [list(rows.slice(0, FEW).map(rowLink))];
    if (rows.length > FEW) {
      parts.push(el("details", {}, el("summary", {}, filled(words.more, { count: rows.length - FEW })),
        list(rows.slice(FEW).map(rowLink))));
    }
    return parts;
  };

  const content = (number) => {
    const lang = trigger.closest("[lang]")?.lang.replace(/-.*/, "");
    const hedge = labels.hedges[number.hedge];
    const close = el("button", { type: "button", class: "close", "aria-label": words.close }, "×");
    close.addEventListener("click", () => dismiss(true));
    const shown = (hedge ? `${hedge} ` : "") + written(number, lang);
    const here = (hedge ? `${hedge} ` : "") + written(number), meant = number.meant[language];
    const unit = units[number.unit]?.[language] || number.unit;
    const facts = el("dl", {}, el("dt", {}, words.unit), el("dd", {}, unit));
    if (number.value.text.includes("/")) facts.append(el("dt", {}, words.exactly), el("dd", {}, number.value.text));
    const { words: expression, operands } = number.expression;
    const places = stated.get(number.id) ?? [], rests = number.assumptions.join(", ");
    const origin = number.coded ? number.coded.told[language] : expression;
    const bare = origin === whose(number) && number.returns.length + operands.length === 0; // and said above already
    return [
      el("div", { class: "head" },
        trail.length > 0 ? backButton() : null,
        el("h2", { id: "number-card-title" }, shown),
        el("p", { class: "kind", "data-kind": number.kind }, el("span", { class: "sample" }, labels.kinds[number.kind]), " ",
          whose(number)),
        close),
      meant === here ? null : el("p", { class: "meant" },
        filled(rests ? words["meant-by"] : words.meant, { number: here, meant, assumptions: rests })),
      facts,
      bare ? null : section(number.kind !== "derived" && number.selections.length === 0 ? words.origin : words.expression,
        el("p", {}, origin),
        number.returns.length > 0 ? el("p", { class: "returns" }, labels.returns) : null,
        operands.length > 0 ? list([...new Set(operands)].map(operandLink)) : null),
      number.assumptions.length > 0
        ? section(labels.assumptions, list(number.assumptions.map(assumptionItem))) : null,
      section(words.rows, ...number.selections.map(({ told }) => el("p", {}, cellText(told[language]))),
        ...folded(number.rows)),
      number.article.length > 0 ? section(words.article, list(number.article.map(claimItem))) : null,
      number.findings.length > 0
        ? section(words.findings, list(number.findings.map(findingItem))) : null,
      places.length > 0 ? section(words.places, list(places.map(placeLink))) : null,
      section(words.function, el("p", {}, codeLink(number.function)), el("p", {}, el("a", { href: address(`number-${number.id}`) }, code(number.id))),
        el("details", {}, el("summary", {}, words.code), el("pre", { tabindex: "0" }, el("code", {}, number.function.source)))),
    ].filter((part) => part !== null);
  };

  const backButton = () => {
    const before = byId.get(trail[trail.length - 1]);
    const back = el("button", { type: "button", class: "back" }, filled(words.back, { number: written(before) }));
    back.addEventListener("click", () => show(trail.pop()));
    return back;
  };

  const show = (id) => {
    card.dataset.number = id;
    card.replaceChildren(...content(byId.get(id)));
    card.scrollTop = 0;
    place();
    card.focus({ preventScroll: true });
  };

  const place = () => {
    card.removeAttribute("style");
    if (narrow.matches) {
      const hidden = trigger.getBoundingClientRect().bottom + 16 - (innerHeight - card.offsetHeight);
      if (hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
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

  // Of a group one alone is a tab stop, and arrows lead through the others: the numbers, and the links inside the text.
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const roving = (group) => {
    const state = { stop: group[0] };
    const to = (element) => {
      state.stop.tabIndex = -1;
      state.stop = element;
      element.tabIndex = 0;
    };
    const step = (element, by) => {
      for (let at = group.indexOf(element) + by; at >= 0 && at < group.length; at += by) {
        if (!group[at].checkVisibility()) continue;
        group[at].focus({ preventScroll: true });
        group[at].scrollIntoView({ block: "nearest", behavior: "instant" });
        return;
      }
    };
    for (const element of group) {
      element.tabIndex = element === state.stop ? 0 : -1;
      element.addEventListener("focus", () => to(element));
      element.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.key in STEPS) step(element, STEPS[event.key]);
        else if (event.key === "Escape" && !trigger) element.blur();
        else return;
        event.preventDefault();
      });
    }
    return to;
  };
  const rove = roving(spans);
  roving([...root.querySelectorAll('a[href*="#"]')].filter((link) =>
    ["", "#"].includes(link.getAttribute("href").replace(elsewhere, "").slice(0, 1))));

  // Numbers read as text: one is a button only while it is in use.
  const control = (span) => {
    span.setAttribute("role", "button");
    span.setAttribute("aria-haspopup", "dialog");
    span.setAttribute("aria-expanded", String(trigger === span));
  };
  const plain = (span) => {
    for (const name of ["role", "aria-haspopup", "aria-expanded"]) span.removeAttribute(name);
  };
  // A mouse that rests on a number is told two lines; a click opens the card.
  const note = el("div", { class: "number-note", role: "tooltip", hidden: "" });
  document.body.append(note);
  const forget = () => {
    clearTimeout(timer);
    note.hidden = true;
  };
  const tell = (span) => {
    const number = byId.get(span.dataset.number);
    const hedge = labels.hedges[number.hedge];
    note.replaceChildren(el("b", {}, (hedge ? `${hedge} ` : "") + written(number)),
      el("span", {}, `${labels.kinds[number.kind]} ${whose(number)}`));
    note.hidden = false;
    const at = span.getClientRects()[0];
    const left = Math.min(at.left, document.documentElement.clientWidth - note.offsetWidth - GAP);
    const below = at.bottom + note.offsetHeight + GAP < innerHeight;
    note.style.left = `${Math.max(GAP, left) + scrollX}px`;
    note.style.top = `${(below ? at.bottom : at.top - note.offsetHeight) + scrollY}px`;
  };

  const open = (span) => {
    clearTimeout(timer);
    if (trigger && trigger !== span) plain(trigger);
    forget();
    trigger = span;
    rove(span);
    control(span);
    trail = [];
    card.hidden = false;
    show(span.dataset.number);
  };

  const dismiss = (returning) => {
    clearTimeout(timer);
    if (!trigger) return;
    const from = trigger;
    trigger = null;
    plain(from);
    card.hidden = true;
    card.replaceChildren();
    if (returning) from.focus({ preventScroll: true });
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
    target.scrollIntoView({ behavior: "instant" });
  };

  for (const span of spans) {
    const number = byId.get(span.dataset.number);
    span.dataset.kind = number.kind;
    if (number.disputed) span.dataset.disputed = "";
    if (number.disputed) span.append(el("span", { class: "unseen" }, ` (${words.disputed})`));
    span.addEventListener("focus", () => control(span));
    span.addEventListener("blur", () => { if (trigger !== span) plain(span); });
    span.addEventListener("click", () => {
      if (!getSelection().isCollapsed) return;
      if (trigger === span) dismiss(true);
      else open(span);
    });
    span.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(span);
    });
    span.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || trigger) return;
      clearTimeout(timer);
      if (trigger !== span) timer = setTimeout(tell, OPEN_AFTER, span);
    });
    span.addEventListener("pointerleave", () => leave());
  }

  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(forget, CLOSE_AFTER);
  };
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("pointerleave", leave);
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...card.querySelectorAll("a, button, summary, pre")].filter((stop) => stop.checkVisibility());
    const here = document.activeElement;
    if (event.shiftKey && (here === card || here === stops[0])) {
      event.preventDefault();
      dismiss(true);
    } else if (!event.shiftKey && here === stops[stops.length - 1]) {
      dismiss(true); // and the key leads on from the number
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    forget();
    dismiss(true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (trigger && !card.contains(event.target) && !event.target.closest?.("span.num[data-kind]")) dismiss(false);
  });
  addEventListener("resize", () => { if (trigger) place(); });
  addEventListener("hashchange", arrive);
  arrive();

  // What can be scrolled sideways is a tab stop, and nothing else is.
  const fit = () => {
    for (const area of root.querySelectorAll(".table-scroll, .figure-scroll")) {
      if (area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight) area.tabIndex = 0;
      else area.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", fit);
  root.addEventListener("toggle", fit, true);
  document.fonts.ready.then(fit);
  fit();

  for (const id of root.querySelectorAll(".numbers code")) id.replaceChildren(...breakable(id.textContent));

  // The switch that shows what rests on what.

  const legend = el("ul", { hidden: "" }, ...[...["derived", "measured", "coded", "transcribed"]
    .filter((kind) => !["measured", "coded"].includes(kind) || numbers.some((number) => number.kind === kind))
    .map((kind) => [kind, labels.kinds[kind]]), ["disputed", words.disputed]].map(([kind, name]) =>
    el("li", { "data-kind": kind }, el("span", { class: "sample" }, name))));
  const toggle = el("button", { type: "button", role: "switch", "aria-checked": "false" },
    words.show);
  toggle.addEventListener("click", () => {
    const on = document.documentElement.classList.toggle("shows-support");
    toggle.setAttribute("aria-checked", String(on));
    legend.hidden = !on;
  });
  const above = [...document.querySelectorAll("#title-block-header, section.abstract, div.abstract")].at(-1);
  const support = el("aside", { class: "support", "aria-label": words.support }, el("p", {}, words.intro), toggle, legend);
  if (above?.id === "title-block-header" || !above) root.prepend(support);
  else above.after(support);
})();
