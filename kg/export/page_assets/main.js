// What the reader does: choosing, focusing, filtering, going back, changing language and theme.

const byId = (id) => document.getElementById(id);

// -- the state -------------------------------------------------------------------------------

/** Change the state; the drawing, the panel, the table and the address follow. */
function change(changes, { replace = false } = {}) {
  state = { ...state, ...changes };
  show();
  setAddress(replace);
}

/** Choose a node, an arrow, or ({}) nothing; `statement` points at one of its statements. */
function pick({ node, edge, statement }, options) {
  if (node !== undefined && pathFrom !== undefined && node !== pathFrom) {
    const ends = [pathFrom, node];
    pathFrom = undefined;
    change({ path: ends, center: undefined, added: [], node: undefined, edge: undefined, statement: undefined });
    return;
  }
  if (node !== undefined && !isEntity(node)) {
    pick({ edge: edgesAt[node][0].id }, options); // a value is known by the statement that gives it
    return;
  }
  const ends = edge === undefined ? [node] : [data.edges[edge].from, data.edges[edge].to];
  const missing = ends.filter((end) => end !== undefined && (!isShown(end) || state.hidden.has(end)));
  change({
    node,
    edge,
    statement,
    added: [...state.added, ...missing.map((end) => ({ node: end, expand: false }))],
    hidden: new Set([...state.hidden].filter((hidden) => !missing.includes(hidden))),
  }, options);
}

const focusOn = (node, steps) => change({ center: node, steps, path: undefined, added: [], node, edge: undefined, statement: undefined, view: "graph" });
const leaveFocus = () => change({ center: undefined, path: undefined, added: [] });
const expand = (node) => change({ added: [...state.added, { node, expand: true }] });

function hideNode(node) {
  change({ hidden: new Set([...state.hidden, node]), node: undefined, edge: undefined, statement: undefined, ...(state.center === node && { center: undefined }) });
}

function togglePin(node) {
  const pinned = new Map(state.pinned);
  if (pinned.has(node)) pinned.delete(node);
  else pinned.set(node, offScreen(spots.get(node)));
  change({ pinned });
}

function askForPath(node) {
  pathFrom = node;
  drawStatus();
  box.focus();
}

const DOUBLE_CLICK = 400; // milliseconds
let isClick = false;
let looking;
let filtersFor;

function show() {
  const filtersNow = JSON.stringify([state.off, state.only, state.from, state.to, state.sources], (_, value) => (value instanceof Set ? [...value] : value));
  if (filtersFor !== filtersNow) {
    passed = applyFilters(state);
    filtersFor = filtersNow;
  }
  if (state.edge !== undefined && passed.live[state.edge] === 0) state = { ...state, edge: undefined, statement: undefined };
  document.body.dataset.view = state.view;
  byId("canvas").hidden = state.view !== "graph";
  table.hidden = state.view !== "table";
  const isNew = drawGraph();
  drawPanel();
  drawStatus();
  drawFacets();
  if (state.view === "table") showTable();
  const ends = state.edge === undefined ? [state.node] : [data.edges[state.edge].from, data.edges[state.edge].to];
  const look = () => { if (ends.every(isShown) && !inView(ends)) lookAt(ends, coveredHeight()); };
  clearTimeout(looking);
  if (state.view !== "graph" || ends[0] === undefined || (isNew && state.center !== undefined)) return;
  if (isClick) looking = setTimeout(look, DOUBLE_CLICK); // not from under a second click
  else look();
}

let tableFor;

/** Draw the table where what it shows has changed; else only mark the statement pointed at. */
function showTable() {
  const now = JSON.stringify([filtersFor, state.sort, state.center, state.steps, state.path, [...state.hidden], language]);
  if (now === tableFor) markRow();
  else drawTable();
  tableFor = now;
}

/** Pixels at the foot of the canvas under the panel, which lies over it on a phone. */
function coveredHeight() {
  const place = stage.getBoundingClientRect();
  const cover = panel.getBoundingClientRect();
  return cover.width > 0 && cover.left < place.right ? Math.max(0, place.bottom - cover.top) : 0;
}

/** Whether nodes can be seen well: inside the canvas, not under the panel, not too small. */
function inView(nodes) {
  const place = stage.getBoundingClientRect();
  const bottom = place.height - coveredHeight();
  return network.getScale() > 0.45 && nodes.every((node) => {
    if (!isShown(node)) return true;
    const { x, y } = network.canvasToDOM(network.getPosition(node));
    return x > 40 && y > 30 && x < place.width - 40 && y < bottom - 50;
  });
}

