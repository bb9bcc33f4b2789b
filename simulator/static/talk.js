// The messages of one handset: bubbles, buttons, and short notes of what was done without words.
import { button, element, fromTemplate, nationalNumber } from "./api.js";

const PRESSED = (message, titleOf) => `Đã bấm “${titleOf(message.text)}”`;
const NOTES = {
  press: PRESSED,
  press_hidden: PRESSED,
  follow: () => "Đã bấm Quan tâm",
  unfollow: () => "Đã bỏ quan tâm",
  block: () => "Đã chặn bot",
  unblock: () => "Đã bỏ chặn bot",
  edit: () => "Đã sửa một tin",
  call: (message) => message.text,
};

export const isNote = (message) => message.kind in NOTES;

// `facts(message)`: the small line under a bubble. `press(message, button)`: a button was pressed.
export class Talk {
  constructor(box, { facts, press, edit }) {
    this.box = box;
    this.facts = facts;
    this.press = press;
    this.edit = edit;
    this.drawn = new Map();
    this.atEnd = true;
    box.addEventListener("scroll", () => (this.atEnd = this.isAtEnd()));
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(box);
  }

  // Only what is new is added, so that a screen reader reads only that.
  show(messages) {
    for (const [index, message] of messages.entries()) {
      const state = JSON.stringify(message);
      const known = this.drawn.get(message.id);
      if (known?.state === state) continue;
      const node = isNote(message) ? this.note(message, messages.slice(0, index)) : this.bubble(message);
      if (known) known.node.replaceWith(node);
      else this.box.append(node);
      this.drawn.set(message.id, { state, node });
    }
    if (this.atEnd) this.toEnd();
  }

  isAtEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 60;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
  }

  note(message, earlier) {
    return element("p", "done-note", NOTES[message.kind](message, (value) => titleOfButton(earlier, value)));
  }

  bubble(message) {
    const mine = message.direction === "from_phone";
    const node = element("article", `message ${mine ? "mine" : "theirs"} is-${message.kind}`);
    const words = element("div", "words");
    if (!mine) words.append(element("p", "from", message.office));
    words.append(...contents(message));
    node.append(words);
    if (message.buttons.length && !message.keyboard) node.append(this.buttons(message));
    node.append(this.factsOf(message, mine));
    return node;
  }

  buttons(message) {
    const box = element("div", "buttons");
    for (const row of message.buttons) {
      const line = element("div", "button-row");
      line.append(...row.map((one) => button("", one.title, () => this.press(message, one))));
      box.append(line);
    }
    return box;
  }

  factsOf(message, mine) {
    const { text, bad, title } = this.facts(message, mine);
    const line = element("p", bad ? "facts bad" : "facts", text);
    if (title) line.title = title;
    if (mine && this.edit && message.kind === "text") line.append(button("edit", "Sửa", () => this.edit(message)));
    return line;
  }
}

function contents(message) {
  if (message.kind === "sticker") return [sticker()];
  const parts = message.media.map((media) => attachment(message, media));
  if (message.kind === "contact") parts.push(contact(message.text));
  else if (message.text) parts.push(element("p", "text", message.text));
  return parts;
}

function sticker() {
  const box = element("p", "sticker-art");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", "Nhãn dán ngón tay cái");
  box.append(fromTemplate("sticker-art"));
  return box;
}

function contact(text) {
  const box = element("p", "contact-card");
  const [name, number] = text.split(", ");
  const lines = element("span");
  lines.append(element("b", "", name), element("small", "", nationalNumber(number.replace(/^84/, "+84"))));
  box.append(fromTemplate("contact-art"), lines);
  return box;
}

function attachment(message, media) {
  const source = `/control/media/${message.id}/${media.id}`;
  const kind = media.content_type.split("/")[0];
  if (kind === "image") {
    const image = element("img");
    image.src = source;
    image.alt = "Ảnh người dân gửi";
    return image;
  }
  if (kind === "audio" || kind === "video") {
    const player = element(kind);
    player.src = source;
    player.controls = true;
    player.preload = "metadata";
    player.setAttribute("aria-label", kind === "audio" ? "Đoạn ghi âm" : "Đoạn phim");
    return player;
  }
  const link = element("a", "", "Tệp đính kèm");
  link.href = source;
  link.download = "";
  return link;
}

// A hidden query comes back as the button's value; the person saw its title.
function titleOfButton(earlier, value) {
  const buttons = earlier.flatMap((message) => message.buttons.flat());
  return buttons.findLast((one) => one.value === value)?.title ?? value;
}
