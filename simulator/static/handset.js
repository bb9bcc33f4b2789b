// The phone that is looked at: what its owner reads, writes and presses.
import { byId, call, element, nationalNumber, phonePath, timeOfDay } from "./api.js";

const LETTERS = ["", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const LARGEST_PICTURE = 5 * 1024 * 1024;
let reload = () => {};
let phone = null;
let drawn = new Map();

export function clearHandset() {
  phone = null;
  drawn = new Map();
  byId("talk").replaceChildren();
  byId("handset-body").hidden = true;
  byId("lost").hidden = true;
  byId("handset-empty").hidden = false;
  byId("handset-name").textContent = "Chưa chọn máy";
  byId("handset-number").textContent = "";
}

export async function showHandset(chosen) {
  if (phone?.number !== chosen.number) clearHandset();
  phone = chosen;
  byId("handset-empty").hidden = true;
  byId("handset-body").hidden = false;
  byId("handset-name").textContent = phone.name || nationalNumber(phone.number);
  byId("handset-number").textContent = phone.name ? nationalNumber(phone.number) : "Máy bấm phím, tin nhắn SMS";
  showPower();
  const { messages } = await call("GET", `${phonePath(phone)}/messages`);
  if (phone.number !== chosen.number) return;
  showTalk(messages.filter((message) => message.reached));
  showLost(messages.filter((message) => ["undelivered", "failed"].includes(message.status)));
  if (chosen.unread && chosen.on && !document.hidden) await call("POST", `${phonePath(chosen)}/read`);
}

function showPower() {
  byId("handset-body").classList.toggle("off", !phone.on);
  byId("dark").hidden = phone.on;
  byId("power").textContent = phone.on ? "Tắt máy" : "Bật máy";
  byId("power").setAttribute("aria-pressed", String(!phone.on));
  byId("say-text").disabled = byId("send").disabled = byId("say-picture").disabled = !phone.on;
  byId("clock").textContent = timeOfDay(new Date());
}

// Only what is new is added, so that a screen reader reads only that.
function showTalk(messages) {
  const talk = byId("talk");
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 40;
  let added = false;
  for (const message of messages) {
    const state = `${message.status} ${message.error_code}`;
    const known = drawn.get(message.id);
    if (known?.state === state) continue;
    const node = messageNode(message);
    if (known) known.node.replaceWith(node);
    else talk.append(node);
    added ||= !known;
    drawn.set(message.id, { state, node });
  }
  if (added && atEnd) talk.scrollTop = talk.scrollHeight;
}

function messageNode(message) {
  const mine = message.direction === "from_phone";
  const node = element("article", mine ? "message mine" : "message");
  if (!mine) node.append(element("p", "from", message.office));
  const words = element("div", "words", message.text);
  for (const media of message.media) words.append(picture(message, media));
  node.append(words, facts(message, mine));
  return node;
}

function picture(message, media) {
  if (!media.content_type.startsWith("image/")) return element("p", "", "Tệp đính kèm");
  const image = element("img");
  image.src = `/control/media/${message.id}/${media.id}`;
  image.alt = "Ảnh người dân gửi";
  return image;
}

function facts(message, mine) {
  const marks = message.encoding === "GSM-7" ? "không dấu" : "có dấu";
  const parts = [timeOfDay(mine ? message.created_at : message.updated_at), `${message.segments} tin`, marks];
  const lost = mine && message.error_code;
  if (lost) parts.push(`chưa tới văn phòng (lỗi ${message.error_code})`);
  const line = element("p", lost ? "facts bad" : "facts", parts.join(" · "));
  line.title = `Mã hoá ${message.encoding}, tính cước ${message.segments} tin`;
  return line;
}

function showLost(messages) {
  byId("lost").hidden = !messages.length;
  byId("lost-title").textContent = `${messages.length} tin không tới được máy này`;
  const lines = messages.map((message) => {
    const text = `${timeOfDay(message.updated_at)}, lỗi ${message.error_code}: ${message.text.slice(0, 60)}`;
    return element("li", "", text);
  });
  byId("lost-list").replaceChildren(...lines);
}

async function say(event) {
  event.preventDefault();
  if (!phone?.on) return;
  const box = byId("say-text");
  byId("say-error").textContent = "";
  try {
    const media = await chosenPicture();
    if (!box.value.trim() && !media.length) return;
    await call("POST", `${phonePath(phone)}/say`, { text: box.value, media });
    box.value = "";
    forgetPicture();
    fit();
    byId("talk").scrollTop = byId("talk").scrollHeight;
    await reload();
  } catch (error) {
    byId("say-error").textContent = error.message;
  }
}

async function chosenPicture() {
  const file = byId("say-picture").files[0];
  if (!file) return [];
  if (file.size > LARGEST_PICTURE) throw new Error("Ảnh quá lớn, chỉ gửi được ảnh dưới 5 MB.");
  const reader = new FileReader();
  await new Promise((done, failed) => {
    reader.onload = done;
    reader.onerror = () => failed(new Error("Không đọc được ảnh này."));
    reader.readAsDataURL(file);
  });
  return [{ content_type: file.type, data: reader.result.split(",")[1] }];
}

function forgetPicture() {
  byId("say-picture").value = "";
  byId("say-picture").parentElement.classList.remove("full");
}

async function switchPower() {
  await call("POST", `${phonePath(phone)}/power`, { on: !phone.on });
  await reload();
}

function type(text) {
  if (!phone?.on) return;
  byId("say-text").setRangeText(text, byId("say-text").selectionStart, byId("say-text").selectionEnd, "end");
  fit();
}

function erase() {
  const box = byId("say-text");
  box.value = box.value.slice(0, -1);
  fit();
}

function fit() {
  const box = byId("say-text");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function buildKeypad() {
  const labels = [...LETTERS.map((letters, index) => [String(index + 1), letters]), ["*", ""], ["0", "␣"], ["#", ""]];
  for (const [sign, letters] of labels) {
    const key = element("button", "key");
    key.type = "button";
    key.append(element("b", "", sign), element("small", "", letters));
    key.setAttribute("aria-label", `Phím ${sign}`);
    key.addEventListener("click", () => type(sign));
    byId("keypad").append(key);
  }
}

export function startHandset(poll) {
  reload = poll;
  buildKeypad();
  byId("say-form").addEventListener("submit", say);
  byId("say-text").addEventListener("input", fit);
  byId("say-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) say(event);
  });
  byId("say-picture").addEventListener("change", (event) => {
    event.target.parentElement.classList.toggle("full", event.target.files.length > 0);
  });
  byId("power").addEventListener("click", switchPower);
  byId("erase").addEventListener("click", erase);
}
