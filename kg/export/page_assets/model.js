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

/** Edges at each node, and the nodes at their other ends. */
const edgesAt = data.nodes.map(() => []);
for (const edge of data.edges) {
  edgesAt[edge.from].push(edge);
  if (edge.to !== edge.from) edgesAt[edge.to].push(edge);
}
const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);
const neighboursOf = (node) => [...new Set(edgesAt[node].map((edge) => otherEnd(edge, node)))];

const placeOf = new Map(data.entities.map((entity, i) => [entity.id, i]));
const isEntity = (node) => node < data.entities.length;
