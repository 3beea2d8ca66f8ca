// The drawing: vis-network draws nodes and arrows, labels.js the words.

const LEAST_EXPANSION = 12;
const RING = 130;
const LEAST_SCALE = 0.6;
const FIT_MARGIN = 0.94; // vis-network fits the nodes; their names need room too

const nodesShown = new vis.DataSet();
const edgesShown = new vis.DataSet();
const shownIds = new Set();
const hiddenTypes = new Set();
let colors = readColors();
let chosen = {};
let hovered = {};
let labels = [];
let labelsFor = "";
let withMore = [];

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "muted", "edge", "accent", "negated", ...Object.keys(strings.en.type)];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const network = new vis.Network(
  document.getElementById("graph"),
  { nodes: nodesShown, edges: edgesShown },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, selectable: false, tooltipDelay: 1e6, zoomSpeed: 0.6 },
    // vis-network keeps the labels but does not draw them: labels.js does.
    nodes: { chosen: false, borderWidth: 1.5, scaling: { label: { drawThreshold: 1e6 } } },
    edges: {
      chosen: false,
      width: 1.4,
      scaling: { label: { drawThreshold: 1e6 } },
      arrows: { to: { enabled: true, scaleFactor: 0.55 } },
      selfReference: { size: 18 },
    },
  },
);

// -- what is shown ---------------------------------------------------------------------------

const isShown = (node) => shownIds.has(node);
const hiddenNeighbours = (node) => neighboursOf(node).filter((other) => !isShown(other));

function showFirst() {
  const placed = data.nodes.filter((node) => node.x !== undefined);
  const stage = document.getElementById("graph");
  const upright = stage.clientHeight > stage.clientWidth;
  addNodes(placed.map((node) => ({ node: node.id, x: upright ? node.y : node.x, y: upright ? node.x : node.y })));
  network.fit({ animation: false });
  network.moveTo({ scale: network.getScale() * FIT_MARGIN });
  if (upright && network.getScale() < LEAST_SCALE && placed.length > 0) {
    network.moveTo({ position: network.getPosition(placed[0].id), scale: LEAST_SCALE });
  }
}

/** Add nodes at their places, and the arrows between them and what is there. */
function addNodes(places) {
  const focus = focusOf();
  for (const { node } of places) shownIds.add(node);
  nodesShown.add(places.map(({ node, x, y }) => ({ ...nodeLook(node, focus), x, y })));
  const edges = new Set(places.flatMap(({ node }) => edgesAt[node]));
  const fresh = [...edges].filter((edge) => isShown(edge.from) && isShown(edge.to) && !edgesShown.get(edge.id));
  edgesShown.add(fresh.map((edge) => edgeLook(edge, focus)));
  refresh();
}

/** Bring in the best connected of a node's neighbours that are not shown, and all values. */
function expand(node, most = LEAST_EXPANSION) {
  if (!isShown(node)) addNodes([{ node, ...freeSpot({ x: 0, y: 0 }, []) }]);
  const fresh = hiddenNeighbours(node).sort((a, b) => a - b).slice(0, most);
  const center = network.getPosition(node);
  const taken = [];
  addNodes(fresh.map((other) => {
    const spot = freeSpot(center, taken);
    taken.push(spot);
    return { node: other, ...spot };
  }));
}

/** The nearest spot around a point where a node and its label do not cover another. */
function freeSpot(center, taken) {
  const others = [...Object.values(network.getPositions()), ...taken];
  for (let ring = 1; ; ring++) {
    const count = 8 * ring;
    for (let i = 0; i < count; i++) {
      const angle = (2 * Math.PI * (i + (ring % 2) / 2)) / count;
      const spot = { x: center.x + ring * RING * Math.cos(angle), y: center.y + ring * RING * 0.7 * Math.sin(angle) };
      if (others.every(({ x, y }) => Math.abs(x - spot.x) > 0.8 * RING || Math.abs(y - spot.y) > 0.45 * RING)) return spot;
    }
  }
}

/** Show a node with its best neighbours where it is not shown, next to one of them if any is. */
function reveal(node) {
  if (isShown(node)) return;
  const friend = neighboursOf(node).find(isShown);
  addNodes([{ node, ...freeSpot(friend === undefined ? network.getViewPosition() : network.getPosition(friend), []) }]);
  if (friend === undefined) expand(node, 6);
}

function setTypeHidden(type, hide) {
  if (hide) hiddenTypes.add(type);
  else hiddenTypes.delete(type);
  refresh();
}

// -- how it looks ----------------------------------------------------------------------------

const focusOf = () => {
  if (chosen.edge !== undefined) return new Set([data.edges[chosen.edge].from, data.edges[chosen.edge].to]);
  return chosen.node === undefined ? undefined : new Set([chosen.node, ...neighboursOf(chosen.node)]);
};
const touches = (edge) => chosen.edge === edge.id || (chosen.node !== undefined && (edge.from === chosen.node || edge.to === chosen.node));