/** The state after #, so that the browser's back button works and a link opens the same view. */
function setAddress(replace) {
  const text = encodeState(state);
  if ((history.state ?? location.hash.slice(1)) === text) return;
  const put = (...address) => (replace ? history.replaceState(text, "", ...address) : history.pushState(text, "", ...address));
  try {
    put(`#${text}`);
  } catch { // in a frame without an address of its own, as in a notebook
    put();
  }
}

function followAddress({ state: text } = {}) {
  state = decodeState(typeof text === "string" ? text : location.hash.slice(1));
  pathFrom = undefined;
  show();
}

// -- drawing ---------------------------------------------------------------------------------

network.on("click", ({ pointer }) => {
  isClick = true;
  pick(under(pointer));
  isClick = false;
});

// The browser knows a double click also where the first one kept this page busy; touch is vis-network's.
function doubleClick(pointer) {
  const { node } = under(pointer);
  if (node !== undefined && isEntity(node)) expand(node);
}
stage.addEventListener("dblclick", ({ offsetX: x, offsetY: y }) => doubleClick({ DOM: { x, y } }));
network.on("doubleClick", ({ pointer, event }) => { if (event.pointerType === "touch") doubleClick(pointer); });
const hover = (over) => {
  hovered = over;
  stage.style.cursor = over.node === undefined && over.edge === undefined ? "" : "pointer";
  network.redraw();
};
network.on("hoverNode", ({ node }) => hover({ node }));
network.on("hoverEdge", ({ edge }) => hover({ edge }));
network.on("blurNode", () => hover({}));
network.on("blurEdge", () => hover({}));
network.on("dragging", ({ nodes }) => { if (nodes.length > 0) labelsFor = ""; });
network.on("dragEnd", ({ nodes }) => {
  keepPlaces(nodes);
  labelsFor = "";
});

const zoom = (factor) => {
  network.moveTo({ scale: network.getScale() * factor });
  swell();
};
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("fit").addEventListener("click", fitView);
byId("move").addEventListener("click", () => {
  setMoving(!isMoving);
  byId("move").setAttribute("aria-pressed", String(isMoving));
});
byId("png").addEventListener("click", savePng);
byId("close").addEventListener("click", () => pick({}));
byId("back").addEventListener("click", () => history.back());
byId("forward").addEventListener("click", () => history.forward());
byId("more").addEventListener("click", () => change({ more: state.more + data.limit }));
byId("toggle-filters").addEventListener("click", () => showFilters(filters.hidden));

// -- the keyboard ----------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches?.("input, textarea, select");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape") {
    if (pathFrom !== undefined) { pathFrom = undefined; drawStatus(); }
    else if (!filters.hidden && !isWide()) showFilters(false);
    else if (state.node !== undefined || state.edge !== undefined) pick({});
    else if (state.center !== undefined || state.path) leaveFocus();
  } else if (event.target === stage) {
    graphKey(event);
  }
});

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** With the drawing in focus: arrows go from node to node, Enter expands, f h p + - 0. */
function graphKey(event) {
  const at = state.node ?? (state.edge === undefined ? undefined : data.edges[state.edge].to);
  const acts = {
    "+": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    0: fitView,
    ...(state.node !== undefined && { Enter: () => expand(at), f: () => focusOn(at, 1), h: () => hideNode(at), p: () => togglePin(at) }),
  };
  const way = ARROWS[event.key];
  if (way) {
    const to = nodeTowards(at, way);
    if (to !== undefined) pick({ node: to }, { replace: true });
    byId("announce").textContent = to === undefined ? "" : `${nodeName(to)}, ${say(`type.${typeOf(to)}`)}`;
  } else if (Object.hasOwn(acts, event.key)) {
    acts[event.key]();
  } else {
    return;
  }
  event.preventDefault();
}

