"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const evidence = all(".evidence details");
  const keys = document.getElementById("keys");
  const kept = (() => { try { return localStorage; } catch { return null; } })();

  // theme: what the reader chose last comes before what the page was made with
  const dark = () => root.dataset.theme === "dark"
    || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const chosen = kept?.getItem("khabar-theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  const switchTheme = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    kept?.setItem("khabar-theme", root.dataset.theme);
  };

  const setAll = (open) => evidence.forEach((one) => { one.open = open; });
  const jobs = {
    open: () => setAll(true), close: () => setAll(false), theme: switchTheme, keys: () => keys.showModal(),
  };
  all("[data-do]").forEach((button) => button.addEventListener("click", jobs[button.dataset.do]));
  all(".tools").forEach((tools) => { tools.hidden = false; });

  // the evidence of a row
  const rowOf = (one) => one.closest("tbody")?.querySelector(".row");
  const detailsOf = (row) => row.closest("tbody").querySelector(".evidence details");
  evidence.forEach((one) => one.addEventListener("toggle", () => {
    rowOf(one).classList.toggle("open", one.open);
  }));

  // one cell of each table is in the tab order; arrows move it
  const tables = all(".statements").map((table) => all(".row", table).map((row) => Array.from(row.cells)));
  const focus = (cell) => {
    all('[tabindex="0"]', cell.closest("table")).filter((one) => one.matches(".row > *"))
      .forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const walk = (grid, cell, [down, right]) => {
    const row = grid.findIndex((cells) => cells.includes(cell));
    const to = grid[row + down]?.[grid[row].indexOf(cell) + right];
    if (to) focus(to);
  };
  const pressed = (grid, event) => {
    const cell = event.target.closest(".row > *");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in step) {
      event.preventDefault();
      walk(grid, cell, step[event.key]);
    } else if ((event.key === "Enter" || event.key === " ") && event.target === cell) {
      event.preventDefault();
      const details = detailsOf(cell.parentElement);
      details.open = !details.open;
    }
  };
  tables.forEach((grid) => {
    grid.flat().forEach((cell) => {
      cell.tabIndex = -1;
      cell.addEventListener("click", (event) => {
        if (event.target.closest("a, summary, button") || String(getSelection())) return;
        focus(cell);
        detailsOf(cell.parentElement).open = !detailsOf(cell.parentElement).open;
      });
    });
    if (grid.length) {
      grid[0][0].tabIndex = 0;
      grid[0][0].closest("table").addEventListener("keydown", (event) => pressed(grid, event));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !keys.open) keys.showModal();
    if (event.key !== "Escape" || keys.open) return;
    const within = event.target.closest?.("tbody");
    const open = within ? within.querySelector(".evidence details") : null;
    if (open?.open) {
      open.open = false;
      focus(event.target.closest(".row > *") ?? rowOf(open).cells[0]);
    }
  });

  // paper shows all evidence, and the screen is as before afterwards
  let before = [];
  addEventListener("beforeprint", () => { before = evidence.map((one) => one.open); setAll(true); });
  addEventListener("afterprint", () => evidence.forEach((one, at) => { one.open = before[at]; }));
})();
