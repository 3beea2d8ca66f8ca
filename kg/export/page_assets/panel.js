// The panel: what is known of a node, an arrow or a path, and the sentences behind it.

const BATCH = 40;
const OPEN_UP_TO = 4;

const panel = document.getElementById("panel");
const content = document.getElementById("content");
let pathFrom; // the node from which a path is being asked for

function drawPanel() {
  if (state.node !== undefined) entityPanel(state.node);
  else if (state.edge !== undefined) edgePanel(state.edge);
  else if (state.path) pathPanel(state.path);
  else overviewPanel();
  content.querySelector(".pointed")?.scrollIntoView({ block: "center" });
}

function fillPanel(kind, ...children) {
  panel.className = kind;
  content.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
  panel.scrollTop = 0;
}

const heading = (type, text) => make("h2", {}, type && icon(type), make("span", {}, text));
const button = (text, onclick, attributes = {}) => make("button", { type: "button", class: "plain", onclick, ...attributes }, text);

// -- overview --------------------------------------------------------------------------------

function overviewPanel() {
  const central = inOrder.filter((node) => isEntity(node) && passed.shown[node]).slice(0, 12);
  const documents = data.documents.filter((_, d) => state.only.document.size === 0 || state.only.document.has(d));
  fillPanel(
    "overview",
    make("h2", {}, words(document.title)),
    make("p", { class: "muted" }, say("counts", {
      entities: number(data.entities.length),
      statements: number(data.statements.length),
      documents: number(data.documents.length),
    })),
    make("p", {}, say("hint")),
    central.length > 0 ? make("h3", {}, say("central")) : undefined,
    make("ul", { class: "list" }, ...central.map((i) => make("li", {}, icon(data.entities[i].type), entityButton(i)))),
    documents.length > 0 ? make("h3", {}, say("documents")) : undefined,
    batches(documents, (item) => make("li", {}, documentLine(item)), "list documents"),
  );
}

/** A list shown a batch at a time, as far as the item at `until` from the start. */
function batches(items, draw, className, until = 0) {
  const list = make("ul", { class: className });
  const box = make("div", {}, list);
  const add = (from, count) => {
    list.append(...items.slice(from, from + count).map(draw));
    const left = items.length - from - count;
    if (left <= 0) return;
    const more = button(say("more", { n: number(left) }), () => { more.remove(); add(from + count, BATCH); });
    box.append(more);
  };
  add(0, Math.max(BATCH, until + 1));
  return box;
}

// -- an entity -------------------------------------------------------------------------------

function entityPanel(i) {
  const { type, labels: names = [], aliases = [], links = [], members = [] } = data.entities[i];
  const parts = Object.fromEntries(Object.entries(roles[i]).map(([role, list]) => [role, list.filter((s) => passed.passing[s])]));
  const objects = parts.object.filter((s) => data.statements[s].s !== i);
  const shown = entityName(i);
  const others = names.filter(([, text]) => plain(text) !== shown);
  const addresses = links.map((text) => safeAddress(text) ? link(safeAddress(text), text) : words(text));
  const count = (lists) => lists.subject.length + lists.object.length + lists.qualifier.length + lists.speaker.length;
  const total = count(parts);
  const filtered = count(roles[i]) - total;
  fillPanel(
    "entity-panel",
    heading(type, words(shown)),
    make("p", { class: "kind" }, say(`type.${type}`)),
    definitions([
      ["otherLanguages", others.map(inItsLanguage)],
      ["alsoKnown", aliases.map(inItsLanguage)],
      ["members", members.map(entityButton)],
      ["links", addresses],
    ]),
    nodeActions(i),
    total > 0 ? make("div", { class: "reading" }, slotKey(), total > 1 && openAllButton(total <= OPEN_UP_TO)) : make("p", { class: "muted" }, say("nothing")),
    filtered > 0 && make("p", { class: "muted note" }, say("filteredOut", { n: number(filtered) })),
    section("facts", parts.subject, i),
    section("factsAbout", objects, i),
    section("mentioned", parts.qualifier, i),
    section("said", parts.speaker, i),
  );
  if (total <= OPEN_UP_TO) openAll(true);
}

function nodeActions(i) {
  const hidden = hiddenNeighbours(i).length;
  const around = (steps) => button(say(steps === 1 ? "focusOne" : "focusTwo"), () => focusOn(i, steps), { id: `focus-${steps}`, "aria-pressed": String(state.center === i && state.steps === steps) });
  return make("div", { class: "actions" },
    around(1),
    around(2),
    hidden > 0 && button(say("expand", { n: Math.min(hidden, LEAST_EXPANSION) }), () => expand(i), { id: "expand" }),
    button(say("pathTo"), () => askForPath(i), { id: "path-to" }),
    button(say(state.pinned.has(i) ? "unpin" : "pin"), () => togglePin(i), { id: "pin", "aria-pressed": String(state.pinned.has(i)) }),
    button(say("hide"), () => hideNode(i), { id: "hide" }),
    copyButton(() => entityQuery(i)));
}