/** The nearest node in a direction; without a node to start from, the best one shown. */
function nodeTowards(from, [dx, dy]) {
  const entities = [...shownIds].filter(isEntity);
  if (from === undefined || !isShown(from)) return entities.sort(byOrder)[0];
  const places = network.getPositions();
  const far = (node) => {
    const [x, y] = [places[node].x - places[from].x, places[node].y - places[from].y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    return ahead > 5 ? ahead + 2 * aside : Infinity;
  };
  const best = entities.map((node) => ({ node, far: far(node) })).sort((a, b) => a.far - b.far)[0];
  return best && best.far < Infinity ? best.node : undefined;
}

// -- words around the drawing ----------------------------------------------------------------

function drawStatus() {
  const entities = [...shownIds].filter(isEntity).length;
  const may = data.nodes.filter(({ id }) => isEntity(id) && mayShow(id)).length;
  const focused = state.center !== undefined || state.path;
  byId("count").textContent = state.view === "graph"
    ? say("showing", { shown: number(entities), all: number(may) })
    : say("statements", { n: number(tableStatements().length) });
  byId("more").hidden = state.view !== "graph" || Boolean(focused) || inOrder.filter(mayShow).every(isShown);
  byId("chips").replaceChildren(...chips());
  for (const view of byId("views").children) view.setAttribute("aria-pressed", String(view.dataset.view === state.view));
  box.placeholder = say(pathFrom === undefined ? "search" : "searchPath", { from: pathFrom === undefined ? "" : shorten(entityName(pathFrom), 30) });
}

/** What narrows the view, each with a button that takes it away. */
function chips() {
  const chip = (text, undo) => make("span", { class: "chip" }, words(text), make("button", { type: "button", "aria-label": say("remove", { what: text }), onclick: undo }, "×"));
  const name = (node) => shorten(nodeName(node), 32);
  return [
    pathFrom !== undefined && chip(say("choosePath", { from: name(pathFrom) }), () => { pathFrom = undefined; drawStatus(); }),
    state.center !== undefined && chip(say(state.steps === 1 ? "aroundOne" : "aroundTwo", { what: name(state.center) }), leaveFocus),
    state.path && chip(`${name(state.path[0])} … ${name(state.path[1])}`, leaveFocus),
    state.hidden.size > 0 && chip(say("hiddenNodes", { n: number(state.hidden.size) }), () => change({ hidden: new Set() })),
    state.pinned.size > 0 && chip(say("pinnedNodes", { n: number(state.pinned.size) }), () => change({ pinned: new Map() })),
    filterCount(state) > 0 && chip(filterCount(state) === 1 ? say("oneFilter") : say("filterCount", { n: number(filterCount(state)) }), () => change(noFilters())),
  ].filter(Boolean);
}

const TOOLS = {
  "zoom-in": ["M8 3v10M3 8h10", "zoomIn"],
  "zoom-out": ["M3 8h10", "zoomOut"],
  fit: ["M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", "fit"],
  move: ["M8 2v12M2 8h12M8 2l-2 2M8 2l2 2M8 14l-2-2M8 14l2-2M2 8l2-2M2 8l2 2M14 8l-2-2M14 8l-2 2", "move"],
  png: ["M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11", "png"],
};

function drawWords() {
  document.documentElement.lang = language;
  box.setAttribute("aria-label", say("searchLabel"));
  stage.setAttribute("aria-label", say("graph"));
  panel.setAttribute("aria-label", say("details"));
  content.setAttribute("aria-label", say("details"));
  for (const [id, name] of [["close", "close"], ["languages", "switch"], ["views", "views"], ["history", "history"], ["back", "back"], ["forward", "forward"], ["tools", "tools"]]) {
    byId(id).setAttribute("aria-label", say(name));
    if (byId(id).tagName === "BUTTON") byId(id).title = say(name);
  }
  for (const [id, [d, name]] of Object.entries(TOOLS)) {
    byId(id).replaceChildren(svg("svg", { class: "tool", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d })));
    byId(id).setAttribute("aria-label", say(name));
    byId(id).title = say(name);
  }
  byId("more").textContent = say("showMore");
  byId("views").replaceChildren(...["graph", "table"].map((view) => make("button", { type: "button", "data-view": view, onclick: () => change({ view }) }, say(`view.${view}`))));
  byId("languages").replaceChildren(...Object.keys(strings).map((code) => make("button", {
    type: "button",
    lang: code,
    title: strings[code].name,
    "aria-label": strings[code].name,
    "aria-pressed": String(code === language),
    onclick: () => { language = code; drawWords(); show(); },
  }, code)));
  buildFacets();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  colors = readColors();
  show();
});
addEventListener("popstate", followAddress);
showFilters(isWide());
drawWords();
followAddress();
const readyAt = performance.now(); // for the benchmark
