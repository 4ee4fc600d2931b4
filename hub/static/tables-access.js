// Beside Piccolo's page of tables: what it leaves out for who does not see it. Its parts as landmarks, names for what is
// told by a picture or a place alone. Nothing that it draws is moved or replaced.
"use strict";

(() => {
  const { onDrawn, say } = window.hubPage;
  const LANDMARKS = {
    "#nav": ["banner"],
    ".sidebar": ["navigation", "Tables", "ตาราง"],
    ".left_column": ["main"],
    ".welcome": ["main"],
    "#nav + .inner": ["main"],
    ".right_column": ["complementary", "Filters", "ตัวกรอง"],
    "#message_popup": ["status"],
    ".modal": ["dialog"],
    // Columns that hold tools: they are about nothing that a header could say.
    "th:empty": ["cell"],
    "th:first-child:has(> input)": ["cell"],
  };
  const PAGING = [
    ["#page_size select", "Rows of a page", "รายการต่อหน้า"],
    ["#pagination input", "Page", "หน้า"],
  ];
  // By the names that the icons bear on the page.
  const PICTURES = {
    "plus": ["Add", "เพิ่ม"],
    "pen-to-square": ["Open", "เปิด"],
    "turn-up": ["Open", "เปิด"],
    "ellipsis-vertical": ["What to do with it", "ตัวเลือกของรายการ"],
    "caret-up": ["Ordered upwards", "เรียงจากน้อยไปมาก"],
    "caret-down": ["Ordered downwards", "เรียงจากมากไปน้อย"],
    "angle-left": ["The page before", "หน้าก่อน"],
    "angle-right": ["The next page", "หน้าถัดไป"],
    "angle-up": ["Show less", "ย่อ"],
    "angle-down": ["Show more", "ขยาย"],
    "xmark": ["Close", "ปิด"],
    "trash-can": ["Delete", "ลบ"],
    "bars": ["Tables", "ตาราง"],
    "circle-question": ["Help", "คำอธิบาย"],
  };

  function set(element, name, value) {
    if (value && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  onDrawn(() => {
    for (const [selector, [role, ...words]] of Object.entries(LANDMARKS)) {
      for (const element of document.querySelectorAll(selector)) {
        set(element, "role", role);
        if (words.length) set(element, "aria-label", say(...words));
      }
    }
    for (const modal of document.querySelectorAll(".modal")) {
      set(modal, "aria-modal", "true");
      set(modal, "aria-label", firstText(modal));
      for (const heading of modal.querySelectorAll("h1:empty")) set(heading, "aria-hidden", "true");
    }
    for (const input of document.querySelectorAll("table input[type=checkbox]")) {
      const row = input.closest("tr").querySelector(".link a")?.textContent.trim();
      set(input, "aria-label", `${say("Choose", "เลือก")} ${row ?? say("all", "ทั้งหมด")}`);
    }
    for (const [selector, ...words] of PAGING) {
      for (const element of document.querySelectorAll(selector)) set(element, "aria-label", say(...words));
    }
    for (const input of document.querySelectorAll("form :is(input:not([type=hidden]), select, textarea)")) {
      set(input, "aria-label", nameOf(input));
      set(input, "aria-description", helpOf(input));
    }
    for (const select of document.querySelectorAll(".modal :is(select, input):not([aria-label])")) {
      set(select, "aria-label", firstText(select.closest(".modal")));
    }
    for (const link of document.querySelectorAll("a, button, span.tooltip")) {
      if (link.textContent.trim() || link.title) continue;
      const words = PICTURES[link.querySelector("[data-icon]")?.dataset.icon];
      if (words) set(link, "aria-label", [say(...words), labelOf(link) || headerOf(link)].filter(Boolean).join(": "));
    }
  });

  function nameOf(input) {
    const name = labelOf(input);
    const how = /__(?:match|operator)$/.test(input.name ?? "");
    return name && (how ? `${name}: ${say("how to compare", "วิธีเปรียบเทียบ")}` : name);
  }

  const helpOf = (input) => fieldOf(input)?.querySelector(":scope > label .popup")?.textContent.trim();

  // The words of the label of the field that an element is in.
  function labelOf(element) {
    const field = fieldOf(element);
    return field ? firstText(field.tagName === "LABEL" ? field : field.querySelector(":scope > label")) : "";
  }

  function fieldOf(element) {
    const form = element.closest("form");
    for (let field = element.parentElement; field && form?.contains(field); field = field.parentElement) {
      if (field.tagName === "LABEL" || field.querySelector(":scope > label")) return field;
    }
    return null;
  }

  const headerOf = (link) => link.closest("th")?.textContent.trim() ?? "";

  function firstText(element) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) if (text.data.trim()) return text.data.trim();
    return "";
  }
})();
