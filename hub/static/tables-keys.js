// Beside Piccolo's page of tables: its dialogs and menus by the keyboard. A dialog takes the focus, keeps it until it is
// closed, closes by Escape, and gives it back.
"use strict";

(() => {
  const { isShown, onDrawn } = window.hubPage;
  const TAKES_FOCUS = "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled";
  const CHOOSER = ".key_search > input[type=text]";
  const OPENS = new Set(["Enter", " ", "ArrowDown"]);
  let dialog = null;
  let before = null;

  const within = (element) => [...element.querySelectorAll(TAKES_FOCUS)].filter(isShown);

  onDrawn(() => {
    const open = [...document.querySelectorAll(".modal")].filter(isShown).at(-1) ?? null;
    if (open === dialog) return;
    if (open) {
      if (!dialog) before = document.activeElement;
      (within(open).find((element) => !element.closest(".close")) ?? within(open)[0])?.focus();
    } else if (before?.isConnected) {
      before.focus();
    }
    dialog = open;
  });

  // A field that refers to a row would open its dialog for whoever goes through the form: it opens when it is asked to.
  const openChooser = (input) => input.dispatchEvent(new FocusEvent("focus"));
  addEventListener(
    "focus",
    (event) => {
      if (event.isTrusted && event.target instanceof Element && event.target.matches(CHOOSER)) event.stopPropagation();
    },
    true,
  );
  addEventListener("click", (event) => {
    if (event.target.matches?.(CHOOSER)) openChooser(event.target);
  });

  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") return leave(event);
      if (dialog && event.key === "Tab") return keep(event);
      const { target } = event;
      if (dialog || !target.matches?.(CHOOSER) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!OPENS.has(event.key) && event.key.length > 1) return;
      event.preventDefault();
      openChooser(target);
    },
    true,
  );

  function keep(event) {
    const places = within(dialog);
    const last = event.shiftKey ? places[0] : places.at(-1);
    if (dialog.contains(document.activeElement) && document.activeElement !== last) return;
    event.preventDefault();
    (event.shiftKey ? places.at(-1) : places[0])?.focus();
  }

  function leave(event) {
    if (dialog) {
      event.preventDefault();
      return dialog.querySelector(".close a").click();
    }
    const menu = [...document.querySelectorAll("ul#drop_down_menu")].find(isShown);
    const opener = menu?.parentElement.closest("a") ?? menu?.parentElement.querySelector("a");
    const popup = [...document.querySelectorAll(".tooltip .popup")].find(isShown);
    const closes = opener ?? popup?.parentElement.querySelector("a");
    closes?.click();
    closes?.focus();
  }
})();
