// Beside Piccolo's page of tables: what it leaves in English, years of the Buddhist Era, and the hub's own ways in and out.
// Nothing it does is needed to keep the data safe: the hub checks.
"use strict";

(() => {
  const { isThai, onAnswered, onDrawn, table } = window.hubPage;
  const THAI = {
    "All": "ทั้งหมด",
    "Columns": "คอลัมน์",
    "Delete": "ลบ",
    "Error": "ข้อผิดพลาด",
    "Invalid column name or value": "คอลัมน์หรือค่าใช้ไม่ได้",
    "Bulk Update": "แก้ไขหลายรายการ",
    "Click for more info": "คำอธิบาย",
    "Click to toggle children.": "แสดงหรือซ่อนตารางในกลุ่ม",
    "Delete Row": "ลบรายการ",
    "Delete selected Rows": "ลบรายการที่เลือก",
    "Edit Row": "แก้ไขรายการ",
    "Hide links": "ซ่อนลิงก์",
    "Hide tables": "ซ่อนตาราง",
    "Load more": "ดูเพิ่ม",
    "Page not found": "ไม่พบหน้านี้",
    "Remove": "นำออก",
    "Show links": "แสดงลิงก์",
    "Show tables": "แสดงตาราง",
    "Translations": "ภาษา",
    "None": "ไม่ระบุ",
    "NULL": "ไม่ระบุ",
    "Null": "ไม่ระบุ",
    "Add sort column": "เพิ่มคอลัมน์ที่ใช้เรียง",
    "contains": "มีคำว่า",
    "ends": "ลงท้ายด้วย",
    "exact": "ตรงทุกตัวอักษร",
    "starts": "ขึ้นต้นด้วย",
    "Equals": "เท่ากับ",
    "Greater Than": "มากกว่า",
    "Greater Than or Equal To": "มากกว่าหรือเท่ากับ",
    "Less Than": "น้อยกว่า",
    "Less Than or Equal To": "น้อยกว่าหรือเท่ากับ",
    "Not Equal": "ไม่เท่ากับ",
    "Set null:": "ไม่ระบุค่า:",
    "Successfully added row": "เพิ่มรายการแล้ว",
    "Successfully applied filter": "กรองแล้ว",
    "Successfully cleared filters": "ล้างตัวกรองแล้ว",
    "Successfully deleted row": "ลบรายการแล้ว",
    "Successfully deleted rows": "ลบรายการแล้ว",
    "Successfully saved row": "บันทึกแล้ว",
    "The form has errors.": "แบบฟอร์มยังไม่ถูกต้อง",
    "Toggle all": "สลับทั้งหมด",
    "Type here to filter": "พิมพ์เพื่อค้นหา",
    "Unable to delete the row.": "ลบรายการไม่ได้",
    "Are you sure you want to delete this row?": "ต้องการลบรายการนี้หรือไม่",
    "Are you sure you want to delete the selected rows?": "ต้องการลบรายการที่เลือกหรือไม่",
    "Are you sure you want to logout?": "ต้องการออกจากระบบหรือไม่",
    "True": "ใช่",
    "False": "ไม่ใช่",
  };
  const PATTERNS = [
    [/^Select a row from (.+)$/, "เลือกรายการจาก $1"],
    [/^(\d+) per page$/, "$1 รายการต่อหน้า"],
    [/^of (\d+)$/, "จาก $1"],
    [/^Are you sure you want to delete row .+\?$/, "ต้องการลบรายการนี้หรือไม่"],
    [/^Unable to delete row \S+ \((.+)\)$/, "ลบรายการไม่ได้: $1"],
  ];
  const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
  const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
  const LIST = /\/api\/tables\/([^/]+)\/$/;
  const BUDDHIST_OFFSET = 543;
  const html = document.documentElement;
  // The tables' own names, by what the page calls them.
  const tables = new Map();
  // Those whose rows may be exported, and where the rows of each list are, as it was last asked for.
  const exported = new Set();
  const lists = new Map();

  function inThai(text) {
    const plain = text.trim();
    if (Object.hasOwn(THAI, plain)) return THAI[plain];
    for (const [pattern, words] of PATTERNS) if (pattern.test(plain)) return plain.replace(pattern, words);
    return null;
  }

  const said = (text) => (isThai() && inThai(String(text))) || String(text);
  for (const name of ["confirm", "alert"]) {
    const native = window[name].bind(window);
    window[name] = (text) => native(said(text));
  }

  onAnswered((request, { method, path }) => {
    if (request.status === 401) return signIn();
    if (method === "DELETE" && request.status >= 400) return tellRefusal(request);
    if (request.status !== 200) return;
    if (path.endsWith("/schema/")) {
      const { extra } = JSON.parse(request.responseText);
      const called = decodeURIComponent(path.split("/").at(-3));
      html.dataset.readOnly = String(Boolean(extra?.read_only));
      tables.set(called, extra?.table);
      if (!extra?.read_only) exported.add(called);
    } else if (method === "PATCH") {
      // The page keeps the version that it read; another save would be taken for a second editor's.
      const version = document.querySelector("form:not(.filter_wrapper form) input[name=updated_at]");
      const { updated_at: now } = JSON.parse(request.responseText);
      if (version && now) {
        version.value = now;
        version.dispatchEvent(new Event("input"));
      }
    } else if (method === "GET" && LIST.test(path)) {
      const called = decodeURIComponent(LIST.exec(path)[1]);
      const asked = new URLSearchParams(request.responseURL.split("?")[1]);
      for (const name of ["__page", "__page_size", "__readable"]) asked.delete(name);
      const parameters = new URLSearchParams([["table", tables.get(called)], ...asked]);
      if (exported.has(called)) lists.set(called, `/console/export?${parameters}`);
    } else if (path.includes("/public/translations/") && !path.endsWith("/translations/")) {
      html.lang = JSON.parse(request.responseText).language_code;
    }
  });

  // The page shows nowhere why a row of a list was not deleted; in a row's own form it does.
  function tellRefusal(request) {
    if (document.querySelector("[data-uitest=save_button]")) return;
    const data = JSON.parse(request.responseText);
    const told = data.custom_form_error ?? data.detail;
    window.alert(Array.isArray(told) ? told.map((one) => one.msg).join("\n") : told);
  }

  function signIn() {
    location.assign(`/login?next=${encodeURIComponent("/admin/")}`);
  }

  function era(text) {
    const day = DAY.exec(text);
    if (day) return `${isThai() ? "พ.ศ." : "B.E."} ${Number(day[1]) + BUDDHIST_OFFSET}`;
    if (!MOMENT.test(text)) return null;
    return new Date(text).toLocaleString(isThai() ? "th-TH" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
  }

  function tell(element, text) {
    if (text) element.dataset.era = text;
    else delete element.dataset.era;
  }

  onDrawn(() => {
    if (document.getElementById("login")) return signIn();
    if (document.getElementById("change_password")) return location.assign("/console/me");
    for (const input of document.querySelectorAll("input[type=date]")) tell(input.parentElement, era(input.value));
    for (const cell of document.querySelectorAll("td > span > span")) tell(cell, era(cell.textContent.trim()));
    for (const cell of document.querySelectorAll("td > span:not(:has(*))")) tell(cell, era(cell.textContent.trim()));
    for (const version of document.querySelectorAll("input[name=updated_at]")) {
      if (!version.closest(".filter_wrapper")) {
        const field = fieldOf(version);
        field.inert = true;
        field.hidden = !version.value;
      }
    }
    linkHistory();
    linkExport();
    for (const error of document.querySelectorAll(".errors li")) swap(error.firstChild, / field - /, ": ");
    if (isThai()) translate();
  });

  function linkHistory() {
    const row = /^#\/[^/]+\/(\d+)\/?(?:\?|$)/.exec(location.hash)?.[1];
    const name = row && tables.get(table());
    const address = name && `/console/history?table=${encodeURIComponent(name)}&row=${row}`;
    lead("row-history", document.querySelector("form") && address, "History of this row", "ประวัติของระเบียนนี้");
  }

  // As the list is filtered and ordered now: by the parameters of its last request.
  function linkExport() {
    const isList = /^#\/[^/]+\/?(?:\?|$)/.test(location.hash);
    lead("list-export", isList && lists.get(table()), "Export these rows", "ส่งออกรายการเหล่านี้");
  }

  // A link outside of what the page draws, so that it draws nothing over it; without an address there is none.
  function lead(id, address, english, thai) {
    let link = document.getElementById(id);
    if (!address) return link?.remove();
    if (!link) {
      link = document.createElement("a");
      link.id = id;
      let leads = document.getElementById("leads");
      if (!leads) {
        leads = document.createElement("nav");
        leads.id = "leads";
        document.body.append(leads);
      }
      leads.setAttribute("aria-label", isThai() ? "หน้าอื่นของรายการนี้" : "More about it");
      leads.append(link);
    }
    const words = isThai() ? thai : english;
    if (link.getAttribute("href") !== address) link.setAttribute("href", address);
    if (link.textContent !== words) link.textContent = words;
  }

  function fieldOf(input) {
    let field = input.parentElement;
    while (field.parentElement && !field.querySelector(":scope > label")) field = field.parentElement;
    return field;
  }

  function translate() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const words = inThai(text.data);
      // In a table are the rows' own words.
      if (words && words !== text.data.trim() && !text.parentElement.closest("td > span > a, option[value]")) {
        text.data = text.data.replace(text.data.trim(), words);
      }
    }
    for (const option of document.querySelectorAll("option")) {
      const words = inThai(option.label || option.text);
      if (words && option.label !== words) option.label = words;
    }
    for (const name of ["placeholder", "title"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const words = inThai(element[name]);
        if (words) element[name] = words;
      }
    }
  }

  function swap(text, pattern, words) {
    if (text?.nodeType === Node.TEXT_NODE && pattern.test(text.data)) text.data = text.data.replace(pattern, words);
  }
})();
