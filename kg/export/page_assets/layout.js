// Places for nodes that the build has not placed: as in the build (kg/export/layout.py), but here.

const UNIT = 150;
const CORE = 300; // nodes placed by stress, in quadratic time; the others stand beside these

/** Numbers in [0, 1) that are the same each time (mulberry32, by Tommy Ettinger; public domain). */
function randomly(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Positions {x, y} by node, around (0, 0); `links` are pairs of nodes, `nodes` best first. */
function layOut(nodes, links) {
  const near = new Map(nodes.map((node) => [node, []]));
  for (const [a, b] of links) {
    if (a === b) continue;
    near.get(a).push(b);
    near.get(b).push(a);
  }
  const placed = components(nodes, near).map((part) => {
    const points = stress(part.slice(0, CORE), near);
    const turn = randomly(part.length);
    for (const node of part.slice(CORE)) {
      const { x, y } = points.get(near.get(node).find((other) => points.has(other)));
      points.set(node, { x: x * 1.2 + (turn() - 0.5) * UNIT, y: y * 1.2 + (turn() - 0.5) * UNIT });
    }
    return apart(points);
  });
  return shelves(placed);
}

/** Connected parts, each in the order of a walk by breadth, so that each node follows a neighbour. */
function components(nodes, near) {
  const seen = new Set();
  const parts = [];
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (let i = 0; i < part.length; i++) {
      for (const other of near.get(part[i])) {
        if (!seen.has(other)) part.push(other);
        seen.add(other);
      }
    }
    parts.push(part);
  }
  return parts;
}

/** Distances on the plane as near as can be to those in the graph (stress by SGD; Zheng, Pawar & Goodman 2018). */
function stress(nodes, near) {
  const index = new Map(nodes.map((node, i) => [node, i]));
  const pairs = [];
  let longest = 0;
  nodes.forEach((node, i) => {
    const far = distances(node, near, index);
    for (let j = i + 1; j < nodes.length; j++) pairs.push([i, j, far[j]]);
    longest = Math.max(longest, ...far);
  });
  const turn = randomly(1);
  const at = nodes.map(() => ({ x: turn(), y: turn() }));
  for (let step = longest * longest; step > 0.05; step *= 0.7) {
    for (let i = pairs.length - 1; i > 0; i--) {
      const j = Math.floor(turn() * (i + 1));
      [pairs[i], pairs[j]] = [pairs[j], pairs[i]];
    }
    for (const [i, j, far] of pairs) {
      const [a, b] = [at[i], at[j]];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const now = Math.hypot(dx, dy) || 1e-9;
      const share = (Math.min(1, step / (far * far)) * (now - far)) / (2 * now);
      a.x -= share * dx;
      a.y -= share * dy;
      b.x += share * dx;
      b.y += share * dy;
    }
  }
  return new Map(nodes.map((node, i) => [node, { x: at[i].x * UNIT, y: at[i].y * UNIT }]));
}

/** How far each of the nodes is from one; hubs stand further apart from each other than from leaves. */
function distances(start, near, index) {
  const far = new Float64Array(index.size).fill(Infinity);
  far[index.get(start)] = 0;
  const waiting = [start];
  for (let i = 0; i < waiting.length; i++) {
    const node = waiting[i];
    for (const other of near.get(node)) {
      const to = index.get(other);
      if (to === undefined) continue;
      const length = far[index.get(node)] + 0.75 + 0.25 * Math.sqrt(Math.min(near.get(node).length, near.get(other).length));
      if (length < far[to] - 1e-9) {
        far[to] = length;
        waiting.push(other);
      }
    }
  }
  return far;
}

/** Nodes pushed apart until each has room for its name. */
function apart(points) {
  const [wide, high] = [105, 62];
  const all = [...points.values()];
  for (let round = 0; round < 60; round++) {
    const cells = new Map();
    all.forEach((p, i) => {
      const key = `${Math.floor(p.x / wide)},${Math.floor(p.y / high)}`;
      cells.set(key, [...(cells.get(key) ?? []), i]);
    });
    let clean = true;
    all.forEach((a, i) => {
      const [column, row] = [Math.floor(a.x / wide), Math.floor(a.y / high)];
      for (let c = column - 1; c <= column + 1; c++) {
        for (let r = row - 1; r <= row + 1; r++) {
          for (const j of cells.get(`${c},${r}`) ?? []) {
            if (j <= i) continue;
            const b = all[j];
            const dx = (a.x - b.x) / wide;
            const dy = (a.y - b.y) / high;
            const now = Math.hypot(dx, dy);
            if (now > 0.99) continue;
            clean = false;
            const [ux, uy] = now > 0 ? [dx / now, dy / now] : [1, 0];
            const push = (1 - now) / 2;
            a.x += ux * push * wide;
            a.y += uy * push * high;
            b.x -= ux * push * wide;
            b.y -= uy * push * high;
          }
        }
      }
    });
    if (clean) break;
  }
  return points;
}

/** The parts side by side, tallest first. */
function shelves(parts) {
  const gap = 110;
  const frames = parts.map((points) => {
    const [xs, ys] = [[...points.values()].map(({ x }) => x), [...points.values()].map(({ y }) => y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return { points, left, top, width: Math.max(...xs) - left + gap, height: Math.max(...ys) - top + gap };
  });
  const area = frames.reduce((sum, { width, height }) => sum + width * height, 0);
  const limit = Math.max(Math.sqrt(area) * 1.3, ...frames.map(({ width }) => width));
  const placed = new Map();
  let [x, y, shelf, broad] = [0, 0, 0, 0];
  for (const { points, left, top, width, height } of frames.sort((a, b) => b.height - a.height)) {
    if (x > 0 && x + width > limit) [x, y, shelf] = [0, y + shelf, 0];
    for (const [node, point] of points) placed.set(node, { x: point.x - left + x, y: point.y - top + y });
    x += width;
    shelf = Math.max(shelf, height);
    broad = Math.max(broad, x);
  }
  const [dx, dy] = [(broad - gap) / 2, (y + shelf - gap) / 2];
  return new Map([...placed].map(([node, point]) => [node, { x: Math.round(point.x - dx), y: Math.round(point.y - dy) }]));
}
