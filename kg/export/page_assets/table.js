// The statements as a table, under the same filters, sorted by a click on a column's head.

const ROWS = 100;
const table = document.getElementById("table");

const speakersOf = ({ e = [] }) => [...new Set(e.map(({ a }) => a).filter((a) => a !== undefined))].map(entityName).join(", ");
const newestDay = (s) => documentsOf[s].map((d) => dayOf[d]).sort().at(-1) ?? "";

/** Each column: what it shows, and what it is sorted by where that is something else. */
const COLUMNS = {
  subject: { text: (s) => entityName(data.statements[s].s) },
  relation: { text: (s) => relationName(data.statements[s].r) },
  object: { text: (s) => (data.statements[s].o === undefined ? "" : slotText(data.statements[s].o, data.statements[s])) },
  status: { text: (s) => say(statusAt[s]), key: (s) => STATUSES.indexOf(statusAt[s]) },
  speaker: { text: (s) => speakersOf(data.statements[s]) },
  sourceCount: { text: (s) => number(sourcesOf[s]), key: (s) => -sourcesOf[s] },
  date: { text: (s) => newestDay(s), key: (s) => newestDay(s) || "9999" },
  certainty: { text: (s) => number(data.statements[s].c, { minimumFractionDigits: 2, maximumFractionDigits: 2 }), key: (s) => -data.statements[s].c },
};

/** The statements that the table shows: what passes the filters, among the nodes of a focus. */
function tableStatements() {
  const focused = state.center !== undefined || state.path;
  const inFocus = (s) => {
    const edge = edgeOf.get(s);
    return edge ? isShown(edge.from) && isShown(edge.to) : data.statements[s].s === state.center;
  };
  const found = [];
  data.statements.forEach((_, s) => { if (passed.passing[s] && (!focused || inFocus(s))) found.push(s); });
  return sorted(found);
}

function sorted(statements) {
  const name = state.sort.replace(/^-/, "");
  if (!Object.hasOwn(COLUMNS, name)) {
    return statements.sort((a, b) => sourcesOf[b] - sourcesOf[a] || data.statements[a].s - data.statements[b].s || a - b);
  }
  const { text, key = text } = COLUMNS[name];
  const collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const keys = new Map(statements.map((s) => [s, key(s)]));
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  const sign = state.sort.startsWith("-") ? -1 : 1;
  return statements.sort((a, b) => sign * compare(keys.get(a), keys.get(b)) || a - b);
}

function sortBy(name) {
  change({ sort: state.sort === name ? `-${name}` : name });
}

function drawTable() {
  const found = tableStatements();
  const order = (name) => (state.sort === name ? "ascending" : state.sort === `-${name}` ? "descending" : undefined);
  const arrow = { ascending: " ↑", descending: " ↓" };
  const heads = Object.keys(COLUMNS).map((name) => make("th", { scope: "col", class: name, "aria-sort": order(name) },
    make("button", { type: "button", "data-sort": name, onclick: () => sortBy(name) }, say(`column.${name}`), make("span", { "aria-hidden": "true" }, arrow[order(name)] ?? ""))));
  const body = make("tbody", {});
  const more = make("button", { type: "button", class: "plain more-rows", onclick: () => add() });
  let drawn = 0;
  const add = () => {
    body.append(...found.slice(drawn, drawn + ROWS).map(tableRow));
    drawn = Math.min(found.length, drawn + ROWS);
    more.hidden = drawn === found.length;
    more.textContent = say("more", { n: number(found.length - drawn) });
  };
  add();
  const scroller = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": say("table") },
    found.length > 0 ? make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body) : make("p", { class: "muted" }, say("noStatements")), more);
  scroller.addEventListener("scroll", () => {
    if (!more.hidden && scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 400) add();
  }, { passive: true });
  const kept = document.activeElement?.dataset?.sort;
  table.replaceChildren(
    make("div", { class: "downloads" }, make("span", { class: "muted" }, `${say("download")}:`),
      button("CSV", () => saveCsv(found), { id: "csv" }), button("JSON", () => saveJson(found), { id: "json" })),
    scroller);
  if (kept) table.querySelector(`[data-sort="${kept}"]`)?.focus();
}

function tableRow(s) {
  const statement = data.statements[s];
  const cells = Object.entries(COLUMNS).map(([name, { text }]) => {
    if (name === "subject") return make("td", { class: name }, entityButton(statement.s));
    if (name === "relation") return make("td", { class: name }, make("button", { type: "button", class: "entity", title: say("read"), onclick: () => point(s) }, words(text(s))));
    if (name === "object") return make("td", { class: name }, Number.isInteger(statement.o) ? entityButton(statement.o) : words(text(s)), qualifierNote(statement));
    if (name === "status") return make("td", { class: name }, statusAt[s] === "asserted" ? "" : make("span", { class: `badge ${statusAt[s]}` }, text(s)));
    return make("td", { class: name }, words(text(s)));
  });
  return make("tr", { class: state.statement === s ? "pointed" : undefined, "data-row": s, onclick: (event) => { if (!event.target.closest("button, a")) point(s); } }, ...cells);
}

function qualifierNote({ q = [] }) {
  if (q.length === 0) return undefined;
  return make("div", { class: "muted" }, q.map(([name, slot]) => `${say(`qualifier.${name}`)}: ${slotText(slot, {})}`).join(" · "));
}

/** Show a statement in the panel, with its sentences open; the table stays as it is. */
function point(s) {
  const edge = edgeOf.get(s);
  pick(edge ? { edge: edge.id, statement: s } : { node: data.statements[s].s, statement: s });
}

function markRow() {
  for (const row of table.querySelectorAll("tr[data-row]")) row.classList.toggle("pointed", Number(row.dataset.row) === state.statement);
}
