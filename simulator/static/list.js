// The list of people.
import { button, byId, element } from "./api.js";
import { shortTime } from "./clock.js";
import { CHANNELS, everybody, isEmpty, matches, previewOf, titleOf } from "./people.js";

const MOST = 200;
const FILTERS = { "": "Tất cả", sms: CHANNELS.sms, zalo: CHANNELS.zalo, telegram: CHANNELS.telegram };
let current = () => null;
let choose = () => {};
let channel = "";

// `onChoose(key)`: a person was chosen; `onLook()`: others are looked for.
export function startList(lookedAt, onChoose, onLook) {
  current = lookedAt;
  choose = onChoose;
  for (const part of ["search", "channel-filter", "people"]) byId(part).addEventListener("keydown", step);
  byId("search").addEventListener("input", onLook);
  for (const [name, title] of Object.entries(FILTERS)) {
    const filter = button("", title, () => {
      channel = name;
      showFilter();
      onLook();
    });
    filter.dataset.channel = name;
    byId("channel-filter").append(filter);
  }
  showFilter();
}

// What the list shows: words and channel, "" for all.
export const lookedFor = () => ({ search: byId("search").value.trim(), channel });

function showFilter() {
  for (const filter of byId("channel-filter").children) {
    filter.setAttribute("aria-pressed", String(filter.dataset.channel === channel));
  }
}

export function showList() {
  const { search } = lookedFor();
  const focused = document.activeElement?.closest("#people button")?.dataset.key;
  const wanted = everybody().filter((person) => matches(person, search, channel));
  wanted.sort((a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "") || a.key.localeCompare(b.key));
  byId("people").replaceChildren(...wanted.slice(0, MOST).map(item));
  byId("list-empty").hidden = !isEmpty();
  byId("nobody-found").hidden = isEmpty() || wanted.length > 0;
  if (focused) [...byId("people").querySelectorAll("button")].find((one) => one.dataset.key === focused)?.focus();
}

function item(person) {
  const line = element("li");
  const button = element("button", `${person.unread ? "unread" : ""} ${person.off ? "off" : ""}`.trim());
  button.type = "button";
  button.dataset.key = person.key;
  if (person.key === current()) button.setAttribute("aria-current", "true");
  const badge = element("span", person.unread ? "badge" : "", person.unread ? String(person.unread) : "");
  if (person.unread) badge.setAttribute("aria-label", `${person.unread} tin chưa đọc`);
  const face = element("span", "face", initials(person));
  face.setAttribute("aria-hidden", "true");
  button.append(
    face,
    element("span", "who", titleOf(person)),
    element("span", "when", person.last ? shortTime(person.last.at) : ""),
    element("span", "preview", previewOf(person)),
    badge,
    channels(person),
  );
  button.addEventListener("click", () => choose(person.key));
  line.append(button);
  return line;
}

function channels(person) {
  const row = element("span", "channels");
  for (const [channel, title] of Object.entries(CHANNELS)) {
    if (person.phones.some((phone) => phone.channel === channel)) row.append(element("span", `of-${channel}`, title));
  }
  return row;
}

function initials(person) {
  const words = person.name.split(/\s+/).filter(Boolean);
  return words.length ? words[words.length - 1][0].toUpperCase() : person.key.slice(-2);
}

// From the box down into the list, along it, and up into the box again.
function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const buttons = [...byId("people").querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const next = at + by < 0 ? byId("search") : buttons[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
