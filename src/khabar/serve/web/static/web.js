"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const keys = document.getElementById("keys");
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  // start: one more field, and files dropped anywhere on the form
  const addField = (button) => {
    const fields = all(".paste");
    const copy = fields.at(-1).cloneNode(true);
    const area = copy.querySelector("textarea");
    const name = copy.querySelector("span");
    area.value = "";
    name.textContent = name.textContent.replace(/[\d٠-٩۰-۹]+/u, (fields.length + 1).toLocaleString(document.documentElement.lang));
    button.closest("form").querySelector("[data-texts]").append(copy);
    area.focus();
  };
  document.documentElement.classList.add("scripted");
  all("[data-drop]").forEach((form) => {
    const input = form.querySelector('input[type="file"]');
    const picked = form.querySelector(".picked");
    const show = () => {
      const names = [...input.files].map((file) => file.name);
      picked.replaceChildren(...(names.length ? names : [picked.dataset.none]).flatMap((name, at) => {
        const run = document.createElement("bdi");
        run.textContent = name;
        return at ? [" · ", run] : [run];
      }));
    };
    input.addEventListener("change", show);
    show();
    form.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      form.classList.remove("over");
      const both = new DataTransfer();
      [...input.files, ...event.dataTransfer.files].forEach((file) => both.items.add(file));
      input.files = both.files;
      show();
      input.focus();
    });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (button?.dataset.do === "more") { event.preventDefault(); addField(button); }
    if (button?.dataset.do === "keys") keys.showModal();
  });
  all('[data-do="keys"]').forEach((button) => { button.hidden = false; });

  // the statement table: one cell is in the tab order, arrows move it, evidence comes when it is opened
  const rowsOf = (table) => all(".row", table).map((row) => Array.from(row.cells));
  const linkOf = (row) => row.querySelector("a.number");
  const evidenceOf = (row) => row.nextElementSibling;
  const reportOf = (cell) => {
    const head = cell.closest("table").tHead.rows;
    return head[head.length - 1].cells[cell.cellIndex]?.dataset.articles?.split(" ")[0] ?? "";
  };
  const setOpen = (row, open) => {
    evidenceOf(row).hidden = !open;
    row.classList.toggle("open", open);
    linkOf(row).setAttribute("aria-expanded", String(open));
  };
  const choose = (row, report) => {
    const cards = all(".card", evidenceOf(row));
    cards.forEach((card) => card.classList.toggle("chosen",
      Boolean(report) && (card.dataset.reports ?? "").split(" ").includes(report)));
  };
  const toggle = async (row, report, open = evidenceOf(row).hidden) => {
    const place = evidenceOf(row).firstElementChild;
    if (open && !place.firstElementChild) {
      const answer = await fetch(linkOf(row).dataset.src, { headers: { "HX-Request": "true" } });
      if (!answer.ok) { location.assign(linkOf(row).href); return; }
      place.innerHTML = await answer.text();
      globalThis.htmx?.process(place);
      all("details", place).filter((one) => one.closest(".evidence .cards")).forEach((one) => { one.open = true; });
    }
    setOpen(row, open);
    if (open) choose(row, report);
  };
  const focus = (cell) => {
    all('.row > [tabindex="0"]', cell.closest("table")).forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const step = () => {
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    return { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -forward], ArrowRight: [0, forward] };
  };
  const walk = (table, cell, [down, on]) => {
    const grid = rowsOf(table);
    const at = grid.findIndex((cells) => cells.includes(cell));
    const to = grid[at + down]?.[grid[at].indexOf(cell) + on];
    if (to) focus(to);
  };
  const prepare = () => all(".statements").filter((table) => !table.dataset.ready).forEach((table) => {
    table.dataset.ready = "yes";
    const first = table.querySelector(".row > *");
    if (first) first.tabIndex = 0;
    table.addEventListener("click", (event) => {
      const cell = event.target.closest(".row > *");
      if (!cell || (event.target.closest("a:not(.number), summary, button") || String(getSelection()))) return;
      event.preventDefault();
      focus(cell);
      toggle(cell.parentElement, reportOf(cell));
    });
    table.addEventListener("keydown", (event) => {
      const cell = event.target.closest(".row > *");
      if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key in step()) {
        event.preventDefault();
        walk(table, cell, step()[event.key]);
      } else if ((event.key === "Enter" || event.key === " ") && (event.target === cell || event.target.matches("a.number"))) {
        event.preventDefault();
        toggle(cell.parentElement, reportOf(cell));
      }
    });
  });
  prepare();
  document.addEventListener("htmx:afterSettle", prepare);

  const closeAround = (target) => {
    const body = target.closest?.("tbody");
    const row = body?.querySelector(".row");
    if (!row || evidenceOf(row).hidden) return;
    setOpen(row, false);
    focus(target.closest(".row > *") ?? row.cells[0]);
  };

  // single keys: decisions lead to their button or form, and what was done can be undone by one key
  const press = (key) => {
    const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    if (!found.matches("summary")) { found.click(); return; }
    found.parentElement.open = true;
    found.parentElement.querySelector("form :is(input:not([type=hidden]), textarea, button)")?.focus();
  };
  // on an Arabic or Persian keyboard the key that is marked c gives another letter: then its place counts
  const keyOf = (event) => {
    if (/^[a-z?/]$/.test(event.key)) return event.key;
    if (event.key === "؟") return "?";
    if (/^[ -~]$/.test(event.key) || !event.code) return "";
    if (event.code === "Slash") return event.shiftKey ? "?" : "/";
    return /^Key[A-Z]$/.test(event.code) && !event.shiftKey ? event.code.at(3).toLowerCase() : "";
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || keys.open) return;
    const key = keyOf(event);
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur(); else closeAround(event.target);
    } else if (typing(event.target)) {
      return;
    } else if (key === "?") {
      keys.showModal();
    } else if (key === "/") {
      event.preventDefault();
      document.getElementById("q").focus();
    } else if (/^[a-z]$/.test(key)) {
      const before = document.activeElement;
      press(key);
      if (document.activeElement !== before) event.preventDefault();
    }
  });

  // what is being done is told once, and again only when it is something else
  let stage = "";
  const tellStage = () => {
    const now = document.querySelector("[data-stage] .stage")?.textContent ?? (stage && document.title);
    if (now && now !== stage) document.getElementById("said").textContent = now;
    stage = now;
  };
  tellStage();
  document.addEventListener("htmx:afterSettle", tellStage);

  // a long page keeps its place when a part of it changes
  document.addEventListener("htmx:responseError", () => {
    document.getElementById("said").textContent = document.title;
  });
})();
