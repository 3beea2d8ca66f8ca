// The drawing: vis-network draws nodes and arrows, labels.js the words.

const LEAST_SCALE = 0.6;
const MOST_SCALE = 1.4;
const BAR = 46; // pixels above the drawing that the count and the chips cover
const MARGIN = { x: 180, y: BAR + 90 }; // pixels around the outermost nodes, for their names

const stage = document.getElementById("graph");
const nodesShown = new vis.DataSet();
const edgesShown = new vis.DataSet();
let colors = readColors();
let hovered = {};
let labels = [];
let labelsFor = "";
let withMore = [];
let isMoving = false;
let swollen = 1;

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "muted", "edge", "accent", "negated", ...Object.keys(data.shapes)];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const network = new vis.Network(
  stage,
  { nodes: nodesShown, edges: edgesShown },
  {
    physics: { enabled: false, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -70, springLength: 90, avoidOverlap: 0.6 }, stabilization: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, selectable: false, tooltipDelay: 1e6, zoomSpeed: 0.6, keyboard: false },
    // vis-network keeps the labels but does not draw them: labels.js does.
    nodes: { chosen: false, borderWidth: 1.5, scaling: { label: { drawThreshold: 1e6 } } },
    edges: {
      chosen: false,
      scaling: { label: { drawThreshold: 1e6 } },
      arrows: { to: { enabled: true, scaleFactor: 0.6 } },
      selfReference: { size: 18 },
    },
  },
);

// -- what is shown ---------------------------------------------------------------------------

/** Bring the drawing to the state; true where it is another picture than before. */
function drawGraph() {
  const isNew = findScope();
  const focus = focusOf();
  if (isNew) {
    edgesShown.clear();
    nodesShown.clear();
  }
  const edges = new Set([...shownIds].flatMap(liveEdges).filter(({ from, to }) => isShown(from) && isShown(to)));
  const edgeIds = new Set([...edges].map(({ id }) => id));
  edgesShown.remove(edgesShown.getIds().filter((id) => !edgeIds.has(id)));
  nodesShown.remove(nodesShown.getIds().filter((id) => !isShown(id)));
  nodesShown.update([...shownIds].map((id) => ({ ...nodeLook(id, focus), ...(nodesShown.get(id) && !state.pinned.has(id) ? {} : spots.get(id)) })));
  edgesShown.update([...edges].map((edge) => edgeLook(edge, focus)));
  withMore = [...shownIds].filter((id) => hiddenNeighbours(id).length > 0);
  labelsFor = "";
  if (isNew) fitView();
  return isNew;
}

/** The whole picture in sight; on an upright screen, where that is too small, its best node. */
function fitView() {
  network.setSize("100%", "100%"); // the canvas may have a new size that vis-network has not seen
  const places = Object.values(network.getPositions());
  if (places.length === 0) return;
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [stage.clientWidth - MARGIN.x, stage.clientHeight - MARGIN.y];
  const scale = Math.max(0.05, Math.min(MOST_SCALE, width / (right - left || 1), height / (bottom - top || 1)));
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  if (upright() && scale < LEAST_SCALE) {
    network.moveTo({ position: network.getPosition(state.center ?? [...shownIds][0]), scale: LEAST_SCALE, animation: false });
  } else {
    network.moveTo({ position, scale, offset: { x: 0, y: BAR / 2 }, animation: false });
  }
  swell();
}

/** What is far away is drawn larger than it is, and what is near smaller, so that types can be told. */
function swell(scale = network.getScale()) {
  const wanted = Math.min(2, Math.max(0.6, 0.7 / (Number(scale) || 1)));
  if (Math.abs(wanted - swollen) < 0.08) return;
  swollen = wanted;
  nodesShown.update(nodesShown.getIds().map((id) => ({ id, size: drawnSize(id) })));
  const focus = focusOf();
  edgesShown.update(edgesShown.getIds().map((id) => edgeLook(data.edges[id], focus)));
}
const drawnSize = (id) => data.nodes[id].size * swollen;

/** Let the nodes find their places by themselves, or stop them; pinned ones stay. */
function setMoving(on) {
  if (!on) keepPlaces(nodesShown.getIds());
  isMoving = on;
  network.setOptions({ physics: { enabled: on } });
}

function keepPlaces(nodes) {
  for (const [node, { x, y }] of Object.entries(network.getPositions(nodes))) spots.set(Number(node), { x: Math.round(x), y: Math.round(y) });
}

// -- how it looks ----------------------------------------------------------------------------

const focusOf = () => {
  if (state.edge !== undefined) return new Set([data.edges[state.edge].from, data.edges[state.edge].to]);
  return state.node === undefined || !isShown(state.node) ? undefined : new Set([state.node, ...neighboursOf(state.node)]);
};
const touches = (edge) => state.edge === edge.id || (state.node !== undefined && (edge.from === state.node || edge.to === state.node));

function nodeLook(id, focus) {
  const { group } = data.nodes[id];
  const isChosen = state.node === id;
  return {
    id,
    label: nodeName(id),
    shape: data.shapes[group],
    size: drawnSize(id),
    fixed: state.pinned.has(id),
    opacity: focus && !focus.has(id) ? 0.25 : 1,
    color: { background: colors[group], border: isChosen ? colors.ink : colors.paper, hover: { background: colors[group], border: colors.ink } },
    borderWidth: isChosen ? 3 : 1.5,
    shapeProperties: { borderDashes: false },
  };
}

