// The search box: names and aliases in every language, whatever their case and accents.

const MOST_SUGGESTIONS = 12;
const box = document.getElementById("search");
const list = document.getElementById("suggestions");

let everyName; // folded when first asked for

/** Every name of every entity: {entity, name, folded}. */
function allNames() {
  everyName ??= data.entities.flatMap(({ id, labels: given = [], aliases = [] }, entity) => {
    const texts = new Set([...given, ...aliases].map(([, text]) => plain(text)).filter(Boolean));
    return (texts.size > 0 ? [...texts] : [id]).map((name) => ({ entity, name, folded: fold(name) }));
  });
  return everyName;
}

/** 0 for the whole name, 1 for its beginning, 2 for the beginning of a word, 3 anywhere. */
function closeness(folded, query) {
  const at = folded.indexOf(query);
  if (at < 0) return undefined;
  if (at === 0) return folded.length === query.length ? 0 : 1;
  return /[\s'’(-]/.test(folded[at - 1]) || folded.includes(` ${query}`) ? 2 : 3;
}

/** The best entities for the words typed, best first, each with the name that fits. */
function suggestions(typed) {
  const query = fold(typed);
  if (!query) return [];
  const best = new Map();
  for (const { entity, name, folded } of allNames()) {
    const near = closeness(folded, query);
    if (near !== undefined && near < (best.get(entity)?.near ?? 4)) best.set(entity, { entity, name, near });
  }
  return [...best.values()].sort((a, b) => a.near - b.near || a.entity - b.entity).slice(0, MOST_SUGGESTIONS);
}

let offered = [];
let marked = -1;

function offer() {
  offered = suggestions(box.value);
  const rows = offered.map(({ entity, name }, i) => {
    const shown = entityName(entity);
    return make("li", { role: "option", id: `suggestion-${i}`, onmousedown: (event) => event.preventDefault(), onclick: () => take(i) },
      icon(data.entities[entity].type),
      words(shorten(shown, 60)),
      name !== shown && make("span", { class: "alias" }, words(shorten(name, 40))),
      make("span", { class: "type" }, say(`type.${data.entities[entity].type}`)));
  });
  const none = box.value.trim() && rows.length === 0;
  list.replaceChildren(...(none ? [make("li", { class: "alias" }, say("noMatch"))] : rows));
  list.hidden = !none && rows.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
  mark(rows.length > 0 ? 0 : -1);
}

function mark(i) {
  marked = i;
  [...list.children].forEach((row, k) => row.setAttribute("aria-selected", String(k === i)));
  if (i < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", `suggestion-${i}`);
  list.children[i]?.scrollIntoView({ block: "nearest" });
}

function shut() {
  list.hidden = true;
  offered = [];
  box.setAttribute("aria-expanded", "false");
  mark(-1);
}

function take(i) {
  const { entity } = offered[i];
  box.value = "";
  shut();
  box.blur();
  pick({ node: entity });
}

box.addEventListener("input", offer);
box.addEventListener("focus", offer);
box.addEventListener("blur", shut);
box.addEventListener("keydown", (event) => {
  const count = offered.length;
  const acts = {
    ArrowDown: () => count > 0 && mark((marked + 1) % count),
    ArrowUp: () => count > 0 && mark((marked + count - 1) % count),
    Enter: () => marked >= 0 && take(marked),
    Escape: () => {
      if (box.value) box.value = "";
      else box.blur();
      shut();
    },
  };
  if (!Object.hasOwn(acts, event.key) || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
});
