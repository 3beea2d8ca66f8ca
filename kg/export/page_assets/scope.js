// Which nodes are shown for a state, and where they stand: the same state gives the same picture.

const LEAST_EXPANSION = 12;
const MOST_AROUND = 200;
const RING = 130;

let passed = applyFilters(noFilters());
let shownIds = new Set();
let spots = new Map(); // node → {x, y}
let spotsFor = "";

const placedCount = data.nodes.filter(({ x }) => x !== undefined).length;
const isShown = (node) => shownIds.has(node);
const liveEdges = (node) => edgesAt[node].filter(({ id }) => passed.live[id] > 0);
const neighboursOf = (node) => [...new Set(liveEdges(node).map((edge) => otherEnd(edge, node)))];
const mayShow = (node) => passed.shown[node] === 1 && !state.hidden.has(node);
const hiddenNeighbours = (node) => neighboursOf(node).filter((other) => !isShown(other) && !state.hidden.has(other));
const liveStatements = (edge) => edge.statements.filter((s) => passed.passing[s]);

/** Nodes by how many steps they are from the first ones, nearest first, as far as `most` steps. */
function steps(from, most = Infinity, to = undefined) {
  const before = new Map(from.map((node) => [node, undefined]));
  let layer = from;
  for (let n = 0; n < most && layer.length > 0 && !before.has(to); n++) {
    const next = [];
    for (const node of layer) {
      for (const other of neighboursOf(node).sort(byOrder)) {
        if (before.has(other) || !mayShow(other)) continue;
        before.set(other, node);
        next.push(other);
      }
    }
    layer = next.sort(byOrder);
  }
  return before;
}

/** A shortest path between two nodes, whichever way its arrows point, or undefined. */
function pathBetween(a, b) {
  const before = steps([a], Infinity, b);
  if (!before.has(b)) return undefined;
  const path = [b];
  while (path[0] !== a) path.unshift(before.get(path[0]));
  return path;
}

/** The nodes that the focus or else the filters leave, before what the reader brought in. */
function baseNodes() {
  if (state.path) return pathBetween(...state.path) ?? state.path;
  if (state.center !== undefined) return [...steps([state.center], state.steps).keys()].slice(0, MOST_AROUND);
  // Filters let the next ones in; where a type is switched off, the others stay as they are.
  if (passed.asks) return inOrder.filter(mayShow).slice(0, data.limit + state.more);
  return inOrder.slice(0, placedCount + state.more).filter(mayShow);
}

function bringIn(nodes, { node, expand }) {
  const friends = neighboursOf(node);
  const fresh = friends.filter((other) => !nodes.has(other) && mayShow(other)).sort(byOrder);
  const most = expand ? LEAST_EXPANSION : friends.some((other) => nodes.has(other)) ? 0 : 6;
  nodes.add(node);
  fresh.slice(0, most).forEach((other) => nodes.add(other));
}

/** Set `shownIds` and `spots` for the state; true where the picture is a new one. */
function findScope() {
  const base = baseNodes();
  const nodes = new Set(base);
  for (const node of state.pinned.keys()) nodes.add(node);
  state.added.forEach((item) => bringIn(nodes, item));
  for (const node of state.hidden) nodes.delete(node);
  shownIds = nodes;
  const isFirst = state.center === undefined && !state.path && base.every((node) => data.nodes[node].x !== undefined);
  const key = JSON.stringify(isFirst ? "first" : base);
  const isNew = key !== spotsFor;
  if (isNew) {
    frame = { turned: false, stretch: 1 };
    spots = isFirst ? firstSpots() : layOut(base.filter((node) => nodes.has(node)), linksAmong(nodes, base));
    spotsFor = key;
  }
  for (const [node, spot] of state.pinned) spots.set(node, onScreen(spot));
  const taken = [...nodes].filter((node) => spots.has(node)).map((node) => spots.get(node));
  for (const node of nodes) {
    if (spots.has(node)) continue;
    const friend = neighboursOf(node).sort(byOrder).find((other) => spots.has(other) && nodes.has(other));
    const spot = freeSpot(friend === undefined ? { x: 0, y: 0 } : spots.get(friend), taken);
    spots.set(node, spot);
    taken.push(spot);
  }
  return isNew;
}

function linksAmong(nodes, base) {
  const inside = new Set(base.filter((node) => nodes.has(node)));
  return [...inside].flatMap((node) => liveEdges(node).filter((edge) => edge.from === node && inside.has(edge.to)).map(({ from, to }) => [from, to]));
}

const shape = () => document.getElementById("graph").clientHeight / document.getElementById("graph").clientWidth || 1;
const upright = () => shape() > 1.25;

// How the places of the build lie on this screen: turned on an upright one, stretched to fill it.
let frame = { turned: false, stretch: 1 };
const onScreen = ({ x, y }) => (frame.turned ? { x: y, y: Math.round(x * frame.stretch) } : { x, y: Math.round(y * frame.stretch) });
const offScreen = ({ x, y }) => (frame.turned ? { x: Math.round(y / frame.stretch), y: x } : { x, y: Math.round(y / frame.stretch) });

function firstSpots() {
  const placed = data.nodes.filter(({ x }) => x !== undefined);
  const span = (numbers) => Math.max(1, ...numbers) - Math.min(0, ...numbers);
  const [wide, high] = [span(placed.map(({ x }) => x)), span(placed.map(({ y }) => y))];
  const turned = upright();
  frame = { turned, stretch: Math.min(1.6, Math.max(1, shape() * (turned ? high / wide : wide / high))) };
  return new Map(placed.map((node) => [node.id, onScreen(node)]));
}

/** The nearest spot around a point where a node and its label do not cover another. */
function freeSpot(center, taken) {
  for (let ring = 1; ; ring++) {
    const count = 8 * ring;
    for (let i = 0; i < count; i++) {
      const angle = (2 * Math.PI * (i + (ring % 2) / 2)) / count;
      const spot = { x: Math.round(center.x + ring * RING * Math.cos(angle)), y: Math.round(center.y + ring * RING * 0.7 * Math.sin(angle)) };
      if (taken.every(({ x, y }) => Math.abs(x - spot.x) > 0.8 * RING || Math.abs(y - spot.y) > 0.45 * RING)) return spot;
    }
  }
}
