// The panel: what is known of a node or an arrow, and the sentences behind it.

const BATCH = 40;
const OPEN_UP_TO = 4;

const panel = document.getElementById("panel");
const content = document.getElementById("content");

function fillPanel(kind, ...children) {
  panel.className = kind;
  content.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
  panel.scrollTop = 0;
}

/** A link to an entity inside the page. */
const entityButton = (i) =>
  make("button", { type: "button", class: "entity", onclick: () => go({ node: i }) }, words(shorten(entityName(i), 80)));

const heading = (type, text) => make("h2", {}, type && icon(type), make("span", {}, text));

// -- overview --------------------------------------------------------------------------------

function overviewPanel() {
  const central = data.nodes.slice(0, Math.min(12, data.entities.length)).map(({ id }) => id);
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
    data.documents.length > 0 ? make("h3", {}, say("documents")) : undefined,
    batches(data.documents, (item) => make("li", {}, documentLine(item)), "list documents"),
  );
}

function documentLine(item) {
  const address = safeAddress(item.url);
  const title = plain(item.title ?? item.source);
  const parts = [item.publisher, item.published ? dateName(item.published) : say("undated"), languageName(item.language), item.title && item.source];
  return make("span", {},
    address ? link(address, title) : words(title, { class: "title", lang: item.language }),
    make("span", { class: "muted" }, ...parts.filter(Boolean).flatMap((part) => [" · ", words(plain(part))])));
}

const link = (address, text) => make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words(text));

function languageName(code) {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code);
  } catch {
    return code;
  }
}

/** A list shown a batch at a time. */
function batches(items, draw, className) {
  const list = make("ul", { class: className });
  const box = make("div", {}, list);
  const add = (from) => {
    list.append(...items.slice(from, from + BATCH).map(draw));
    const left = items.length - from - BATCH;
    if (left <= 0) return;
    const more = make("button", { type: "button", class: "plain", onclick: () => { more.remove(); add(from + BATCH); } }, say("more", { n: number(left) }));
    box.append(more);
  };
  add(0);
  return box;
}

// -- an entity -------------------------------------------------------------------------------

function entityPanel(i) {
  const { type, labels: names = [], aliases = [], links = [], members = [] } = data.entities[i];
  const { subject, object, qualifier, speaker } = roles[i];
  const shown = entityName(i);
  const others = names.filter(([, text]) => plain(text) !== shown);
  const addresses = links.map((text) => safeAddress(text) ? link(safeAddress(text), text) : words(text));
  const hidden = hiddenNeighbours(i).length;
  const total = subject.length + object.length + qualifier.length + speaker.length;
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
    make("div", { class: "actions" },
      hidden > 0 && make("button", { type: "button", class: "plain", id: "expand", onclick: () => { expand(i); entityPanel(i); } },
        say("expand", { n: Math.min(hidden, LEAST_EXPANSION) })),
      total > 1 && openAllButton(total <= OPEN_UP_TO)),
    total === 0 ? make("p", { class: "muted" }, say("nothing")) : slotKey(),
    section("facts", subject, i, (statement) => statement.r),
    section("factsAbout", object.filter((s) => data.statements[s].s !== i), i, (statement) => statement.r),
    section("mentioned", qualifier, i, (statement) => statement.r),
    section("said", speaker, i, (statement) => statement.r),
  );
  if (total <= OPEN_UP_TO) openAll(true);
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
  const button = make("button", { type: "button", class: "plain", onclick: () => { open = !open; openAll(open); button.textContent = say(open ? "closeAll" : "openAll"); } }, say(open ? "closeAll" : "openAll"));
  return button;
}

function openAll(open) {
  for (const details of content.querySelectorAll(".statement details")) details.open = open;
}

const slotKey = () =>
  make("p", { class: "key quote-key" }, ...["subject", "relation", "object"].map((slot) => make("mark", { class: slot }, say(slot))));

/** Statements under one heading, those with the same relation together. */
function section(name, places, focus) {
  if (places.length === 0) return undefined;
  const groups = Map.groupBy ? Map.groupBy(places, (s) => data.statements[s].r) : grouped(places);
  const ordered = [...groups.entries()].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const rows = ordered.flatMap(([relation, members]) => [{ relation }, ...members.sort(bySubstance).map((s) => ({ s }))]);
  const draw = (row) => row.s === undefined ? make("li", {}, make("h4", {}, words(relationName(row.relation)))) : make("li", {}, statementBlock(row.s, focus));
  return make("section", {}, make("h3", {}, `${say(name)} (${number(places.length)})`), batches(rows, draw, "list-plain"));
}

