// The page: kept up to date by asking what has changed; who is looked at.
import { byId, call } from "./api.js";
import { setClock, showClocks } from "./clock.js";
import { startFaults } from "./faults.js";
import { lookedFor, showList, startList } from "./list.js";
import { everybody, forgetEverybody, learn, personKey } from "./people.js";
import { addHandset, leavePerson, showPerson, startPerson } from "./person.js";

// So many handsets are heard of at once: a wave reaches hundreds a second.
const MOST = 1000;
let generation = null;
let version = 0;
let current = null;
let round = null;

// What only the server knows can wait: that it cannot be reached is said by the next poll.
const quietly = (work) => (...given) => work(...given).catch(() => {});

// Narrow screens show one of the two at a time.
function showView(view) {
  document.querySelector(".rooms").dataset.view = view;
}

async function choose(key) {
  current = key;
  history.replaceState(null, "", `#${encodeURIComponent(key)}`);
  showView("person");
  showList();
  byId("person").focus({ preventScroll: true });
  await showPerson(key);
  await findAll(key);
}

// The page knows the latest handsets only; the server knows all of a person's.
async function findAll(key) {
  if (!key.startsWith("+")) return;
  const { phones } = await call("GET", `/phones?limit=20&search=${encodeURIComponent(key)}`);
  learn(phones);
  if (current === key) await showPerson(key);
}

function startOver(answer) {
  forgetEverybody();
  generation = answer.generation;
  version = 0;
  current = decodeURIComponent(location.hash.slice(1)) || null;
  showView(current ? "person" : "list");
  leavePerson();
}

async function refresh() {
  let answer = await call("GET", `/phones?limit=${MOST}&after=${version}`);
  const isNew = answer.generation !== generation;
  if (isNew) {
    startOver(answer);
    answer = await call("GET", `/phones?limit=${MOST}`);
  }
  setClock(answer.now);
  version = answer.version;
  learn(answer.phones);
  if (answer.phones.length || !everybody().length) showList();
  if (isNew && current) {
    await showPerson(current);
    await findAll(current);
  } else if (current && answer.phones.some((phone) => personKey(phone) === current)) {
    await showPerson(current);
  }
}

// One round at a time: whoever asks meanwhile waits for the one under way, then for one of its own.
async function poll() {
  while (round) await round;
  round = refresh().then(
    () => { byId("offline").hidden = true; },
    () => { byId("offline").hidden = false; },
  ).finally(() => { round = null; });
  await round;
}

async function look() {
  showList();
  const wanted = lookedFor();
  if (wanted.search.length < 3 && !wanted.channel) return;
  const { phones } = await call("GET", `/phones?limit=${MOST}&${new URLSearchParams(wanted)}`);
  learn(phones);
  showList();
}

async function addPerson(event) {
  event.preventDefault();
  const form = event.target;
  byId("add-error").textContent = "";
  try {
    const name = form.elements.name.value;
    const phone = await call("POST", "/phones", { number: form.elements.number.value, name });
    const channels = new FormData(form).getAll("channel");
    learn([phone, ...(await Promise.all(channels.map((channel) => addHandset(channel, phone.number, name))))]);
    form.reset();
    form.closest("details").open = false;
    await choose(phone.number);
  } catch (error) {
    byId("add-error").textContent = error.message;
  }
}

function leave() {
  const left = current;
  current = null;
  history.replaceState(null, "", location.pathname);
  showView("list");
  leavePerson();
  showList();
  [...byId("people").querySelectorAll("button")].find((one) => one.dataset.key === left)?.focus();
}

function shortcuts(event) {
  if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  showView("list");
  byId("search").focus();
}

async function lookAgain() {
  if (document.hidden) return;
  await poll();
  if (current) await showPerson(current);
}

byId("add-form").addEventListener("submit", addPerson);
byId("back").addEventListener("click", leave);
document.addEventListener("keydown", shortcuts);
document.addEventListener("visibilitychange", quietly(lookAgain));
startList(() => current, quietly(choose), quietly(look));
await startPerson(poll);
startFaults(poll);
await poll();
setInterval(() => document.hidden || round || poll(), 1000);
setInterval(showClocks, 5000);
