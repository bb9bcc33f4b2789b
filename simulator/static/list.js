// The list of people.
import { byId, element } from "./api.js";
import { shortTime } from "./clock.js";
import { CHANNELS, everybody, isEmpty, matches, previewOf, titleOf } from "./people.js";

const MOST = 200;
let current = () => null;
let choose = () => {};

export function startList(lookedAt, onChoose) {
  current = lookedAt;
  choose = onChoose;
  byId("people").addEventListener("keydown", step);
}

export function showList() {
  const search = byId("search").value.trim().toLocaleLowerCase("vi");
  const focused = document.activeElement?.closest("#people button")?.dataset.key;
  const wanted = everybody().filter((person) => matches(person, search));
  wanted.sort((a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "") || a.key.localeCompare(b.key));
  byId("people").replaceChildren(...wanted.slice(0, MOST).map(item));
  byId("list-empty").hidden = !isEmpty();
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

function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const buttons = [...byId("people").querySelectorAll("button")];
  const next = buttons[buttons.indexOf(document.activeElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