function grouped(places) {
  const groups = new Map();
  for (const s of places) groups.set(data.statements[s].r, [...(groups.get(data.statements[s].r) ?? []), s]);
  return groups;
}

/** What is said by more sources first, what another statement says better last. */
function bySubstance(a, b) {
  const [x, y] = [data.statements[a], data.statements[b]];
  return (x.l ? 1 : 0) - (y.l ? 1 : 0) || (y.e?.length ?? 0) - (x.e?.length ?? 0) || a - b;
}

// -- an arrow --------------------------------------------------------------------------------

function edgePanel(id) {
  const edge = data.edges[id];
  const back = edgesAt[edge.to].find((other) => other.from === edge.to && other.to === edge.from && other.id !== id);
  const end = isEntity(edge.to) ? entityButton(edge.to) : words(nodeName(edge.to));
  fillPanel(
    "edge-panel",
    make("h2", {}, make("span", {}, entityButton(edge.from), " → ", end)),
    slotKey(),
    ...edge.statements.map((s) => statementBlock(s, undefined)),
    back && make("div", { class: "actions" }, make("button", { type: "button", class: "plain", onclick: () => go({ edge: back.id }) }, `← ${say("reverse")}`)),
  );
  openAll(true);
}

// -- a statement -----------------------------------------------------------------------------

const slotText = (slot, statement) =>
  Number.isInteger(slot) ? entityName(slot) : valueName(slot, slot === statement.o ? statement.w : undefined);

function slotElement(slot, statement, focus) {
  if (!Number.isInteger(slot)) return words(slotText(slot, statement), { class: "value", lang: slot.language });
  return slot === focus ? words(shorten(entityName(slot), 80), { class: "self" }) : entityButton(slot);
}

function statementBlock(place, focus) {
  const statement = data.statements[place];
  const evidence = statement.e ?? [];
  const badges = [statement.n && "negated", statement.m].filter(Boolean);
  const object = statement.o === undefined ? [] : [" ", slotElement(statement.o, statement, focus)];
  return make("div", { class: ["statement", statement.m, statement.n && "negated"].filter(Boolean).join(" ") },
    make("div", { class: "line" },
      slotElement(statement.s, statement, focus), " ",
      words(relationName(statement.r), { class: "relation" }),
      ...object,
      ...badges.map((name) => make("span", { class: `badge ${name}` }, say(name)))),
    qualifierList(statement, focus),
    speakerLine(evidence),
    make("details", {},
      make("summary", {}, [
        evidence.length === 1 ? say("source") : say("sources", { n: evidence.length }),
        say("confidence", { n: number(statement.c, { maximumFractionDigits: 2 }) }),
        statement.l && say("moreSpecific"),
      ].filter(Boolean).join(" · ")),
      ...evidence.map(evidenceBlock)));
}

function qualifierList({ q = [] }, focus) {
  if (q.length === 0) return undefined;
  return make("ul", { class: "qualifiers" }, ...q.map(([name, slot]) =>
    make("li", {}, make("span", { class: "name" }, `${say(`qualifier.${name}`)}: `), slotElement(slot, {}, focus))));
}

/** Who says so, where every sentence is somebody's word; otherwise it stands with the sentence. */
function speakerLine(evidence) {
  const speakers = [...new Set(evidence.map(({ a }) => a))];
  if (speakers.length === 0 || speakers.includes(undefined)) return undefined;
  const names = speakers.flatMap((speaker, k) => (k > 0 ? [", ", entityButton(speaker)] : [entityButton(speaker)]));
  return make("div", { class: "muted" }, ...around(say("saidBy", { who: "\u0000" }), names));
}

/** The text with elements in its one hole. */
function around(text, elements) {
  const [before, after] = text.split("\u0000");
  return [before, ...elements, after].filter((part) => part !== "");
}

function evidenceBlock(evidence) {
  const [place, begin, end] = data.sentences[evidence.t];
  return make("div", { class: "evidence" },
    markedSentence(evidence),
    make("p", { class: "origin" },
      ...speakerOf(evidence),
      documentLine(data.documents[place]),
      ` · ${say("offsets", { begin: number(begin, { useGrouping: false }), end: number(end, { useGrouping: false }) })}`));
}

function speakerOf({ a, v }) {
  if (a === undefined) return v === undefined ? [] : [say("saidVerb", { verb: plain(v) }), " · "];
  const text = v === undefined ? say("saidBy", { who: "\u0000" }) : say("saidByVerb", { who: "\u0000", verb: plain(v) });
  return [...around(text, [entityButton(a)]), " · "];
}
