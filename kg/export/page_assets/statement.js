// A statement and its sentences, as the panel shows them.

/** A link to an entity inside the page. */
const entityButton = (i) =>
  make("button", { type: "button", class: "entity", onclick: () => pick({ node: i }) }, words(shorten(entityName(i), 80)));

const link = (address, text) => make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words(text));

function documentLine(item) {
  const address = safeAddress(item.url);
  const title = plain(item.title ?? item.source);
  const parts = [item.publisher, item.published ? dateName(item.published) : say("undated"), languageName(item.language), item.title && item.source];
  return make("span", {},
    address ? link(address, title) : words(title, { class: "title", lang: item.language }),
    make("span", { class: "muted" }, ...parts.filter(Boolean).flatMap((part) => [" · ", words(plain(part))])));
}

function languageName(code) {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code);
  } catch {
    return code;
  }
}

const slotText = (slot, statement) =>
  Number.isInteger(slot) ? entityName(slot) : valueName(slot, slot === statement.o ? statement.w : undefined);

function slotElement(slot, statement, focus) {
  if (!Number.isInteger(slot)) return words(slotText(slot, statement), { class: "value", lang: slot.language });
  return slot === focus ? words(shorten(entityName(slot), 80), { class: "self" }) : entityButton(slot);
}

function statementBlock(place, focus) {
  const statement = data.statements[place];
  const evidence = statement.e ?? [];
  const badges = [statement.n && "negated", statement.m].filter(Boolean);
  const object = statement.o === undefined ? [] : [" ", slotElement(statement.o, statement, focus)];
  const pointed = state.statement === place;
  return make("div", { class: ["statement", statement.m, statement.n && "negated", pointed && "pointed"].filter(Boolean).join(" "), "data-statement": place },
    make("div", { class: "line" },
      slotElement(statement.s, statement, focus), " ",
      words(relationName(statement.r), { class: "relation" }),
      ...object,
      ...badges.map((name) => make("span", { class: `badge ${name}` }, say(name)))),
    qualifierList(statement, focus),
    speakerLine(evidence),
    make("details", { open: pointed },
      make("summary", {}, [
        evidence.length === 1 ? say("source") : say("sources", { n: evidence.length }),
        say("confidence", { n: number(statement.c, { maximumFractionDigits: 2 }) }),
        statement.l && say("moreSpecific"),
      ].filter(Boolean).join(" · ")),
      ...evidence.map(evidenceBlock)));
}

function qualifierList({ q = [] }, focus) {
  if (q.length === 0) return undefined;
  return make("ul", { class: "qualifiers" }, ...q.map(([name, slot]) =>
    make("li", {}, make("span", { class: "name" }, `${say(`qualifier.${name}`)}: `), slotElement(slot, {}, focus))));
}

/** Who says so, where every sentence is somebody's word; otherwise it stands with the sentence. */
function speakerLine(evidence) {
  const speakers = [...new Set(evidence.map(({ a }) => a))];
  if (speakers.length === 0 || speakers.includes(undefined)) return undefined;
  const names = speakers.flatMap((speaker, k) => (k > 0 ? [", ", entityButton(speaker)] : [entityButton(speaker)]));
  return make("div", { class: "muted" }, ...around(say("saidBy", { who: "\u0000" }), names));
}

/** The text with elements in its one hole. */
function around(text, elements) {
  const [before, after] = text.split("\u0000");
  return [before, ...elements, after].filter((part) => part !== "");
}

function evidenceBlock(evidence) {
  const [place, begin, end] = data.sentences[evidence.t];
  return make("div", { class: "evidence" },
    markedSentence(evidence),
    make("p", { class: "origin" },
      ...speakerOf(evidence),
      documentLine(data.documents[place]),
      ` · ${say("offsets", { begin: number(begin, { useGrouping: false }), end: number(end, { useGrouping: false }) })}`));
}

function speakerOf({ a, v }) {
  if (a === undefined) return v === undefined ? [] : [say("saidVerb", { verb: plain(v) }), " · "];
  const text = v === undefined ? say("saidBy", { who: "\u0000" }) : say("saidByVerb", { who: "\u0000", verb: plain(v) });
  return [...around(text, [entityButton(a)]), " · "];
}
