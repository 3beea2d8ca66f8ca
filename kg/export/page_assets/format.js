// Words and values in the reader's language. Everything returned is plain text.

let language = pickLanguage();

function pickLanguage() {
  for (const wish of navigator.languages ?? [navigator.language]) {
    const code = wish.slice(0, 2).toLowerCase();
    if (Object.hasOwn(strings, code)) return code;
  }
  return "en";
}

/** The string of that name ("type.person"), its {holes} filled. */
function say(name, holes = {}) {
  const words = name.split(".").reduce((table, key) => table[key], strings[language]);
  return words.replace(/\{(\w+)\}/g, (_, hole) => String(holes[hole]));
}

/** The text in the reader's language, else in English, else in whichever comes first. */
function inLanguage(pairs) {
  const texts = new Map(pairs ?? []);
  return texts.get(language) ?? texts.get("en") ?? texts.values().next().value;
}

// Control characters and the marks that turn the direction of text around: they could make a
// label read as another one.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const plain = (text) => text.replace(UNSEEN, "").replace(/\s+/g, " ").trim();

/** For comparing: without accents and capitals. */
const fold = (text) => plain(text).normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

function shorten(text, length) {
  const letters = Array.from(text);
  return letters.length <= length ? text : letters.slice(0, length - 1).join("").trimEnd() + "…";
}

const entityName = (i) => plain(inLanguage(data.entities[i].labels) ?? data.entities[i].id) || data.entities[i].id;
const relationName = (i) =>
  plain(inLanguage(data.relations[i].labels) ?? data.relations[i].id.replaceAll("_", " "));

function nodeName(node) {
  const { value } = data.nodes[node];
  if (!value) return entityName(node);
  return valueName(value, data.statements[edgesAt[node][0].statements[0]].w);
}

function number(text, options) {
  if (Number.isNaN(Number(text))) throw new RangeError("not a number");
  return new Intl.NumberFormat(language, options).format(text);
}
const isoDate = (text, options) =>
  new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }).format(new Date(text));
const wrote = (format, value) => {
  try {
    return format(value);
  } catch {
    return `${value.lexical} ${value.unit ?? ""}`.trim(); // a unit or form this browser does not know
  }
};

const VALUE_FORMATS = {
  date: ({ lexical }) => dateName(lexical),
  money: ({ lexical, unit }) => {
    const large = Math.abs(Number(lexical)) >= 1e6;
    const amount = number(lexical, { maximumFractionDigits: 2, ...(large && { notation: "compact", compactDisplay: "long" }) });
    return `${amount} ${unit ?? ""}`.trim();
  },
  percent: ({ lexical }) => `${number(lexical, { maximumFractionDigits: 3 })}%`,
  number: ({ lexical }) => number(lexical, { maximumFractionDigits: 6 }),
  quantity: ({ lexical, unit }) => `${number(lexical, { maximumFractionDigits: 6 })} ${unit ?? ""}`.trim(),
  duration: ({ lexical, unit }) => durationName(lexical, unit),
  text: ({ lexical }) => `“${lexical}”`,
};

function valueName(value, wording) {
  if (wording) return plain(wording);
  if (value.upper) return rangeName(value);
  const text = plain(wrote(VALUE_FORMATS[value.kind], value));
  return value.comparator ? `${say(`comparator.${value.comparator}`)} ${text}` : text;
}

/** Both ends of a range: the unit once, unless it stands before the number. */
function rangeName(value) {
  const { upper, ...rest } = value;
  const [first, last] = [value.lexical, upper].map((lexical) => plain(wrote(VALUE_FORMATS[value.kind], { ...rest, lexical })));
  const tail = value.unit && value.kind !== "money" ? first.replace(/^[\d.,\s]+/, "") : "";
  return `${tail && last.endsWith(tail) ? first.slice(0, -tail.length).trim() : first}–${last}`;
}

/** An xsd date, dateTime, time, gYearMonth or gYear as people write it; anything else as it is. */
function dateName(lexical) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(lexical) ?? [];
  const [clock] = /\d\d:\d\d/.exec(lexical) ?? [""];
  if (!year) return clock || lexical;
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
  return `${isoDate(`${year}-${month ?? "01"}-${day ?? "01"}`, parts)} ${clock}`.trim();
}

/** An xsd duration (P6M) or a number with its unit (6, month). */
function durationName(lexical, unit) {
  if (unit) return number(lexical, { style: "unit", unit, unitDisplay: "long" });
  const [date, time = ""] = lexical.replace(/^P/, "").split("T");
  const named = (letters, text) =>
    Array.from(text.matchAll(/([\d.]+)([A-Z])/g), ([, amount, letter]) =>
      number(amount, { style: "unit", unit: letters[letter], unitDisplay: "long" }));
  const parts = [
    ...named({ Y: "year", M: "month", W: "week", D: "day" }, date),
    ...named({ H: "hour", M: "minute", S: "second" }, time),
  ];
  return parts.join(" ") || lexical;
}

/** The address if it is one that a link may have (https), else undefined. */
function safeAddress(text) {
  try {
    const address = new URL(text ?? "");
    return address.protocol === "https:" ? address.href : undefined;
  } catch {
    return undefined;
  }
}
