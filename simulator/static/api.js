// The control API, and small helpers to show what it says.

export async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (method === "POST") {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(`/control${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || "Máy chủ mô phỏng không trả lời được.");
  return answer;
}

export const phonePath = (phone) => `/phones/${encodeURIComponent(phone.number)}`;
export const byId = (id) => document.getElementById(id);

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

// +84912345678 as people write it here: 0912 345 678.
export function nationalNumber(number) {
  const digits = number.replace(/^\+84/, "0");
  return /^0\d{9}$/.test(digits) ? digits.replace(/^(\d{4})(\d{3})(\d{3})$/, "$1 $2 $3") : number;
}

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", ...zone });
const day = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", ...zone });

export const timeOfDay = (moment) => clock.format(new Date(moment));

export function shortTime(moment) {
  const today = day.format(new Date());
  const then = day.format(new Date(moment));
  return then === today ? timeOfDay(moment) : then;
}
