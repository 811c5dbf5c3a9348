// Hovering or focusing a promise shows its card: state, promised, measured, due, office. Esc takes it away.
const card = document.createElement("div");
card.className = "hover-card";
card.id = "hover-card";
card.setAttribute("role", "tooltip");
card.hidden = true;
let leaving = 0;
const showCard = (piece) => {
  clearTimeout(leaving);
  const [[, state], [, promise], ...facts] = JSON.parse(piece.dataset.card);
  const list = document.createElement("dl");
  for (const [label, value] of facts) {
    list.append(Object.assign(document.createElement("dt"), { textContent: label }));
    list.append(Object.assign(document.createElement("dd"), { textContent: value }));
  }
  card.replaceChildren(Object.assign(document.createElement("strong"), { textContent: state }), Object.assign(document.createElement("p"), { textContent: promise }), list);
  card.hidden = false;
  const place = piece.getClientRects()[0], width = document.documentElement.clientWidth;
  card.style.left = `${Math.max(8, Math.min(place.left, width - card.offsetWidth - 8)) + scrollX}px`;
  const below = place.bottom + card.offsetHeight + 12 < innerHeight;
  card.style.top = `${(below ? place.bottom + 6 : place.top - card.offsetHeight - 6) + scrollY}px`;
  piece.setAttribute("aria-describedby", card.id);
};
const hideCard = () => { leaving = setTimeout(() => { card.hidden = true; }, 120); };
document.querySelectorAll(".document [data-card]").forEach((piece) => {
  piece.removeAttribute("title");
  for (const event of ["mouseenter", "focus"]) piece.addEventListener(event, () => showCard(piece));
  for (const event of ["mouseleave", "blur"]) piece.addEventListener(event, hideCard);
});
card.addEventListener("mouseenter", () => clearTimeout(leaving));
card.addEventListener("mouseleave", hideCard);
addEventListener("keydown", (event) => { if (event.key === "Escape") card.hidden = true; });
document.body.append(card);

// Each mark stands in the margin beside the line on which its promise begins; two of one line side by side.
const place = (margin) => {
  const top = margin.parentElement.getBoundingClientRect().top, taken = {};
  margin.classList.add("placed");
  for (const mark of margin.children) {
    const piece = document.getElementById(mark.hash.slice(1));
    if (!piece) continue;
    const line = piece.getClientRects()[0], at = Math.round(line.top + line.height / 2 - top);
    const before = taken[at] = (taken[at] ?? -1) + 1;
    mark.style.top = `${at - 6 + 14 * Math.floor(before / 2)}px`;
    mark.style.left = `${12 * (before % 2)}px`;
  }
};
const margins = [...document.querySelectorAll(".document .margin")].filter((margin) => margin.children.length);
const text = document.querySelector(".document");
if (text) new ResizeObserver(() => margins.forEach(place)).observe(text);

// The list beside the text shows where one is.
const here = document.querySelector(".outline [aria-current]");
if (here) {
  const list = here.closest(".outline");
  list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
}

// The date slider moves the date field; letting go shows the day. An open page follows what happens.
document.querySelectorAll("[data-day-slider]").forEach((form) => {
  const range = form.querySelector("input[type=range]"), day = form.querySelector("input[type=date]");
  if (!range) return;
  const first = new Date(range.dataset.first + "T00:00:00Z");
  range.addEventListener("input", () => {
    day.value = new Date(first.getTime() + range.value * 86400000).toISOString().slice(0, 10);
  });
  range.addEventListener("change", () => form.requestSubmit());
});

const page = document.querySelector("[data-states]");
if (page && page.dataset.states) {
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(page.dataset.states, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).known !== page.dataset.known) location.reload();
  };
  setInterval(look, 2000);
  document.addEventListener("visibilitychange", look);
}
