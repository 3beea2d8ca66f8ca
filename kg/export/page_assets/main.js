// What the reader does: choosing, expanding, searching, going back, changing language and theme.

const byId = (id) => document.getElementById(id);

/** Choose a node, an arrow, or ({}) nothing: the panel, the drawing and the address follow. */
function go(choice, { address = true } = {}) {
  if (choice.node !== undefined && !isEntity(choice.node)) {
    go({ edge: edgesAt[choice.node][0].id }); // a value is known by the statement that gives it
    return;
  }
  if (choice.node !== undefined) reveal(choice.node);
  const ends = choice.edge === undefined ? [choice.node] : [data.edges[choice.edge].from, data.edges[choice.edge].to];
  ends.filter((node) => node !== undefined).forEach(reveal);
  choose(choice);
  drawPanel();
  if (ends[0] !== undefined && !inView(ends)) lookAt(ends, coveredHeight());
  if (address) setAddress(choice.node);
}

function drawPanel() {
  if (chosen.node !== undefined) entityPanel(chosen.node);
  else if (chosen.edge !== undefined) edgePanel(chosen.edge);
  else overviewPanel();
}

/** Pixels at the foot of the canvas under the panel, which lies over it on a phone. */
function coveredHeight() {
  const stage = byId("graph").getBoundingClientRect();
  const cover = panel.getBoundingClientRect();
  return cover.width > 0 && cover.left < stage.right ? Math.max(0, stage.bottom - cover.top) : 0;
}

/** Whether nodes can be seen well: inside the canvas, not under the panel, not too small. */
function inView(nodes) {
  const stage = byId("graph").getBoundingClientRect();
  const bottom = stage.height - coveredHeight();
  return network.getScale() > 0.45 && nodes.every((node) => {
    const { x, y } = network.canvasToDOM(network.getPosition(node));
    return x > 40 && y > 30 && x < stage.width - 40 && y < bottom - 50;
  });
}

/** The entity's id after #, so that the browser's back button and links to the page work. */
function setAddress(node) {
  const hash = node === undefined ? "" : `#${encodeURIComponent(data.entities[node].id)}`;
  if (location.hash !== hash && (hash || location.hash)) history.pushState(null, "", hash || "#");
}

function followAddress() {
  let id;
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // not an address this page has made
  }
  go(placeOf.has(id) ? { node: placeOf.get(id) } : {}, { address: false });
}

// -- drawing ---------------------------------------------------------------------------------

network.on("click", ({ pointer }) => go(under(pointer)));
network.on("doubleClick", ({ pointer }) => {
  const { node } = under(pointer);
  if (node === undefined || !isEntity(node)) return;
  expand(node);
  entityPanel(node);
});
const hover = (over) => {
  hovered = over;
  byId("graph").style.cursor = over.node === undefined && over.edge === undefined ? "" : "pointer";
  network.redraw();
};
network.on("hoverNode", ({ node }) => hover({ node }));
network.on("hoverEdge", ({ edge }) => hover({ edge }));
network.on("blurNode", () => hover({}));
network.on("blurEdge", () => hover({}));
network.on("dragging", ({ nodes }) => { if (nodes.length > 0) labelsFor = ""; });
network.on("dragEnd", () => { labelsFor = ""; });

const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150, easingFunction: "linear" } });
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("fit").addEventListener("click", () => network.fit({ animation: { duration: 250, easingFunction: "easeInOutQuad" } }));
byId("close").addEventListener("click", () => go({}));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && event.target !== box) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape") {
    go({});
  }
});
addEventListener("popstate", followAddress);

// -- words around the drawing ----------------------------------------------------------------

function drawCount() {
  const shown = [...shownIds].filter(isEntity).length;
  byId("count").textContent = say("showing", { shown: number(shown), all: number(data.entities.length) });
}

function drawLegend() {
  const counts = Object.fromEntries(Object.keys(SHAPES).map((type) => [type, data.nodes.filter(({ group }) => group === type).length]));
  const types = Object.keys(SHAPES).sort((a, b) => counts[b] - counts[a] || (a < b ? -1 : 1));
  const statuses = new Set(data.edges.flatMap(({ modality, negated }) => (negated ? ["negated", modality] : [modality])));
  const rows = types.map((type) => make("button", {
    type: "button",
    "aria-pressed": String(!hiddenTypes.has(type)),
    title: say("hideType"),
    "data-type": type,
    onclick: () => { setTypeHidden(type, !hiddenTypes.has(type)); drawLegend(); },
  }, icon(type), say(`type.${type}`)));
  const arrows = ["asserted", "planned", "possible", "hypothetical", "negated"].filter((status) => statuses.has(status));
  byId("legend").lastElementChild.replaceChildren(
    ...rows,
    make("hr"),
    ...arrows.map((status) => make("span", {}, arrowIcon(status), say(status))),
    ...(data.nodes.length > data.nodes.filter(({ x }) => x !== undefined).length ? [make("span", {}, dashedRing(), say("hidden"))] : []),
  );
  byId("legend").firstElementChild.textContent = say("legend");
}

const dashedRing = () =>
  svg("svg", { class: "icon", viewBox: "0 0 16 16" }, svg("circle", { cx: 8, cy: 8, r: 7, fill: "none", stroke: "currentColor", "stroke-dasharray": "3 3" }));

function drawWords() {
  document.documentElement.lang = language;
  box.placeholder = say("search");
  box.setAttribute("aria-label", say("searchLabel"));
  byId("graph").setAttribute("aria-label", say("graph"));
  panel.setAttribute("aria-label", say("details"));
  for (const [id, name] of [["close", "close"], ["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"], ["fit", "fit"], ["languages", "switch"]]) {
    byId(id).setAttribute("aria-label", say(name));
    byId(id).title = say(name);
  }
  byId("languages").replaceChildren(...Object.keys(strings).map((code) => make("button", {
    type: "button",
    lang: code,
    title: strings[code].name,
    "aria-pressed": String(code === language),
    onclick: () => { language = code; drawAll(); },
  }, code)));
  drawLegend();
}

function drawAll() {
  drawWords();
  refresh();
  drawPanel();
}

onShown = drawCount;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  colors = readColors();
  refresh();
});
byId("legend").open = innerWidth > 760;
showFirst();
drawAll();
if (location.hash.length > 1) followAddress();
