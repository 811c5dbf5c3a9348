// Keyboard review. The statement that has the focus and its place in the text go together; decisions are made in
// place, so that nothing moves under the reader. Without this script every button still works by itself.
const list = document.querySelector(".statements");
if (list && list.children.length) {
  const rows = [...list.querySelectorAll(".statement-row")];
  const form = document.getElementById("decide"), said = document.querySelector("[data-said]");
  const wide = matchMedia("(min-width: 901px)"), columns = document.querySelector(".review-columns");
  const place = new Map(rows.map((row, i) => [row.dataset.statement, i]));
  let at = rows.findIndex((row) => row.classList.contains("selected"));
  if (at < 0) at = Math.max(rows.findIndex((row) => row.classList.contains("r-pending")), 0);

  const piecesOf = (row) => document.querySelectorAll(`.review-text [data-span="${row.dataset.statement}"]`);
  const within = (box, node) => {
    const outer = box.getBoundingClientRect(), inner = node.getBoundingClientRect();
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  };
  const show = (next, { focus = true } = {}) => {
    rows[at].classList.remove("selected");
    rows[at].removeAttribute("aria-current");
    at = Math.min(Math.max(next, 0), rows.length - 1);
    rows[at].classList.add("selected");
    rows[at].setAttribute("aria-current", "true");
    if (focus) rows[at].focus({ preventScroll: true });
    document.querySelectorAll(".review-text .current").forEach((piece) => piece.classList.remove("current"));
    const pieces = piecesOf(rows[at]);
    pieces.forEach((piece) => piece.classList.add("current"));
    if (!wide.matches) {
      const text = columns.dataset.view === "text";
      if (text) pieces[0]?.scrollIntoView({ block: "start" });
      else if (focus) rows[at].scrollIntoView({ block: "nearest" });
      return;
    }
    within(list.closest(".review-list"), rows[at]);
    if (pieces.length) within(document.querySelector(".review-text"), pieces[0]);
  };
  const undecided = (from) => rows.findIndex((row, i) => i >= from && row.classList.contains("r-pending"));
  const nextUndecided = () => {
    const next = undecided(at + 1), onward = document.querySelector("a[rel=next]");
    if (next >= 0) show(next);
    else if (onward) onward.click();
    else show(Math.max(undecided(0), 0));
  };

  const mark = (key, review, words) => {
    const row = rows[place.get(String(key))];
    if (!row) return;
    for (const node of [row, ...piecesOf(row)]) {
      node.classList.remove("r-pending", "r-accepted", "r-rejected");
      node.classList.add(`r-${review}`);
    }
    row.querySelector(".review-mark").textContent = words[review];
    row.querySelector("input[type=checkbox]").checked = false;
  };
  const send = async (verb, keys) => {
    const body = new URLSearchParams([["verb", verb], ["back", form.elements.back.value], ...keys.map((key) => ["pk", key])]);
    const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
    const found = await answer.json();
    if (found.open) {
      const next = new URL(found.open + (location.hash === "#published" ? location.hash : ""), location);
      if (next.href === location.href) location.reload(); else location.assign(next);
      return null;
    }
    said.textContent = found.error ?? found.said;
    if (!answer.ok) return null;
    for (const [key, review] of Object.entries(found.rows)) mark(key, review, found.words);
    const bar = document.querySelector(".review-progress progress"), words = document.querySelector("[data-progress]");
    bar.value = found.done;
    bar.max = found.total;
    words.textContent = words.dataset.words.replace("{done}", found.done).replace("{total}", found.total);
    document.querySelector(".tabs [aria-current] .n").textContent = (found.total - found.done).toLocaleString("en");
    document.querySelector("[data-tick-all]").checked = false;
    return Object.keys(found.rows).filter((key) => place.has(key)).sort((a, b) => place.get(a) - place.get(b));
  };
  const decide = async (verb) => {
    const ticked = [...form.querySelectorAll("input[name=pk]:checked")].map((box) => box.value);
    const keys = ticked.length ? ticked : [rows[at].dataset.statement];
    if ((await send(verb, keys)) && !ticked.length) nextUndecided();
  };
  const takeBack = async () => {
    const keys = await send("take_back", []);
    if (keys?.length) show(place.get(keys[0]));
  };

  form.addEventListener("submit", (event) => {
    const verb = event.submitter?.value;
    if (!["accept", "reject", "reopen", "merge", "take_back"].includes(verb)) return;
    event.preventDefault();
    if (verb === "take_back") takeBack(); else decide(verb);
  });
  const typing = "input:not([type=checkbox]),textarea,select";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
    const own = { j: () => show(at + 1), k: () => show(at - 1), n: nextUndecided, u: takeBack };
    if (own[event.key]) { event.preventDefault(); event.stopPropagation(); own[event.key](); return; }
    if (event.key === " " && !event.target.matches("button,a,summary,input")) {
      event.preventDefault();
      const box = rows[at].querySelector("input[type=checkbox]");
      box.checked = !box.checked;
      return;
    }
    const link = rows[at].querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); return; }
    const button = form.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    if (!form.querySelector("input[name=pk]:checked") && !["a", "x", "r"].includes(event.key)) rows[at].querySelector("input[type=checkbox]").checked = true;
    form.requestSubmit(button);
  }, true);
  rows.forEach((row, i) => row.addEventListener("click", (event) => { if (!event.target.closest("a,input,label")) show(i); }));
  document.querySelectorAll(".review-text [data-span]").forEach((piece) => piece.addEventListener("click", () => {
    if (place.has(piece.dataset.span)) show(place.get(piece.dataset.span));
  }));
  document.querySelector("[data-tick-all]").addEventListener("change", (event) => {
    form.querySelectorAll("input[name=pk]").forEach((box) => { box.checked = event.target.checked; });
  });

  // ---- on a phone one of the two at a time, as the address says
  const choose = () => {
    columns.dataset.view = location.hash === "#published" ? "text" : "list";
    for (const link of document.querySelectorAll(".review-switch a")) {
      if (link.dataset.view === columns.dataset.view) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  };
  addEventListener("hashchange", () => { choose(); show(at); });
  choose();
  show(at, { focus: location.search.includes("statement=") });
}
