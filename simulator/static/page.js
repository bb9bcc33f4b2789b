// The list of phones, kept up to date; which phone is looked at.
import { byId, call, element, nationalNumber, shortTime } from "./api.js";
import { clearHandset, showHandset, startHandset } from "./handset.js";
import { startFaults } from "./faults.js";

const phones = new Map();
let generation = null;
let version = 0;
let current = null;
let round = null;

function initials(phone) {
  const words = phone.name.split(/\s+/).filter(Boolean);
  return words.length ? words[words.length - 1][0].toUpperCase() : phone.number.slice(-2);
}

function listItem(phone) {
  const item = element("li");
  const button = element("button");
  button.type = "button";
  button.className = `${phone.unread ? "unread" : ""} ${phone.on ? "" : "off"}`.trim();
  if (phone.number === current) button.setAttribute("aria-current", "true");
  const preview = phone.last ? `${phone.last.mine ? "Máy này: " : ""}${phone.last.text || "Ảnh"}` : "Chưa có tin nhắn";
  button.append(
    element("span", "face", initials(phone)),
    element("span", "who", phone.name || nationalNumber(phone.number)),
    element("span", "when", phone.last ? shortTime(phone.last.at) : ""),
    element("span", "preview", phone.on ? preview : "Máy đang tắt"),
    element("span", phone.unread ? "badge" : "", phone.unread ? String(phone.unread) : ""),
  );
  button.querySelector(".face").setAttribute("aria-hidden", "true");
  if (phone.unread) button.lastChild.setAttribute("aria-label", `${phone.unread} tin chưa đọc`);
  button.addEventListener("click", () => choose(phone.number));
  item.append(button);
  return item;
}

function matches(phone, search) {
  const national = nationalNumber(phone.number).replaceAll(" ", "");
  return phone.name.toLocaleLowerCase("vi").includes(search) || national.includes(search.replaceAll(" ", ""));
}

function showList() {
  const search = byId("search").value.trim().toLocaleLowerCase("vi");
  const focused = document.activeElement?.closest("#phones li");
  const place = focused ? [...byId("phones").children].indexOf(focused) : -1;
  const wanted = [...phones.values()].filter((phone) => matches(phone, search));
  wanted.sort((a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "") || a.number.localeCompare(b.number));
  byId("phones").replaceChildren(...wanted.slice(0, 200).map(listItem));
  byId("list-empty").hidden = phones.size > 0;
  byId("phones").children[place]?.firstChild.focus();
}

// Narrow screens show one of the two at a time.
function showView(view) {
  document.querySelector(".rooms").dataset.view = view;
}

function choose(number) {
  current = number;
  location.hash = number;
  showView("phone");
  showList();
  showHandset(phones.get(number));
}

function startOver(answer) {
  phones.clear();
  generation = answer.generation;
  version = 0;
  current = decodeURIComponent(location.hash.slice(1)) || null;
  showView(current ? "phone" : "list");
  clearHandset();
}

async function refresh() {
  let answer = await call("GET", `/phones?after=${version}`);
  if (answer.generation !== generation) {
    startOver(answer);
    answer = await call("GET", "/phones");
  }
  version = answer.version;
  for (const phone of answer.phones) phones.set(phone.number, phone);
  if (answer.phones.length || !phones.size) showList();
  const shown = answer.phones.find((phone) => phone.number === current);
  if (shown) await showHandset(shown);
}

// One round at a time: whoever asks meanwhile waits for the one under way.
function poll() {
  round ??= refresh().then(
    () => { byId("offline").hidden = true; },
    () => { byId("offline").hidden = false; },
  ).finally(() => { round = null; });
  return round;
}

// The page knows the latest phones only; the server knows all.
async function search() {
  showList();
  const wanted = byId("search").value.trim();
  if (wanted.length < 3) return;
  const { phones: found } = await call("GET", `/phones?limit=50&search=${encodeURIComponent(wanted)}`);
  for (const phone of found) phones.set(phone.number, phone);
  if (byId("search").value.trim() === wanted) showList();
}

async function addPhone(event) {
  event.preventDefault();
  const form = event.target;
  byId("add-error").textContent = "";
  try {
    const phone = await call("POST", "/phones", { number: form.number.value, name: form.name.value });
    phones.set(phone.number, phone);
    form.reset();
    form.closest("details").open = false;
    choose(phone.number);
  } catch (error) {
    byId("add-error").textContent = error.message;
  }
}

function leaveHandset() {
  current = null;
  history.replaceState(null, "", location.pathname);
  showView("list");
  clearHandset();
  showList();
}

byId("search").addEventListener("input", search);
byId("add-form").addEventListener("submit", addPhone);
byId("back").addEventListener("click", leaveHandset);
document.addEventListener("visibilitychange", () => document.hidden || poll());
startHandset(poll);
startFaults(() => current, poll);
await poll();
setInterval(() => document.hidden || poll(), 1000);
