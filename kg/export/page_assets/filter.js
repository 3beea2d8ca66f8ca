// Which statements pass the reader's filters, and how many would under each choice.

/** Options that are on until they are switched off, and lists from which to choose only some. */
const SWITCHES = ["type", "status", "voice", "language"];
const CHOICES = ["relation", "document"];

const noFilters = () => ({
  off: Object.fromEntries(SWITCHES.map((name) => [name, new Set()])),
  only: Object.fromEntries(CHOICES.map((name) => [name, new Set()])),
  from: "",
  to: "",
  sources: 1,
});

/** How many filters are set. */
function filterCount({ off, only, from, to, sources }) {
  const sets = [...Object.values(off), ...Object.values(only)].filter((set) => set.size > 0).length;
  return sets + (from || to ? 1 : 0) + (sources > 1 ? 1 : 0);
}

// What does not change with the filters, once for each statement and document.
const typesOf = data.statements.map(({ s, o }) => [typeOf(s), ...(o === undefined ? [] : [Number.isInteger(o) ? typeOf(o) : "value"])]);
const statusAt = data.statements.map(statusOf);
const voiceAt = data.statements.map(voiceOf);
const dayOf = data.documents.map(({ published }) => /^\d{4}(-\d\d){0,2}/.exec(published ?? "")?.[0] ?? "");
const languages = [...new Set(data.documents.map(({ language: code }) => code))].sort();
const mostSources = sourcesOf.reduce((most, count) => Math.max(most, count), 1);

/** Whether a date, or the year or month that is all that is known of it, lies in the range. */
const inRange = (day, from, to) => !(from || to) || (day !== "" && (!from || day >= from.slice(0, day.length)) && (!to || day <= to));

/**
 * What passes: {passing: statements, live: how many of each edge, shown: which nodes take part,
 * counts: by facet and option, how many statements (of a type: nodes) it has under the others}.
 */
function applyFilters({ off, only, from, to, sources }) {
  const passing = new Uint8Array(data.statements.length);
  const counts = Object.fromEntries([...SWITCHES, ...CHOICES, "sources"].map((name) => [name, new Map()]));
  const add = (facet, option) => counts[facet].set(option, (counts[facet].get(option) ?? 0) + 1);
  const byDocument = data.documents.map(({ language: code }, d) => ({
    document: only.document.size === 0 || only.document.has(d),
    language: !off.language.has(code),
    day: inRange(dayOf[d], from, to),
  }));
  const anyDocument = byDocument.every(({ document, language, day }) => document && language && day);
  const touched = new Uint8Array(data.nodes.length);
  let total = 0;
  data.statements.forEach((statement, i) => {
    const tests = {
      type: !typesOf[i].some((type) => off.type.has(type)),
      relation: only.relation.size === 0 || only.relation.has(statement.r),
      status: !off.status.has(statusAt[i]),
      voice: !off.voice.has(voiceAt[i]),
      sources: Math.max(1, sourcesOf[i]) >= sources,
      documents: anyDocument || documentsOf[i].some((d) => byDocument[d].document && byDocument[d].language && byDocument[d].day),
    };
    const failed = Object.keys(tests).filter((name) => !tests[name]);
    if (failed.length > 1) return;
    const passes = (facet) => failed.length === 0 || failed[0] === facet;
    if (failed.length === 0) {
      passing[i] = 1;
      total += 1;
    }
    if (passes("type")) touched[statement.s] = touched[edgeOf.get(i)?.to ?? statement.s] = 1;
    if (passes("relation")) add("relation", statement.r);
    if (passes("status")) add("status", statusAt[i]);
    if (passes("voice")) add("voice", voiceAt[i]);
    if (passes("sources")) for (let n = 1; n <= Math.max(1, sourcesOf[i]); n++) add("sources", n);
    if (passes("documents")) {
      const codes = new Set();
      for (const d of documentsOf[i]) {
        const { document, language, day } = byDocument[d];
        if (language && day) add("document", d);
        if (document && day) codes.add(data.documents[d].language);
      }
      codes.forEach((code) => add("language", code));
    }
  });
  const live = new Uint32Array(data.edges.length);
  const told = new Uint8Array(data.nodes.length);
  data.statements.forEach(({ s }, i) => { if (passing[i]) told[s] = 1; });
  const all = total === data.statements.length;
  for (const { id, from: begin, to: end, statements } of data.edges) {
    live[id] = all ? statements.length : statements.reduce((sum, s) => sum + passing[s], 0);
    if (live[id] > 0) told[begin] = told[end] = 1;
  }
  // To switch a type off takes its nodes away; only the other filters ask that something be said.
  const asks = filterCount({ off: { ...off, type: new Set() }, only, from, to, sources }) > 0;
  for (const { id, group } of data.nodes) if (!asks || touched[id]) add("type", group);
  const shown = Uint8Array.from(data.nodes, ({ id, group }) => (!off.type.has(group) && (!asks || told[id]) ? 1 : 0));
  return { passing, live, shown, counts, total, asks };
}
