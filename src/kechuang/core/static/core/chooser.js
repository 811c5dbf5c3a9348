// A long choice becomes a field to type in: words in any order narrow it, arrows and Enter choose. The select stays
// below it and is what is sent; without this script it is what people use.
(() => {
  "use strict";
  const LONG = 15;
  const MOST = 100;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const words = document.body.dataset;
  let made = 0;

  const element = (tag, attributes, text = "") => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  };

  const choose = (select) => {
    if (select.dataset.chooser || select.size > 1 || select.options.length <= LONG) return;
    select.dataset.chooser = "on";
    const id = `chooser-${++made}`;
    const label = select.labels[0];
    if (label) label.id ||= `${id}-label`;
    const box = element("div", { class: "chooser" });
    const input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", id, "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": `${id}-list`, placeholder: words.chooserType,
    });
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    input.setAttribute(label ? "aria-labelledby" : "aria-label", label ? label.id : select.getAttribute("aria-label") || "");
    const list = element("ul", { role: "listbox", id: `${id}-list`, hidden: "" });
    list.setAttribute(label ? "aria-labelledby" : "aria-label", label ? label.id : select.getAttribute("aria-label") || "");
    const note = element("p", { class: "chooser-note", role: "status" });
    const chips = element("p", { class: "chips" });
    select.before(box);
    box.append(select, ...(select.multiple ? [chips] : []), input, list, note);
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    const options = [...select.options].map((option) => ({ option, text: option.text, key: plain(option.text) }));
    let found = [];
    let at = -1;

    const reset = () => { input.value = select.multiple || !select.value ? "" : select.selectedOptions[0].text; };
    const show = () => {  // what is chosen, as the select has it
      reset();
      chips.replaceChildren(...[...select.selectedOptions].map((option) => {
        const chip = element("button", { type: "button", class: "chip", "aria-label": `${words.chooserDrop} ${option.text}` }, option.text);
        chip.addEventListener("click", () => { option.selected = false; changed(); input.focus(); });
        return chip;
      }));
    };
    const changed = () => {
      show();
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      note.textContent = "";
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (to) => {
      at = to;
      for (const [n, item] of [...list.children].entries()) item.classList.toggle("active", n === at);
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    };
    const open = (typed) => {
      const parts = plain(typed).split(/\s+/).filter(Boolean);
      const all = options.filter(({ option, key }) =>
        (option.value || !parts.length) && !(select.multiple && option.selected) && parts.every((part) => key.includes(part)));
      found = all.slice(0, MOST);
      list.replaceChildren(...found.map(({ option, text }, n) =>
        element("li", { role: "option", id: `${id}-${n}`, "aria-selected": String(option.selected && !select.multiple) }, text)));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(Boolean(found.length)));
      note.textContent = !all.length ? words.chooserNone : all.length > MOST ? words.chooserMore.replace("{n}", all.length - MOST) : "";
      mark(parts.length && found.length ? 0 : -1);
      list.scrollIntoView({ block: "nearest" });
    };
    const take = (n) => {
      if (!found[n]) return;
      found[n].option.selected = true;
      close();
      changed();
    };

    input.addEventListener("input", (event) => { event.stopPropagation(); open(input.value); });
    input.addEventListener("click", () => { if (list.hidden) { input.select(); open(""); } });
    input.addEventListener("blur", () => {
      if (!input.value.trim() && select.value && !select.multiple) {
        const empty = options.find(({ option }) => !option.value);
        if (empty) { empty.option.selected = true; changed(); }
      }
      close();
      reset();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = found.length - 1;
      if (event.key === "ArrowDown") list.hidden ? open("") : mark(Math.min(last, at + 1));
      else if (event.key === "ArrowUp" && !list.hidden) mark(Math.max(0, at - 1));
      else if (event.key === "Enter" && !list.hidden && at >= 0) take(at);
      else if (event.key === "Escape" && !list.hidden) { close(); reset(); event.stopPropagation(); }
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) take([...list.children].indexOf(item));
    });
    for (const kind of ["change", "draft"]) select.addEventListener(kind, show);
    select.addEventListener("focus", () => input.focus());
    show();
  };

  const within = (root) => { for (const select of root.querySelectorAll("select")) choose(select); };
  document.addEventListener("parts", (event) => within(event.detail));
  within(document);
})();
