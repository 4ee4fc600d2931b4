// Beside Piccolo's page of tables: where it calls a column by its name in the database, what people call it.
"use strict";

(() => {
  const { onAnswered, onDrawn, table } = window.hubPage;
  // By what the page calls a table: its columns' titles by their names.
  const titles = new Map();
  // Columns of other tables that refer to the row of the form, by what stands there for both.
  const referring = new Map();
  const both = (called, column) => JSON.stringify([called, column]);

  onAnswered((request, { path }) => {
    if (request.status !== 200) return;
    if (path.endsWith("/schema/")) {
      const { extra } = JSON.parse(request.responseText);
      titles.set(decodeURIComponent(path.split("/").at(-3)), extra.column_titles);
    } else if (path.endsWith("/references/")) {
      for (const one of JSON.parse(request.responseText).references) {
        referring.set(both(one.tableName, one.columnName), one.columnTitle);
      }
    }
  });

  onDrawn(() => {
    const own = titles.get(table()) ?? {};
    for (const option of document.querySelectorAll("select[name=column] option")) {
      const title = own[option.value];
      if (title && option.label !== title) option.label = title;
    }
    for (const header of document.querySelectorAll("th")) {
      const text = header.firstChild;
      const title = text?.nodeType === Node.TEXT_NODE && Object.hasOwn(own, text.data.trim()) && own[text.data.trim()];
      if (title) text.data = `${title} `;
    }
    for (const link of document.querySelectorAll(".related_tables a")) {
      const [called, column] = link.querySelectorAll("span.bold");
      const title = column && referring.get(both(called.textContent, column.textContent));
      if (title) column.textContent = title;
    }
  });
})();
