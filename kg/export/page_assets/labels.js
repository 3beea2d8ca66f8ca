// Labels on the canvas, set as on a map: the same size at every zoom, the most important first,
// and a label that would cover another one is left out until there is room.

const LINE = 18;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const NODE_FONT = 13;
const EDGE_FONT = 11;

/** A label in at most two lines of about LINE characters, the rest cut. */
function canvasLines(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (!lines.at(-1) || Array.from(longer).length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, 2);
  if (lines.length > 2) kept[1] += "…";
  return kept.map((line) => shorten(line, LINE + 4));
}

/** Boxes laid so far, in a grid so that asking for room stays quick. */
class Room {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }
  *around({ left, top, right, bottom }) {
    for (let x = Math.floor(left / this.cell); x <= Math.floor(right / this.cell); x++) {
      for (let y = Math.floor(top / this.cell); y <= Math.floor(bottom / this.cell); y++) yield `${x},${y}`;
    }
  }
  /** Whether nothing lies there but what the owner has and shapes smaller than `over`. */
  isFree(box, { owner = "", over = 0 } = {}) {
    for (const key of this.around(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.owner !== owner && !(other.size < over) && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
      }
    }
    return true;
  }
  take(box) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

const boxAround = (x, y, width, height) => ({ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 });

const measured = new Map();
function widthOf(context, font, text) {
  const key = `${font}|${text}`;
  if (!measured.has(key)) {
    context.font = font;
    measured.set(key, context.measureText(text).width);
  }
  return measured.get(key);
}

/**
 * Labels with their places, in graph coordinates. `nodes` are {id, x, y, size, lines, pointed,
 * faint, value}, `edges` {id, points, length, text, negated}, both in order of importance; `unit`
 * is a screen pixel. What is faint gets what room the others leave.
 */
function setLabels(context, nodes, edges, unit) {
  const room = new Room(90 * unit);
  const clear = nodes.filter(({ faint }) => !faint);
  const faint = nodes.filter((node) => node.faint);
  takeShapes(clear, room);
  const labels = [...nodeLabels(context, clear, room, unit), ...edgeLabels(context, edges, room, unit)];
  takeShapes(faint, room);
  return [...labels, ...nodeLabels(context, faint, room, unit)];
}

function takeShapes(nodes, room) {
  for (const { id, x, y, size } of nodes) room.take({ owner: `n${id}`, size, ...boxAround(x, y, 1.6 * size, 1.6 * size) });
}

function nodeLabels(context, nodes, room, unit) {
  const labels = [];
  for (const node of nodes) {
    const font = `${node.pointed ? "600 " : ""}${NODE_FONT}px ${FONT}`;
    const width = (Math.max(...node.lines.map((line) => widthOf(context, font, line))) + 6) * unit;
    const height = (node.lines.length * (NODE_FONT + 2) + 2) * unit;
    const down = node.size + 3 * unit + height / 2;
    const aside = node.size + 3 * unit + width / 2;
    const owner = `n${node.id}`;
    const boxes = [[0, down], [0, -down], [aside, 0], [-aside, 0]].map(([dx, dy]) => ({ owner, ...boxAround(node.x + dx, node.y + dy, width, height) }));
    // A large node's name may cover small nodes: better than a hub without a name.
    const free = boxes.find((box) => room.isFree(box, { owner })) ?? boxes.find((box) => room.isFree(box, { owner, over: 0.6 * node.size }));
    const spot = free ?? (node.pointed ? boxes[0] : undefined);
    if (spot === undefined) continue;
    room.take(spot);
    labels.push({ node: node.id, box: spot, font, lines: node.lines, faint: node.faint, value: node.value });
  }
  return labels;
}

function edgeLabels(context, edges, room, unit) {
  const labels = [];
  for (const edge of edges) {
    const font = `${EDGE_FONT}px ${FONT}`;
    const width = (widthOf(context, font, edge.text) + 6) * unit;
    const height = (EDGE_FONT + 4) * unit;
    if (width * Math.abs(edge.flat) + height > edge.length) continue;
    for (const { x, y } of edge.points) {
      const box = { owner: `e${edge.id}`, ...boxAround(x, y, width, height) };
      if (!room.isFree(box)) continue;
      room.take(box);
      labels.push({ edge: edge.id, box, font, lines: [edge.text], negated: edge.negated });
      break;
    }
  }
  return labels;
}

function drawLabels(context, labels, unit, colors) {
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of labels) {
    const { box } = label;
    const height = (box.bottom - box.top) / label.lines.length;
    const isEdge = label.edge !== undefined;
    context.globalAlpha = label.faint ? 0.25 : 1;
    context.save();
    context.translate((box.left + box.right) / 2, box.top + height / 2);
    context.scale(unit, unit);
    context.font = label.font;
    context.strokeStyle = colors.paper;
    context.lineWidth = isEdge ? 4 : 3;
    context.fillStyle = label.negated ? colors.negated : isEdge || label.value ? colors.muted : colors.ink;
    label.lines.forEach((line, i) => {
      context.strokeText(line, 0, (i * height) / unit);
      context.fillText(line, 0, (i * height) / unit);
    });
    if (label.negated) {
      const half = (box.right - box.left) / unit / 2 - 2;
      context.strokeStyle = colors.negated;
      context.lineWidth = 1.2;
      context.beginPath();
      context.moveTo(-half, 0.5);
      context.lineTo(half, 0.5);
      context.stroke();
    }
    context.restore();
  }
  context.restore();
}