function nodeLook(id, focus) {
  const { group, shape, size } = data.nodes[id];
  const isChosen = chosen.node === id;
  return {
    id,
    label: nodeName(id),
    shape,
    size,
    opacity: focus && !focus.has(id) ? 0.22 : 1,
    hidden: hiddenTypes.has(group),
    color: { background: colors[group], border: isChosen ? colors.ink : colors.paper, hover: { background: colors[group], border: colors.ink } },
    borderWidth: isChosen ? 3 : 1.5,
    shapeProperties: { borderDashes: false },
  };
}

const DASHES = { asserted: false, planned: [8, 5], possible: [2, 5], hypothetical: [9, 4, 2, 4] };

function edgeLook(edge, focus) {
  const focused = touches(edge);
  const faint = focus !== undefined && !focused;
  const color = edge.negated ? colors.negated : focused ? colors.accent : colors.edge;
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    label: edgeName(edge),
    dashes: DASHES[edge.modality],
    width: focused ? 2.2 : Math.min(3.5, 1.1 + 0.3 * edge.statements.length),
    color: { color, hover: focused ? color : colors.muted, opacity: faint ? 0.18 : 1 },
    hidden: hiddenTypes.has(data.nodes[edge.from].group) || hiddenTypes.has(data.nodes[edge.to].group),
    smooth: edge.twin ? { enabled: true, type: "curvedCW", roundness: 0.14 } : { enabled: false },
  };
}

/** The relation's name; where the arrow stands for several statements, how many more. */
function edgeName(edge) {
  const name = shorten(relationName(data.statements[edge.statements[0]].r), 26);
  return edge.statements.length > 1 ? `${name} +${edge.statements.length - 1}` : name;
}

/** Restyle what is shown after a choice, a change of theme, language or hidden types. */
function refresh() {
  const focus = focusOf();
  nodesShown.update([...shownIds].map((id) => nodeLook(id, focus)));
  edgesShown.update(edgesShown.getIds().map((id) => edgeLook(data.edges[id], focus)));
  withMore = [...shownIds].filter((id) => hiddenNeighbours(id).length > 0);
  labelsFor = "";
  onShown();
}

let onShown = () => {};

function choose(choice) {
  chosen = choice;
  refresh();
}

/** Bring nodes into the middle of what `covered` pixels at the foot of the canvas leave free. */
function lookAt(nodes, covered) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const places = Object.values(network.getPositions(nodes));
  const position = { x: mean(places.map(({ x }) => x)), y: mean(places.map(({ y }) => y)) };
  const scale = Math.min(1.6, Math.max(0.75, network.getScale()));
  network.moveTo({ position, scale, offset: { x: 0, y: -covered / 2 }, animation: calm ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
}

const mean = (numbers) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

// -- labels ----------------------------------------------------------------------------------

network.on("afterDrawing", (context) => {
  const unit = 1 / network.getScale();
  const state = `${unit}|${hovered.node}|${hovered.edge}`;
  if (labelsFor !== state) {
    labels = setLabels(context, nodesToLabel(), edgesToLabel(), unit);
    labelsFor = state;
  }
  drawRings(context, unit);
  drawLabels(context, labels, unit, colors);
});

const isPointed = (id) => chosen.node === id || hovered.node === id;

function nodesToLabel() {
  const positions = network.getPositions();
  const focus = focusOf();
  return nodesShown
    .get({ filter: (node) => !node.hidden })
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
    .get({ filter: (edge) => !edge.hidden && edge.from !== edge.to })
    .map(({ id, label }) => {
      const edge = data.edges[id];
      const line = network.body.edges[id].edgeType;
      const at = (t) => line.getPoint(t);
      const [begin, end] = [at(0), at(1)];
      const far = Math.hypot(begin.x - end.x, begin.y - end.y);
      return {
        id,
        text: label,
        negated: edge.negated,
        faint: focused && !touches(edge),
        first: hovered.edge === id || touches(edge),
        length: far - data.nodes[edge.from].size - data.nodes[edge.to].size,
        flat: (end.x - begin.x) / (far || 1),
        points: [0.5, 0.42, 0.58, 0.35, 0.65].map(at),
        strength: edge.statements.length,
      };
    })
    .filter(({ faint }) => !faint)
    .sort((a, b) => b.first - a.first || b.strength - a.strength || a.id - b.id);
}

/** A dashed ring around nodes that have more neighbours than are shown. */
function drawRings(context, unit) {
  context.save();
  context.lineWidth = 1.5 * unit;
  context.setLineDash([3 * unit, 3 * unit]);
  for (const node of nodesShown.get(withMore, { filter: ({ hidden }) => !hidden })) {
    const { x, y } = network.getPosition(node.id);
    context.strokeStyle = colors[data.nodes[node.id].group];
    context.globalAlpha = 0.6 * node.opacity;
    context.beginPath();
    context.arc(x, y, node.size + 4 * unit, 0, 2 * Math.PI);
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
