// The reviewer's page: of each assumption, what the chosen value changes is shown. All was computed beforehand.
(() => {
  "use strict";
  const show = (radio) => {
    for (const change of document.getElementById(radio.getAttribute("aria-controls")).children) {
      change.hidden = change.dataset.choice !== radio.value;
    }
    dispatchEvent(new Event("resize")); // what is shown anew may scroll
  };
  const radios = [...document.querySelectorAll(".assumption input[type=radio]")];
  const showChosen = () => radios.filter((radio) => radio.checked).forEach(show);
  for (const radio of radios) radio.addEventListener("change", () => show(radio));
  addEventListener("pageshow", showChosen); // who comes back finds what was chosen, which the browser puts back late
  showChosen();
  // A link into what is folded or not chosen opens it.
  for (const link of document.querySelectorAll('main a[href^="#"]')) {
    link.addEventListener("click", () => document.getElementById(link.hash.slice(1))?.focus());
  }
})();
