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

// One number can have a handset on every channel, so the channel is always named.
export const phonePath = (phone, rest) =>
  `/phones/${encodeURIComponent(phone.number)}/${rest}?channel=${phone.channel}`;

export const byId = (id) => document.getElementById(id);

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function button(className, text, press) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}

export const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true);

// +84912345678 as people write it here: 0912 345 678.
export function nationalNumber(number) {
  const digits = number.replace(/^\+84/, "0");
  if (/^0\d{9}$/.test(digits)) return digits.replace(/^(\d{4})(\d{3})(\d{3})$/, "$1 $2 $3");
  return /^02\d{9}$/.test(digits) ? digits.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3") : number;
}

export const dong = (amount) => `${amount.toLocaleString("vi-VN")}đ`;