const DASHES = { asserted: false, planned: [8, 5], possible: [2, 5], hypothetical: [9, 4, 2, 4] };

/** An arrow looks like the strongest of its statements and is thicker the more sources say so. */
function edgeLook(edge, focus) {
  const live = liveStatements(edge);
  const strongest = data.statements[live[0]];
  const sources = new Set(live.flatMap((s) => documentsOf[s])).size;
  const focused = touches(edge);
  const faint = focus !== undefined && !focused;
  const color = strongest.n ? colors.negated : focused ? colors.accent : colors.edge;
  const back = backOf(edge);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    label: edgeName(live),
    dashes: DASHES[strongest.m || "asserted"],
    width: (Math.min(4.5, 0.5 + 0.8 * Math.max(1, sources)) + (focused ? 0.7 : 0)) * swollen,
    color: { color, hover: focused ? color : colors.muted, opacity: faint ? 0.15 : 1 },
    smooth: back && passed.live[back.id] > 0 ? { enabled: true, type: "curvedCW", roundness: 0.14 } : { enabled: false },
  };
}

/** The first relation's name; where the arrow stands for several statements, how many more. */
function edgeName(live) {
  const name = shorten(relationName(data.statements[live[0]].r), 26);
  return live.length > 1 ? `${name} +${live.length - 1}` : name;
}

/** Bring nodes into the middle of what `covered` pixels at the foot of the canvas leave free. */
function lookAt(nodes, covered) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const places = Object.values(network.getPositions(nodes));
  const position = { x: mean(places.map(({ x }) => x)), y: mean(places.map(({ y }) => y)) };
  const scale = Math.min(1.6, Math.max(0.75, network.getScale()));
  network.moveTo({ position, scale, offset: { x: 0, y: -covered / 2 }, animation: calm ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
  swell(scale);
}

const mean = (numbers) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

network.on("zoom", ({ scale }) => swell(scale));

// -- labels ----------------------------------------------------------------------------------

network.on("afterDrawing", (context) => {
  const unit = 1 / network.getScale();
  const now = `${unit}|${hovered.node}|${hovered.edge}`;
  if (labelsFor !== now || isMoving) {
    labels = setLabels(context, nodesToLabel(), edgesToLabel(), unit);
    labelsFor = now;
  }
  drawSigns(context, unit);
  drawLabels(context, labels, unit, colors);
});

const isPointed = (id) => state.node === id || hovered.node === id;

function nodesToLabel() {
  const positions = network.getPositions();
  const focus = focusOf();
  return nodesShown
    .get()
    .map(({ id, size }) => ({
      id,
      size,
      ...positions[id],
      lines: canvasLines(nodeName(id)),
      value: !isEntity(id),
      pointed: isPointed(id),
      faint: focus !== undefined && !focus.has(id),
    }))
    .sort((a, b) => b.pointed - a.pointed || b.size - a.size || a.id - b.id);
}

function edgesToLabel() {
  const focused = focusOf() !== undefined;
  return edgesShown
    .get({ filter: ({ from, to }) => from !== to })
    .map(({ id, label }) => {
      const edge = data.edges[id];
      const line = network.body.edges[id].edgeType;
      const at = (t) => line.getPoint(t);
      const [begin, end] = [at(0), at(1)];
      const far = Math.hypot(begin.x - end.x, begin.y - end.y);
      const live = liveStatements(edge);
      return {
        id,
        text: label,
        negated: Boolean(data.statements[live[0]].n),
        faint: focused && !touches(edge),
        first: hovered.edge === id || touches(edge),
        length: far - drawnSize(edge.from) - drawnSize(edge.to),
        flat: (end.x - begin.x) / (far || 1),
        points: [0.5, 0.42, 0.58, 0.35, 0.65].map(at),
        strength: live.length,
      };
    })
    .filter(({ faint }) => !faint)
    .sort((a, b) => b.first - a.first || b.strength - a.strength || a.id - b.id);
}

/** A dashed ring around nodes that have more neighbours than are shown, a pin on pinned ones. */
function drawSigns(context, unit) {
  context.save();
  context.lineWidth = 1.5 * unit;
  for (const { id, size, opacity } of nodesShown.get(withMore.filter((node) => network.body.nodes[node]))) {
    const { x, y } = network.getPosition(id);
    context.setLineDash([3 * unit, 3 * unit]);
    context.strokeStyle = colors[typeOf(id)];
    context.globalAlpha = 0.7 * opacity;
    context.beginPath();
    context.arc(x, y, size + 4 * unit, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  for (const node of state.pinned.keys()) {
    if (!network.body.nodes[node]) continue;
    const { x, y } = network.getPosition(node);
    const far = 0.75 * drawnSize(node);
    context.beginPath();
    context.arc(x + far, y - far, 4.5 * unit, 0, 2 * Math.PI);
    context.fillStyle = colors.ink;
    context.strokeStyle = colors.paper;
    context.fill();
    context.stroke();
  }
  context.restore();
}

/** What lies under a point of the screen: a node, an arrow, or the label of one. */
function under(pointer) {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) return { node };
  const { x, y } = pointer.canvas ?? network.DOMtoCanvas(pointer.DOM);
  const label = labels.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  if (label) return label.node === undefined ? { edge: label.edge } : { node: label.node };
  const edge = network.getEdgeAt(pointer.DOM);
  return edge === undefined ? {} : { edge };
}