/** A button that copies a query and says so. */
function copyButton(query) {
  const it = button(say("copySparql"), async () => {
    const copied = await copyText(query());
    it.textContent = say(copied ? "copied" : "notCopied");
    setTimeout(() => { it.textContent = say("copySparql"); }, 1800);
  }, { id: "copy-sparql", "aria-live": "polite" });
  return it;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // no permission, or an old browser: as it was done before
    const area = make("textarea", { class: "away", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

const inItsLanguage = ([code, text]) => make("span", {}, words(text, { lang: code }), make("span", { class: "muted" }, ` ${code}`));

function definitions(rows) {
  const filled = rows.filter(([, items]) => items.length > 0);
  if (filled.length === 0) return undefined;
  return make("dl", { class: "facts" }, ...filled.flatMap(([name, items]) => [
    make("dt", {}, say(name)),
    make("dd", {}, ...items.flatMap((item, k) => (k > 0 ? [", ", item] : [item]))),
  ]));
}

function openAllButton(open) {
  const it = button(say(open ? "closeAll" : "openAll"), () => { open = !open; openAll(open); it.textContent = say(open ? "closeAll" : "openAll"); }, { id: "open-all" });
  return it;
}

function openAll(open) {
  for (const details of content.querySelectorAll(".statement details")) details.open = open;
}

const slotKey = () =>
  make("p", { class: "key quote-key" }, ...["subject", "relation", "object"].map((slot) => make("mark", { class: slot }, say(slot))));

/** Statements under one heading, those with the same relation together. */
function section(name, places, focus) {
  if (places.length === 0) return undefined;
  const groups = new Map();
  for (const s of places) {
    if (!groups.has(data.statements[s].r)) groups.set(data.statements[s].r, []);
    groups.get(data.statements[s].r).push(s);
  }
  const ordered = [...groups.entries()].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const rows = ordered.flatMap(([relation, members]) => [{ relation }, ...members.sort(bySubstance).map((s) => ({ s }))]);
  const draw = (row) => row.s === undefined ? make("li", {}, make("h4", {}, words(relationName(row.relation)))) : make("li", {}, statementBlock(row.s, focus));
  const pointed = rows.findIndex(({ s }) => s !== undefined && s === state.statement);
  return make("section", {}, make("h3", {}, `${say(name)} (${number(places.length)})`), batches(rows, draw, "list-plain", pointed));
}

/** What is said by more sources first, what another statement says better last. */
function bySubstance(a, b) {
  const [x, y] = [data.statements[a], data.statements[b]];
  return (x.l ? 1 : 0) - (y.l ? 1 : 0) || (y.e?.length ?? 0) - (x.e?.length ?? 0) || a - b;
}

// -- an arrow --------------------------------------------------------------------------------

const endOf = (node) => (isEntity(node) ? entityButton(node) : words(nodeName(node)));

function edgePanel(id) {
  const edge = data.edges[id];
  const back = backOf(edge);
  const live = liveStatements(edge);
  const filtered = edge.statements.length - live.length;
  fillPanel(
    "edge-panel",
    make("h2", {}, make("span", {}, entityButton(edge.from), " → ", endOf(edge.to))),
    make("p", { class: "kind" }, live.length === 1 ? say("oneStatement") : say("statements", { n: number(live.length) })),
    make("div", { class: "actions" },
      back && button(`← ${say("reverse")}`, () => pick({ edge: back.id }), { id: "reverse" }),
      copyButton(() => edgeQuery(edge))),
    slotKey(),
    filtered > 0 && make("p", { class: "muted note" }, say("filteredOut", { n: number(filtered) })),
    batches(live, (s) => make("li", {}, statementBlock(s, undefined)), "list-plain", live.indexOf(state.statement)),
  );
  openAll(true);
}

// -- a path ----------------------------------------------------------------------------------

function pathPanel([begin, end]) {
  const path = pathBetween(begin, end);
  const hops = (path ?? []).slice(1).map((node, k) => hop(path[k], node));
  fillPanel(
    "path-panel",
    make("h2", {}, make("span", {}, endOf(begin), " … ", endOf(end))),
    make("p", { class: "kind" }, path ? say(hops.length === 1 ? "oneStep" : "pathOf", { n: hops.length }) : say("noPath")),
    make("div", { class: "actions" }, button(say("wholeGraph"), () => leaveFocus(), { id: "leave" })),
    hops.length > 0 && slotKey(),
    make("ol", { class: "list-plain hops" }, ...hops),
  );
  if (hops.length <= OPEN_UP_TO) openAll(true);
}

/** One step of a path: the best statement between two neighbours, and the way to the others. */
function hop(a, b) {
  const edges = liveEdges(a).filter((edge) => otherEnd(edge, a) === b);
  const best = edges.flatMap(liveStatements).sort(bySubstance)[0];
  const total = edges.reduce((sum, edge) => sum + liveStatements(edge).length, 0);
  return make("li", {}, statementBlock(best, undefined),
    total > 1 && button(say("allBetween", { n: number(total) }), () => pick({ edge: edges[0].id })));
}
