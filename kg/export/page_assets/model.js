"use strict";
// What the page knows: the data as given, and the ways through it. Nothing here touches the screen.

const data = JSON.parse(document.getElementById("data").textContent);
const strings = JSON.parse(document.getElementById("strings").textContent);

/** Statements by the part an entity plays in them; every list holds places in data.statements. */
const roles = data.entities.map(() => ({ subject: [], object: [], qualifier: [], speaker: [] }));
data.statements.forEach((statement, i) => {
  roles[statement.s].subject.push(i);
  if (Number.isInteger(statement.o)) roles[statement.o].object.push(i);
  for (const [, value] of statement.q ?? []) {
    if (Number.isInteger(value)) roles[value].qualifier.push(i);
  }
  for (const speaker of new Set((statement.e ?? []).map((evidence) => evidence.a))) {
    if (speaker !== undefined) roles[speaker].speaker.push(i);
  }
});

/** Edges at each node, and the edge of each statement (none where the object is a text). */
const edgesAt = data.nodes.map(() => []);
const edgeOf = new Map();
for (const edge of data.edges) {
  edgesAt[edge.from].push(edge);
  if (edge.to !== edge.from) edgesAt[edge.to].push(edge);
  for (const s of edge.statements) edgeOf.set(s, edge);
}
const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);
const backOf = (edge) => (edge.from === edge.to ? undefined : edgesAt[edge.to].find((other) => other.from === edge.to && other.to === edge.from));

/** The documents of each statement, each once. */
const documentsOf = data.statements.map(({ e = [] }) => [...new Set(e.map(({ t }) => data.sentences[t][0]))]);
/** Independent sources: copies of one article count as one. */
const sourcesOf = data.statements.map(({ i }, s) => i ?? documentsOf[s].length);
/** "negated", whatever its modality, else the modality. */
const statusOf = (statement) => (statement.n ? "negated" : statement.m || "asserted");
const STATUSES = ["asserted", "planned", "possible", "hypothetical", "negated"];
const isReported = ({ a, v }) => a !== undefined || v !== undefined;
/** "reported" where every sentence is somebody's word, else "own": a source says it itself. */
const voiceOf = ({ e = [] }) => (e.length > 0 && e.every(isReported) ? "reported" : "own");

const placeOf = new Map(data.entities.map((entity, i) => [entity.id, i]));
const statementPlace = new Map(data.statements.map(({ id }, i) => [id, i]));
const isEntity = (node) => node < data.entities.length;
const typeOf = (node) => data.nodes[node].group;

/** Nodes in the order in which they are shown: those with a place first, then the best connected. */
const inOrder = data.nodes
  .map(({ id, x }) => ({ id, first: x !== undefined, degree: edgesAt[id].length }))
  .sort((a, b) => b.first - a.first || b.degree - a.degree || a.id - b.id)
  .map(({ id }) => id);
const orderOf = new Uint32Array(data.nodes.length);
inOrder.forEach((node, place) => { orderOf[node] = place; });
const byOrder = (a, b) => orderOf[a] - orderOf[b];
