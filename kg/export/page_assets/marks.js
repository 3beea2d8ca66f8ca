// Elements made by hand: text goes in as text, so nothing in the data can become markup.

/** An element with attributes and children; strings among the children become text nodes, false is nothing. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** Words of the data, kept apart from the direction of the text around them. */
const words = (text, attributes = {}) => make("bdi", attributes, text);

const ICON_POINTS = {
  square: "2,2 14,2 14,14 2,14",
  hexagon: "4.2,1.5 11.8,1.5 15.5,8 11.8,14.5 4.2,14.5 0.5,8",
  triangle: "8,1 15.5,14.5 0.5,14.5",
  triangleDown: "0.5,1.5 15.5,1.5 8,15",
  diamond: "8,0 15,8 8,16 1,8",
  star: "8,0 10.2,5.4 16,5.9 11.6,9.7 12.9,15.4 8,12.4 3.1,15.4 4.4,9.7 0,5.9 5.8,5.4",
};

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}



/** The sign of a type as it stands on the canvas. */
function icon(type) {
  const fill = `var(--${type})`;
  const points = ICON_POINTS[data.shapes[type]];
  const shape = points ? svg("polygon", { points, fill }) : svg("circle", { cx: 8, cy: 8, r: type === "value" ? 4 : 7, fill });
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
}

/** The sign of an arrow: dashed, dotted, red and crossed out as on the canvas. */
function arrowIcon(status) {
  const stroke = status === "negated" ? "var(--negated)" : "var(--edge)";
  const line = svg("line", { x1: 0, y1: 8, x2: 26, y2: 8, stroke, "stroke-width": 2, "stroke-dasharray": { planned: "6 4", possible: "2 4", hypothetical: "7 3 2 3" }[status] ?? "none" });
  const head = svg("polygon", { points: "25,4 33,8 25,12", fill: stroke });
  const parts = status === "negated" ? [svg("line", { x1: 9, y1: 14, x2: 17, y2: 2, stroke, "stroke-width": 2 })] : [];
  return svg("svg", { class: "icon arrow", viewBox: "0 0 34 16", "aria-hidden": "true" }, line, head, ...parts);
}

/** A sentence with the words of the three slots marked; offsets are code points of the document. */
function markedSentence(evidence) {
  const [documentPlace, begin, , quote] = data.sentences[evidence.t];
  const letters = Array.from(quote);
  const slots = new Array(letters.length).fill("");
  for (const [slot, span] of [["relation", evidence.r], ["object", evidence.o], ["subject", evidence.s]]) {
    if (span) slots.fill(slot, Math.max(0, span[0] - begin), Math.max(0, span[1] - begin));
  }
  const runs = [];
  letters.forEach((letter, i) => {
    if (i === 0 || slots[i] !== slots[i - 1]) runs.push({ slot: slots[i], text: "" });
    runs.at(-1).text += letter;
  });
  const pieces = runs.map(({ slot, text }) => (slot ? make("mark", { class: slot, title: say(slot) }, text) : text));
  return make("span", { class: "quote", dir: "auto", lang: data.documents[documentPlace].language }, ...pieces);
}
