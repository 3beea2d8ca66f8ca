// What the reader has chosen, as one value, and the same as text for the address after #.

const firstState = () => ({
  view: "graph",
  ...noFilters(),
  center: undefined, // the node whose surroundings are shown
  steps: 1,
  path: undefined, // [node, node]
  added: [], // {node, expand}: brought in by the reader
  more: 0, // how many nodes beyond the first ones
  hidden: new Set(),
  pinned: new Map(), // node → {x, y}
  node: undefined,
  edge: undefined,
  statement: undefined, // the one pointed at, of a node's or an edge's
  sort: "",
});

let state = firstState();

// An entity is known by its id, a value by the statement that gives it.
const reference = (node) => (isEntity(node) ? data.entities[node].id : `=${data.statements[edgesAt[node][0].statements[0]].id}`);

function dereference(text) {
  if (placeOf.has(text)) return placeOf.get(text);
  const s = statementPlace.get(text.slice(1));
  return text.startsWith("=") && edgeOf.has(s) ? edgeOf.get(s).to : undefined;
}

/** The state as URL parameters, without what goes without saying. */
function encodeState(of) {
  const parameters = new URLSearchParams();
  const put = (name, ...values) => values.forEach((value) => { if (value !== undefined && value !== "") parameters.append(name, value); });
  if (of.view !== "graph") put("view", of.view);
  put("sort", of.sort);
  if (of.node !== undefined) put("node", reference(of.node));
  if (of.edge !== undefined) put("edge", data.statements[data.edges[of.edge].statements[0]].id);
  if (of.statement !== undefined) put("statement", data.statements[of.statement].id);
  if (of.center !== undefined) put("around", reference(of.center));
  if (of.center !== undefined && of.steps > 1) put("steps", of.steps);
  if (of.path) put("path", ...of.path.map(reference));
  put("add", ...of.added.map(({ node, expand }) => (expand ? "*" : ".") + reference(node)));
  if (of.more > 0) put("more", of.more);
  put("hide", ...[...of.hidden].map(reference));
  for (const [node, { x, y }] of of.pinned) put("pin", `${x},${y},${reference(node)}`);
  for (const name of ["type", "status", "voice", "language"]) put(`-${name}`, ...of.off[name]);
  put("relation", ...[...of.only.relation].map((r) => data.relations[r].id));
  put("document", ...[...of.only.document].map((d) => data.documents[d].id));
  put("from", of.from);
  put("to", of.to);
  if (of.sources > 1) put("sources", of.sources);
  return parameters.toString();
}

const whole = (text, least, most) => Math.min(most, Math.max(least, Number.parseInt(text, 10) || least));

/** The state that a text says; what it says of things this graph has not is left out. */
function decodeState(text) {
  const parameters = new URLSearchParams(text);
  const nodes = (name) => parameters.getAll(name).map(dereference).filter((node) => node !== undefined);
  const places = (name, items) => parameters.getAll(name).map((id) => items.findIndex((item) => item.id === id)).filter((i) => i >= 0);
  const day = (name) => /^\d{4}-\d\d-\d\d$/.exec(parameters.get(name) ?? "")?.[0] ?? "";
  const of = firstState();
  of.view = parameters.get("view") === "table" ? "table" : "graph";
  of.sort = parameters.get("sort") ?? "";
  of.node = nodes("node")[0];
  const s = statementPlace.get(parameters.get("edge"));
  if (of.node === undefined && edgeOf.has(s)) of.edge = edgeOf.get(s).id;
  of.statement = statementPlace.get(parameters.get("statement"));
  of.center = nodes("around")[0];
  of.steps = whole(parameters.get("steps"), 1, 2);
  if (nodes("path").length === 2) of.path = nodes("path");
  of.added = parameters.getAll("add").map((item) => ({ node: dereference(item.slice(1)), expand: item.startsWith("*") })).filter(({ node }) => node !== undefined);
  of.more = whole(parameters.get("more"), 0, data.nodes.length);
  of.hidden = new Set(nodes("hide"));
  for (const item of parameters.getAll("pin")) {
    const [, x, y, name] = /^(-?\d{1,6}),(-?\d{1,6}),(.*)$/s.exec(item) ?? [];
    if (name !== undefined && dereference(name) !== undefined) of.pinned.set(dereference(name), { x: Number(x), y: Number(y) });
  }
  for (const name of SWITCHES) of.off[name] = new Set(parameters.getAll(`-${name}`));
  of.only.relation = new Set(places("relation", data.relations));
  of.only.document = new Set(places("document", data.documents));
  of.from = day("from");
  of.to = day("to");
  of.sources = whole(parameters.get("sources"), 1, mostSources);
  return of;
}
