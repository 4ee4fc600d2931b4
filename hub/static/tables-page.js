// What the scripts beside Piccolo's page of tables share: its language, what it is answered, and when it has drawn
// something. Loaded before them, and before the page's own script, which is a module.
"use strict";

window.hubPage = (() => {
  const looks = [];
  const hears = [];
  const isThai = () => document.documentElement.lang === "th";
  let waiting = false;

  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const look of looks) look();
    });
  }

  // The table that the page is at, as its address calls it; nothing where the address is broken.
  function table() {
    try {
      return decodeURIComponent(/^#\/([^/?]+)/.exec(location.hash)?.[1] ?? "");
    } catch {
      return "";
    }
  }

  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.hub = { method: String(method).toUpperCase(), path: String(url).split("?")[0] };
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...rest) {
    this.addEventListener("load", () => {
      for (const hear of hears) hear(this, this.hub);
      soon();
    });
    return send.apply(this, rest);
  };

  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  addEventListener("DOMContentLoaded", () => {
    // Dialogs that were drawn before are shown and hidden by their style alone.
    const seen = { childList: true, subtree: true, characterData: true, attributeFilter: ["style"] };
    new MutationObserver(soon).observe(document.body, seen);
    soon();
  });

  return {
    isThai,
    say: (english, thai) => (isThai() ? thai : english),
    table,
    isShown: (element) => element.getClientRects().length > 0,
    onDrawn: (look) => looks.push(look),
    onAnswered: (hear) => hears.push(hear),
  };
})();
