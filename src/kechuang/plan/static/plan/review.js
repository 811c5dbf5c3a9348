// Keyboard review: j/k move, space ticks, a letter presses the button or link that carries it.
const list = document.querySelector(".statements");
if (list) {
  const rows = [...list.querySelectorAll(".statement-row")];
  const form = document.getElementById("decide");
  let at = Math.max(rows.findIndex((row) => row.classList.contains("selected")), 0);
  const show = (next) => {
    if (!rows.length) return;
    rows[at].classList.remove("selected");
    at = Math.min(Math.max(next, 0), rows.length - 1);
    rows[at].classList.add("selected");
    rows[at].scrollIntoView({ block: "nearest" });
    document.querySelectorAll(".review-text .current").forEach((piece) => piece.classList.remove("current"));
    const pieces = document.querySelectorAll(`.review-text [data-span="${rows[at].dataset.statement}"]`);
    pieces.forEach((piece) => piece.classList.add("current"));
    if (pieces.length) pieces[0].scrollIntoView({ block: "center" });
  };
  const box = () => rows[at].querySelector("input[type=checkbox]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=text],input[type=search],textarea,select")) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); event.stopPropagation(); show(at + (event.key === "j" ? 1 : -1)); return; }
    if (event.key === " " && rows.length && !event.target.matches("button,a")) { event.preventDefault(); box().checked = !box().checked; return; }
    const link = rows.length && rows[at].querySelector(`a[data-key="${event.key}"]`);
    if (link) { link.click(); return; }
    const button = form.querySelector(`button[data-key="${event.key}"]`);
    if (button && rows.length) {
      if (!form.querySelector("input[name=pk]:checked")) box().checked = true;
      form.requestSubmit(button);
    }
  }, true);
  rows.forEach((row, i) => row.addEventListener("click", (event) => { if (!event.target.closest("a,input,label")) show(i); }));
  document.querySelectorAll(".review-text [data-span]").forEach((piece) => piece.addEventListener("click", () => {
    const i = rows.findIndex((row) => row.dataset.statement === piece.dataset.span);
    if (i >= 0) show(i);
  }));
  document.querySelector("[data-tick-all]").addEventListener("change", (event) => {
    form.querySelectorAll("input[name=pk]").forEach((input) => { input.checked = event.target.checked; });
  });
  if (rows.length && location.search.includes("statement=")) show(at);
}
