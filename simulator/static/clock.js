// The installation's time: the stand-ins tell it with every poll, and it may be another than this computer's.
import { byId } from "./api.js";

const DIFFERS = 90_000; // milliseconds: less is a slow network, not another clock
let ahead = 0;

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const time = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", ...zone });
const day = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", ...zone });
const whole = new Intl.DateTimeFormat("vi-VN", { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", ...zone });

export const now = () => new Date(Date.now() + ahead);
export const timeOfDay = (moment) => time.format(new Date(moment));

export function shortTime(moment) {
  const then = day.format(new Date(moment));
  return then === day.format(now()) ? timeOfDay(moment) : then;
}

export function setClock(told) {
  ahead = Date.parse(told) - Date.now();
  showClocks();
}

export function showClocks() {
  const shown = timeOfDay(now());
  for (const clock of document.querySelectorAll(".status-line .clock")) {
    if (clock.textContent !== shown) clock.textContent = shown;
  }
  const house = byId("house-clock");
  house.hidden = Math.abs(ahead) < DIFFERS;
  const text = `Đồng hồ diễn tập: ${shown}, ${whole.format(now())}`;
  if (!house.hidden && house.textContent !== text) house.textContent = text;
}
