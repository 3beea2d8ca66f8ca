// What the reader can take away: the statements as CSV and JSON, the drawing as PNG.

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = make("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A slot as in statements.jsonl: an entity by IRI and label, a value by its lexical form. */
function slotRecord(slot, text) {
  if (slot === undefined) return null;
  if (!Number.isInteger(slot)) {
    const { kind, lexical, comparator = "eq", unit, language: code } = slot;
    return { value: lexical, kind, comparator, ...(unit && { unit }), ...(code && { language: code }), ...(text !== undefined && { text }) };
  }
  return { ...entityRecord(slot), type: data.entities[slot].type, ...(text !== undefined && { text }) };
}

const entityRecord = (i) => ({ iri: entityIri(i).slice(1, -1), label: entityName(i) });

/** One statement and one piece of evidence, with the names of statements.jsonl. */
function record(s, evidence) {
  const statement = data.statements[s];
  const [place, begin, end, quote] = evidence ? data.sentences[evidence.t] : [];
  const letters = Array.from(quote ?? "");
  const said = (span) => (span ? letters.slice(Math.max(0, span[0] - begin), Math.max(0, span[1] - begin)).join("") : "");
  const article = data.documents[place] ?? {};
  return {
    id: statement.id,
    source: (article.source ?? "").split(/[\\/]/).at(-1),
    begin: begin ?? null,
    end: end ?? null,
    sentence: quote ?? "",
    subject: slotRecord(statement.s, said(evidence?.s)),
    relation: { iri: relationIri(statement.r).slice(1, -1), label: relationName(statement.r), text: said(evidence?.r) },
    object: slotRecord(statement.o, said(evidence?.o)),
    qualifiers: (statement.q ?? []).map(([name, slot]) => ({ name, ...slotRecord(slot) })),
    negated: Boolean(statement.n),
    modality: statement.m || "asserted",
    attributed_to: evidence?.a === undefined ? null : entityRecord(evidence.a),
    confidence: statement.c,
    sources: sourcesOf[s],
    title: article.title ?? null,
    published: article.published ?? null,
    spans: { subject: evidence?.s ?? null, relation: evidence?.r ?? null, object: evidence?.o ?? null },
  };
}

const records = (statements) => statements.flatMap((s) => (data.statements[s].e ?? [undefined]).map((evidence) => record(s, evidence)));

function saveJson(statements) {
  save("statements.json", new Blob([JSON.stringify(records(statements), null, 1), "\n"], { type: "application/json" }));
}

/** What a spreadsheet would take for a formula is marked as text (OWASP, "CSV Injection"). */
function cell(value) {
  const text = String(value ?? "");
  const tame = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

const shownSlot = (slot) => {
  if (slot === null) return "";
  if (slot.label !== undefined) return slot.label;
  return [slot.comparator === "eq" ? "" : say(`comparator.${slot.comparator}`), slot.value, slot.unit].filter(Boolean).join(" ");
};

function csv(statements) {
  const columns = ["id", "source", "begin", "end", "subject", "relation", "object", "qualifiers", "negated", "modality", "attributed_to", "confidence", "sentence", "title", "published"];
  const lines = records(statements).map((row) => ({
    ...row,
    subject: shownSlot(row.subject),
    relation: row.relation.label,
    object: shownSlot(row.object),
    qualifiers: row.qualifiers.map((item) => `${item.name}: ${shownSlot(item)}`).join("; "),
    attributed_to: row.attributed_to?.label,
  }));
  return [columns, ...lines.map((row) => columns.map((name) => row[name]))].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** With a byte order mark, by which spreadsheets know the encoding. */
const saveCsv = (statements) => save("statements.csv", new Blob(["\ufeff", csv(statements)], { type: "text/csv;charset=utf-8" }));

/** The drawing as it is seen, on the page's paper. */
function savePng() {
  const drawn = network.canvas.frame.canvas;
  const picture = make("canvas", { width: drawn.width, height: drawn.height });
  const context = picture.getContext("2d");
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawn, 0, 0);
  picture.toBlob((blob) => save("graph.png", blob), "image/png");
}
