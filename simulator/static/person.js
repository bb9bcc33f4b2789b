// The person who is looked at: each handset beside the other, or on a narrow screen one at a time.
import { button, byId, call, element, nationalNumber } from "./api.js";
import { ButtonPhone } from "./buttonphone.js";
import { CHANNELS, learn, personOf, telegramId, titleOf } from "./people.js";
import { Telegram } from "./telegram.js";
import { Zalo } from "./zalo.js";

const KINDS = [
  { kind: "phone", title: "Điện thoại", Handset: ButtonPhone, here: (person) => person.tel || has(person, "sms") },
  { kind: "zalo", title: "Zalo", Handset: Zalo, here: (person) => has(person, "zalo") },
  { kind: "telegram", title: "Telegram", Handset: Telegram, here: (person) => has(person, "telegram") },
];
const has = (person, channel) => person.phones.some((phone) => phone.channel === channel);
const isMobile = (tel) => /^\+84[35789]/.test(tel);

const handsets = new Map();
let offices = [];
let reload = () => {};
let key = null;
let shown = null;

export async function startPerson(poll) {
  reload = poll;
  offices = (await call("GET", "/offices")).offices;
}

export const channelOf = (provider) => offices.find((one) => one.provider === provider)?.channel;

// Where the person who is looked at is found on a channel. Throws where nobody is.
export function addressOn(channel) {
  if (!key) throw new Error("Chưa chọn ai.");
  const person = personOf(key);
  const phone = person.phones.find((one) => one.channel === channel);
  const address = phone?.number ?? (channel === "telegram" ? "" : person.tel);
  if (!address) throw new Error(`Người đang xem không dùng ${CHANNELS[channel]}.`);
  return address;
}

export function leavePerson() {
  key = shown = null;
  for (const handset of handsets.values()) handset.close();
  handsets.clear();
  byId("person-name").textContent = "Chưa chọn ai";
  byId("person-number").textContent = "";
  byId("person-empty").hidden = false;
  byId("tabs").replaceChildren();
  byId("openers").replaceChildren();
  fail("");
}

export async function showPerson(wanted) {
  if (key !== wanted) {
    leavePerson();
    key = wanted;
  }
  const person = personOf(key);
  byId("person-empty").hidden = true;
  byId("person-name").textContent = titleOf(person);
  byId("person-number").textContent = person.name && person.tel ? nationalNumber(person.tel) : "";
  for (const { kind, Handset, here } of KINDS) {
    if (here(person) && !handsets.has(kind)) place(kind, Handset);
  }
  if (!handsets.has(shown)) shown = latest(person);
  showTabs(person);
  showOpeners(person);
  await Promise.all([...handsets.values()].map((handset) => handset.update(person)));
  if (key === wanted) showTabs(person);
}

function place(kind, Handset) {
  const handset = new Handset({ person: () => personOf(key), offices, reload, fail });
  handset.root.dataset.kind = kind;
  handsets.set(kind, handset);
  const order = KINDS.map((one) => one.kind);
  byId("handsets").append(...order.filter((one) => handsets.has(one)).map((one) => handsets.get(one).root));
}

// The handset on which something happened last.
function latest(person) {
  const spoken = person.phones.filter((phone) => phone.last);
  spoken.sort((a, b) => Date.parse(b.last.at) - Date.parse(a.last.at));
  const kind = spoken[0] && (handsets.has(spoken[0].channel) ? spoken[0].channel : "phone");
  return handsets.has(kind) ? kind : handsets.keys().next().value;
}

function showTabs(person) {
  for (const [kind, handset] of handsets) handset.root.classList.toggle("shown", kind === shown);
  const tabs = KINDS.filter(({ kind }) => handsets.has(kind)).map(({ kind, title }) => tab(kind, title));
  const state = tabs.map((one) => one.outerHTML).join("");
  const box = byId("tabs");
  if (box.dataset.state === state && box.childElementCount) return;
  const focused = document.activeElement?.closest("#tabs button")?.dataset.kind;
  box.dataset.state = state;
  box.replaceChildren(...(tabs.length > 1 ? tabs : []));
  if (focused) box.querySelector(`[data-kind=${focused}]`)?.focus();
}

function tab(kind, title) {
  const one = button("", title, () => {
    shown = kind;
    showTabs(personOf(key));
    handsets.get(kind).talk.toEnd();
    handsets.get(kind).read();
  });
  one.dataset.kind = kind;
  one.setAttribute("aria-pressed", String(kind === shown));
  const { unread } = handsets.get(kind);
  if (unread) {
    const badge = element("span", "badge", String(unread));
    badge.setAttribute("aria-label", `${unread} tin chưa đọc`);
    one.append(badge);
  }
  return one;
}

function showOpeners(person) {
  const missing = isMobile(person.tel) ? ["zalo", "telegram"].filter((channel) => !has(person, channel)) : [];
  const state = `${key} ${missing.join(" ")}`;
  const box = byId("openers");
  if (box.dataset.state === state && box.childElementCount) return;
  box.dataset.state = state;
  box.replaceChildren(
    ...missing.map((channel) => button("button quiet", `+ ${CHANNELS[channel]}`, () => open(person, channel))),
  );
}

async function open(person, channel) {
  fail("");
  try {
    learn([await addHandset(channel, person.tel, person.name)]);
    shown = channel;
    await reload();
  } catch (error) {
    fail(error.message);
  }
}

// A messenger's account belongs to a telephone; on Telegram it has an address of its own.
export function addHandset(channel, tel, name) {
  const number = channel === "telegram" ? telegramId(tel) : tel;
  return call("POST", "/phones", { channel, number, name, tel });
}

function fail(text) {
  byId("person-error").textContent = text;
}
