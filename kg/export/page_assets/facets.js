// The filters at the side: a legend that is the filter of types, and lists with their counts.

const SHORT_LIST = 8;
const LONG_LIST = 60;
const filters = document.getElementById("filters");
const isWide = () => innerWidth > 1100;

/** What a facet offers: {option, label, icon}, in the order of the whole graph. */
const OFFERED = {
  type: () => Object.keys(data.shapes).filter((type) => allCounts.type.has(type)).sort(byAll("type")).map((option) => ({ option, label: say(`type.${option}`), sign: icon(option) })),
  status: () => STATUSES.filter((status) => allCounts.status.has(status)).map((option) => ({ option, label: say(option), sign: arrowIcon(option) })),
  voice: () => ["own", "reported"].filter((voice) => allCounts.voice.has(voice)).map((option) => ({ option, label: say(`voice.${option}`) })),
  language: () => languages.map((option) => ({ option, label: languageName(option) })),
  relation: () => data.relations.map((_, r) => r).filter((r) => allCounts.relation.has(r)).sort(byAll("relation")).map((option) => ({ option, label: relationName(option) })),
  document: () => data.documents.map((_, d) => d).sort(byAll("document")).map((option) => ({ option, label: plain(data.documents[option].title ?? data.documents[option].source) })),
};
const allCounts = passed.counts; // no filter is set yet
const byAll = (facet) => (a, b) => (allCounts[facet].get(b) ?? 0) - (allCounts[facet].get(a) ?? 0) || (a < b ? -1 : 1);

const sought = { relation: "", document: "" };
const unfolded = { relation: false, document: false };
let rows = []; // {facet, option, box, count, row}

const isOn = (facet, option) => (SWITCHES.includes(facet) ? !state.off[facet].has(option) : state.only[facet].has(option));

/** A copy of a facet's set with an option put in or taken out. */
function toggled(set, option, inside) {
  const copy = new Set(set);
  if (inside) copy.add(option);
  else copy.delete(option);
  return copy;
}

function setOption(facet, option, on) {
  if (SWITCHES.includes(facet)) change({ off: { ...state.off, [facet]: toggled(state.off[facet], option, !on) } });
  else change({ only: { ...state.only, [facet]: toggled(state.only[facet], option, on) } });
}

/** Only this option of a facet whose options are switched off one by one. */
function setOnly(facet, option) {
  const others = OFFERED[facet]().map((item) => item.option).filter((other) => other !== option);
  const already = !state.off[facet].has(option) && others.every((other) => state.off[facet].has(other));
  change({ off: { ...state.off, [facet]: new Set(already ? [] : others) } });
}

function facetRow(facet, { option, label, sign }) {
  const box = make("input", { type: "checkbox", "data-facet": facet, "data-option": option, onchange: () => setOption(facet, option, box.checked) });
  const count = make("span", { class: "n" });
  const only = SWITCHES.includes(facet) && make("button", { type: "button", class: "only", "aria-label": say("onlyThis", { what: label }), onclick: () => setOnly(facet, option) }, say("only"));
  const row = make("li", { class: "option" }, make("label", {}, box, sign, words(shorten(label, 90), { class: "label", title: shorten(label, 300) })), only, count);
  rows.push({ facet, option, box, count, row });
  return row;
}

function facetSection(facet, open, ...children) {
  return make("details", { open, "data-section": facet }, make("summary", {}, say(`facet.${facet}`)), ...children);
}

