// The SPARQL that gives what the panel shows: the same statements, with their sentences.

const PREFIXES = `PREFIX kg: <https://kg.example/vocab#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>`;

// encodeURIComponent leaves !'()* as they are; the graph's IRIs have them in percent signs.
const escapeName = (text) => encodeURIComponent(text.toWellFormed?.() ?? text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const iri = (kind, name) => `<${data.base}${kind}/${escapeName(name)}>`;
const relationIri = (r) => `<https://kg.example/relation/${escapeName(data.relations[r].id)}>`;
const entityIri = (i) => iri("entity", data.entities[i].id);

/** A query for a list of statements that `which` (a graph pattern) finds. */
function statementsQuery(which, filters = []) {
  return `${PREFIXES}
SELECT DISTINCT ?statement ?subject ?relation ?object ?polarity ?modality ?speaker ?document ?sentence {
  ${which}
  ?statement kg:subject ?subject ; kg:predicate ?relation ; kg:polarity ?polarity ; kg:modality ?modality .
  OPTIONAL { ?statement kg:object ?thing }
  OPTIONAL { ?statement kg:objectValue ?value }
  BIND(COALESCE(?value, ?thing) AS ?object)
  OPTIONAL {
    ?statement kg:evidence ?evidence .
    ?evidence oa:hasSource ?document ; oa:hasSelector [ oa:exact ?sentence ] .
    OPTIONAL { ?evidence kg:attributedTo ?speaker }
  }${filters.map((line) => `\n  ${line}`).join("")}
}
ORDER BY ?relation ?statement`;
}

const SLOTS = "kg:subject|kg:object|kg:time|kg:place|kg:amount|kg:of|kg:purpose|kg:recipient|kg:instrument|kg:cause|kg:manner|kg:accompaniment|kg:topic|kg:source|kg:as|kg:other|kg:evidence/kg:attributedTo";

const entityQuery = (i) => statementsQuery(`?statement ${SLOTS} ${entityIri(i)} .`, filterPatterns());

function edgeQuery(edge) {
  if (isEntity(edge.to)) return statementsQuery(`?statement kg:subject ${entityIri(edge.from)} ; kg:object ${entityIri(edge.to)} .`, filterPatterns());
  return statementsQuery(`VALUES ?statement { ${edge.statements.map((s) => iri("statement", data.statements[s].id)).join(" ")} }`, filterPatterns());
}

/** The reader's filters as graph patterns. */
function filterPatterns() {
  const { off, only, from, to, sources } = state;
  const patterns = [];
  const values = (name, items) => `VALUES ?${name} { ${items.join(" ")} }`;
  if (only.relation.size > 0) patterns.push(values("relation", [...only.relation].map(relationIri)));
  for (const status of off.status) {
    patterns.push(status === "negated" ? "FILTER(?polarity != kg:negative)" : `FILTER(?modality != kg:${status} || ?polarity = kg:negative)`);
  }
  const own = "EXISTS { ?statement kg:evidence ?own FILTER NOT EXISTS { ?own kg:attributedTo|kg:reportingVerb ?word } }";
  const bare = "NOT EXISTS { ?statement kg:evidence ?any }";
  if (off.voice.has("reported")) patterns.push(`FILTER(${own} || ${bare})`);
  if (off.voice.has("own")) patterns.push(`FILTER(!(${own} || ${bare}))`);
  const ofDocument = [];
  if (only.document.size > 0) ofDocument.push(values("source", [...only.document].map((d) => iri("document", data.documents[d].id))));
  for (const code of off.language) ofDocument.push(`FILTER NOT EXISTS { ?source dcterms:language ${JSON.stringify(code)} }`);
  if (from || to) {
    ofDocument.push("?source schema:datePublished ?day .");
    if (from) ofDocument.push(`FILTER(STR(?day) >= SUBSTR("${from}", 1, STRLEN(STR(?day))))`);
    if (to) ofDocument.push(`FILTER(STR(?day) <= "${to}")`);
  }
  if (ofDocument.length > 0) patterns.push(`FILTER EXISTS { ?statement kg:evidence/oa:hasSource ?source . ${ofDocument.join(" ")} }`);
  if (sources > 1) {
    patterns.push(`{ SELECT ?statement { ?statement kg:evidence/oa:hasSource ?from } GROUP BY ?statement HAVING(COUNT(DISTINCT ?from) >= ${sources}) }`);
  }
  const types = [...off.type].filter((type) => Object.hasOwn(data.classes, type)).map((type) => data.classes[type]);
  if (types.length > 0) patterns.push(`FILTER NOT EXISTS { ${values("type", types)} { ?subject a ?type } UNION { ?object a ?type } }`);
  if (off.type.has("value")) patterns.push("FILTER NOT EXISTS { ?statement kg:objectValue ?literal }");
  return patterns;
}
