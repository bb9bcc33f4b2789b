// Handsets belong to people: one number with an SMS, a Zalo and a Telegram handset is one person.
import { nationalNumber } from "./api.js";

export const CHANNELS = { sms: "SMS", telephone: "Gọi", zalo: "Zalo", telegram: "Telegram" };
const KINDS = {
  press_hidden: "Đã bấm nút",
  contact: "Đã chia sẻ số điện thoại",
  sticker: "Nhãn dán",
  block: "Đã chặn",
  unblock: "Đã bỏ chặn",
  audio: "Ghi âm",
  voice: "Ghi âm",
  image: "Ảnh",
  photo: "Ảnh",
  video: "Phim",
  file: "Tệp",
  document: "Tệp",
};

const handsets = new Map();
const handsetKey = (phone) => `${phone.channel} ${phone.number}`;

export const personKey = (phone) =>
  phone.tel || (phone.number.startsWith("+") ? phone.number : `${phone.channel}:${phone.number}`);

export function learn(phones) {
  for (const phone of phones) handsets.set(handsetKey(phone), phone);
}

export const forgetEverybody = () => handsets.clear();
export const isEmpty = () => handsets.size === 0;

export function everybody() {
  const people = new Map();
  for (const phone of handsets.values()) {
    const key = personKey(phone);
    const person = people.get(key) ?? { key, tel: key.startsWith("+") ? key : "", phones: [] };
    person.phones.push(phone);
    people.set(key, person);
  }
  return [...people.values()].map(summed);
}

export function personOf(key) {
  const phones = [...handsets.values()].filter((phone) => personKey(phone) === key);
  return summed({ key, tel: key.startsWith("+") ? key : "", phones });
}

function summed(person) {
  const named = person.phones.find((phone) => phone.name);
  const spoken = person.phones.filter((phone) => phone.last);
  spoken.sort((a, b) => Date.parse(b.last.at) - Date.parse(a.last.at));
  person.name = named?.name ?? "";
  person.unread = person.phones.reduce((sum, phone) => sum + phone.unread, 0);
  person.last = spoken[0]?.last ?? null;
  person.off = person.phones.length > 0 && person.phones.every((phone) => !phone.on);
  return person;
}

export const titleOf = (person) => person.name || (person.tel ? nationalNumber(person.tel) : person.key.split(":")[1]);

export function previewOf(person) {
  if (person.off) return "Máy đang tắt";
  if (!person.last) return "Chưa có tin nhắn";
  const words = KINDS[person.last.kind] ?? person.last.text;
  return `${person.last.mine ? "Người dân: " : ""}${words || "Ảnh"}`;
}

const plain = (text) => text.toLocaleLowerCase("vi").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

// By name, with or without its marks, or by number; `channel` is "" for all.
export function matches(person, search, channel) {
  if (channel && !person.phones.some((phone) => phone.channel === channel)) return false;
  const words = plain(search);
  const digits = words.replaceAll(" ", "");
  const numbers = [person.tel, ...person.phones.map((phone) => phone.number)].map((one) =>
    nationalNumber(one).replaceAll(" ", ""),
  );
  return plain(person.name).includes(words) || numbers.some((number) => number.includes(digits));
}

// A telephone's account on Telegram gets an id of the usual length, the same each time.
export const telegramId = (tel) => `7${tel.replace(/\D/g, "").slice(-9)}`;
