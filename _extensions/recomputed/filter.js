// The long table of the article's statements can be filtered: a search box above it hides the rows that do not
// hold every word typed. Without this script the table is simply whole.
(() => {
  "use strict";
  const table = document.getElementById("statements");
  const rows = table ? [...table.querySelectorAll("tbody tr")] : [];
  if (rows.length === 0) return;

  const texts = rows.map((row) => row.textContent.toLocaleLowerCase(document.documentElement.lang));
  const box = document.createElement("p");
  box.className = "filter";
  const label = document.createElement("label");
  label.htmlFor = "filter-claims";
  label.textContent = table.dataset.filter;
  const input = document.createElement("input");
  input.type = "search";
  input.id = "filter-claims";
  input.autocomplete = "off";
  input.setAttribute("aria-controls", "statements");
  const told = document.createElement("output");
  told.htmlFor = input.id;
  told.setAttribute("aria-live", "polite");
  box.append(label, input, told);
  table.before(box);

  const filter = () => {
    const words = input.value.toLocaleLowerCase(document.documentElement.lang).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      if (!row.hidden) shown += 1;
    });
    told.textContent = table.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  input.addEventListener("input", filter);
  filter();
})();
