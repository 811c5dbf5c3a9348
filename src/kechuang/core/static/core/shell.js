// Shell behaviour that pages can do without: theme, menus, keyboard, unsaved-change guard, autosave, progress.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (node) => node.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf;
  });

  // ---- theme: switch at once, keep it in the cookie that the server reads
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-form]");
    if (!form) return;
    event.preventDefault();
    const root = document.documentElement;
    const dark = getComputedStyle(document.body).colorScheme === "dark" ||
      (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
    document.dispatchEvent(new CustomEvent("theme"));
  });

  // ---- menus, dialogs, panel
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-menu]");
    const navigation = $("#navigation");
    if (button) {
      button.setAttribute("aria-expanded", String(navigation.classList.toggle("open")));
    } else if (navigation && !event.target.closest("#navigation")) {
      navigation.classList.remove("open");
      $("[data-menu]")?.setAttribute("aria-expanded", "false");
    }
    const fold = event.target.closest("[data-fold]");
    if (fold) {
      const pages = document.getElementById(fold.getAttribute("aria-controls"));
      pages.hidden = !pages.hidden;
      fold.setAttribute("aria-expanded", String(!pages.hidden));
    }
    for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[data-keys-open]")) $("#keys").showModal();
    if (event.target.closest("[data-panel-close]")) closePanel();
    if (event.target.closest("[data-print]")) window.print();
  });

  const closePanel = () => {
    const panel = $("#panel");
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    document.dispatchEvent(new CustomEvent("panel-closed"));
    return true;
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target || document.body;
    if (target.id === "panel") target.hidden = false;
    prepare(target.isConnected ? target : document.body);
  });

  // ---- keyboard
  const rows = () => $$("[data-rows] > *:not([data-skip])").filter((row) => row.offsetParent);
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const row = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    const target = $("a, button", row) || row;
    if (target === row) row.tabIndex = -1;
    target.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => ($("[data-list-search]") || $("[data-search]"))?.focus(),
    "?": () => $("#keys").showModal(),
    x: () => rows().find((row) => row.contains(document.activeElement))?.querySelector("input[type=checkbox]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = $("details.menu[open]");
      if (open) { open.open = false; $("summary", open).focus(); }
      else if ($("#navigation.open")) $("[data-menu]").click();
      else if (typing(event.target)) event.target.blur();
      else closePanel();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  // ---- a long menu is narrowed by what is typed above it
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-narrow]")) return;
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const option of $$(".option", event.target.parentElement)) {
      const label = option.textContent.toLowerCase();
      option.hidden = !words.every((word) => label.includes(word));
    }
  });

  // ---- forms: unsaved-change guard and local autosave
  const dirty = new Set();
  const draftKey = (form) => `draft:${location.pathname}:${form.dataset.autosave}`;
  const fields = (form) => [...form.elements].filter((f) => f.name && !["hidden", "password", "file", "submit"].includes(f.type));
  const readDraft = (form) => { try { return JSON.parse(localStorage.getItem(draftKey(form))); } catch { return null; } };
  const snapshot = (form) => Object.fromEntries(fields(form).filter((f) => !["checkbox", "radio"].includes(f.type)).map((f) => [f.name, f.value]));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard], form[data-autosave]");
    if (!form) return;
    dirty.add(form);
    if ("autosave" in form.dataset) localStorage.setItem(draftKey(form), JSON.stringify(snapshot(form)));
  });
  document.addEventListener("submit", (event) => {
    dirty.delete(event.target);
    if (event.target.dataset?.autosave !== undefined) localStorage.removeItem(draftKey(event.target));
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected || "autosave" in form.dataset) dirty.delete(form);
    if (dirty.size) event.preventDefault();
  });
  const offerDraft = (form) => {
    const draft = readDraft(form);
    const note = $("[data-draft]", form);
    if (!draft || !note || $(".error-summary", form) || JSON.stringify(draft) === JSON.stringify(snapshot(form))) return;
    note.hidden = false;
    note.addEventListener("click", (event) => {
      if (event.target.closest("[data-draft-use]")) {
        for (const field of fields(form)) {
          if (field.name in draft) { field.value = draft[field.name]; field.dispatchEvent(new Event("draft")); }
        }
        dirty.add(form);
      } else if (event.target.closest("[data-draft-drop]")) localStorage.removeItem(draftKey(form));
      else return;
      note.hidden = true;
    });
  };

  // ---- lists: select all, count of selected, filters that apply at once
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-apply]")) box.form.requestSubmit();
    const list = box.closest("[data-bulk]");
    if (!list) return;
    const boxes = $$("tbody input[name=pk]", list);
    if (box.matches("[data-select-all]")) for (const each of boxes) each.checked = box.checked;
    showSelection(list, boxes);
  });
  const showSelection = (list, boxes) => {
    const chosen = boxes.filter((each) => each.checked).length;
    const bar = $("[data-bulk-bar]", list);
    if (!bar) return;
    bar.hidden = !chosen;
    const all = $("[data-select-all]", list);
    if (all) { all.checked = chosen > 0 && chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
    for (const count of $$("[data-selected]", bar)) count.textContent = chosen;
    const whole = $("[data-all-matching]", bar);
    if (whole) whole.hidden = chosen !== boxes.length;
  };

  // ---- what is sent and takes a while says so, and is not sent twice
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.busy || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => {
      const note = document.createElement("p");
      note.className = "progress busy";
      note.setAttribute("role", "status");
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", form.dataset.busy);
      note.append(form.dataset.busy, bar);
      form.append(note);
    }, 400);
  });
  addEventListener("pageshow", () => {
    for (const form of $$("form[data-sent]")) { delete form.dataset.sent; $(".busy", form)?.remove(); }
  });

  // ---- long work: ask for the state until it is done
  const poll = async (node) => {
    if (!node.isConnected) return;
    try {
      const answer = await fetch(node.dataset.progress, { headers: { Accept: "application/json" } });
      const state = await answer.json();
      const bar = $("progress", node);
      if (state.total) { bar.max = state.total; bar.value = state.done; } else bar.removeAttribute("value");
      $("[data-step]", node).textContent = state.step || "";
      $("[data-rest]", node).textContent = state.rest || "";
      if (state.error) { $("[data-step]", node).textContent = state.error; node.classList.add("failed"); return; }
      if (state.finished) { if (state.next) location.assign(state.next); else location.reload(); return; }
    } catch { /* the next try may succeed */ }
    setTimeout(poll, 1000, node);
  };

  const prepare = (root) => {
    for (const node of $$(".progress[data-progress]", root)) poll(node);
    for (const form of $$("form[data-autosave]", root)) offerDraft(form);
    for (const list of $$("[data-bulk]", root)) showSelection(list, $$("tbody input[name=pk]", list));
    document.dispatchEvent(new CustomEvent("parts", { detail: root }));
  };
  // ---- what scrolls sideways can be reached by keyboard
  const reach = () => {
    for (const box of $$(".scroll, .table-scroll")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  };
  addEventListener("resize", reach);
  document.addEventListener("parts", reach);

  $("#navigation [aria-current]")?.scrollIntoView({ block: "nearest" });
  $(".error-summary")?.focus();
  prepare(document);
})();