/** A list to choose from; where it is long, with a box to search in it. */
function choiceSection(facet, open) {
  const offered = OFFERED[facet]();
  if (offered.length === 0) return undefined;
  const list = make("ul", {});
  const more = make("button", { type: "button", class: "plain", onclick: () => { unfolded[facet] = true; fill(); } }, say("allOf", { n: number(offered.length) }));
  const fill = () => {
    rows = rows.filter((row) => row.facet !== facet);
    const query = fold(sought[facet]);
    const fits = offered.filter(({ label }) => fold(label).includes(query));
    const kept = new Set([...fits.slice(0, query || unfolded[facet] ? LONG_LIST : SHORT_LIST), ...offered.filter(({ option }) => isOn(facet, option))]);
    list.replaceChildren(...offered.filter((item) => kept.has(item)).map((item) => facetRow(facet, item)));
    more.hidden = Boolean(query) || unfolded[facet] || kept.size === offered.length;
    updateRows();
  };
  const box = make("input", { type: "search", class: "within", "aria-label": say(`within.${facet}`), placeholder: say(`within.${facet}`), value: sought[facet], oninput: () => { sought[facet] = box.value; fill(); } });
  fill();
  return facetSection(facet, open, offered.length > SHORT_LIST + 2 && box, list, more);
}

const switchSection = (facet, open) => {
  const offered = OFFERED[facet]();
  if (offered.length < 2 && facet !== "type") return undefined;
  return facetSection(facet, open, make("ul", {}, ...offered.map((item) => facetRow(facet, item))));
};

function dateSection() {
  const days = dayOf.filter((day) => day.length === 10).sort();
  if (days.length === 0) return undefined;
  const field = (name) => {
    const box = make("input", { type: "date", id: `filter-${name}`, min: days[0], max: days.at(-1), value: state[name], onchange: () => change({ [name]: box.value }) });
    return make("label", { class: "field" }, say(`date.${name}`), box);
  };
  return facetSection("date", false, field("from"), field("to"), make("p", { class: "muted" }, say("date.span", { from: dateName(days[0]), to: dateName(days.at(-1)) })));
}

function sourcesSection() {
  if (mostSources < 2) return undefined;
  const select = make("select", { id: "filter-sources", onchange: () => change({ sources: Number(select.value) }) });
  for (let n = 1; n <= Math.min(mostSources, 20); n++) select.append(make("option", { value: n }));
  return facetSection("sources", true, make("label", { class: "field" }, say("atLeast"), select));
}

/** Made anew with the language; what changes with the filters is `drawFacets`. */
function buildFacets() {
  rows = [];
  filters.setAttribute("aria-label", say("filters"));
  filters.replaceChildren(
    make("div", { class: "filters-head" },
      make("h2", {}, say("filters")),
      make("button", { type: "button", class: "plain", id: "clear", onclick: () => change({ ...noFilters() }) }, say("clear")),
      make("button", { type: "button", class: "plain", id: "close-filters", onclick: () => showFilters(false) }, say("done"))),
    ...[switchSection("type", true), switchSection("status", true), sourcesSection(), choiceSection("document", true), choiceSection("relation", true), switchSection("voice", true), switchSection("language", true), dateSection()].filter(Boolean),
    data.nodes.length > data.limit ? make("p", { class: "muted hint" }, dashedRing(), say("hidden")) : "");
  drawFacets();
}

const dashedRing = () =>
  svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("circle", { cx: 8, cy: 8, r: 7, fill: "none", stroke: "currentColor", "stroke-dasharray": "3 3" }));

function updateRows() {
  for (const { facet, option, box, count, row } of rows) {
    const n = passed.counts[facet].get(option) ?? 0;
    box.checked = isOn(facet, option);
    count.textContent = number(n);
    row.classList.toggle("none", n === 0);
  }
}

function drawFacets() {
  updateRows();
  document.getElementById("clear").hidden = filterCount(state) === 0;
  const select = document.getElementById("filter-sources");
  if (select) {
    for (const option of select.options) option.textContent = `${option.value} (${number(passed.counts.sources.get(Number(option.value)) ?? 0)})`;
    select.value = state.sources;
  }
  for (const name of ["from", "to"]) {
    const box = document.getElementById(`filter-${name}`);
    if (box) box.value = state[name];
  }
  const set = filterCount(state);
  document.getElementById("toggle-filters").textContent = set > 0 ? `${say("filters")} (${number(set)})` : say("filters");
}

function showFilters(open) {
  filters.hidden = !open;
  document.getElementById("toggle-filters").setAttribute("aria-expanded", String(open));
  if (open && !isWide()) document.getElementById("close-filters").focus();
}
