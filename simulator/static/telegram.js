// A smartphone with the office's Telegram bot open.
import { byId, button } from "./api.js";
import { Messenger } from "./messenger.js";
import { ask } from "./sheets.js";
import { isNote } from "./talk.js";

export class Telegram extends Messenger {
  constructor(context) {
    super("telegram", context, { label: "Telegram", placeholder: "Tin nhắn" });
    this.talk.edit = (message) => this.beginEdit(message);
  }

  draw() {
    super.draw();
    const blocked = this.phone.refuses.includes("*");
    const started = this.all().some((message) => message.direction === "from_phone");
    const office = this.office();
    this.showTitle(office.name, `@${office.handle} · bot`);
    this.showMenu([
      ["Mở bằng mã trên phiếu…", () => this.startByCode()],
      ...(started && !blocked ? [["Chia sẻ số điện thoại", () => this.act("share_contact")]] : []),
      ...(started ? [blocked ? ["Bỏ chặn bot", () => this.act("unblock")] : ["Chặn bot", () => this.act("block")]] : []),
      ["Tắt máy", () => this.switchPower()],
    ]);
    this.showWay(started, blocked);
    this.showReplyKeys(started && !blocked);
  }

  // Before Start, and while the bot is blocked, there is one big button and no box to write in.
  showWay(started, blocked) {
    const shut = !started || blocked;
    const old = this.part(".big-button");
    this.part(".compose").hidden = shut;
    const press = () => this.do(() => this.act(blocked ? "unblock" : "start"));
    const big = button("big-button", blocked ? "Bỏ chặn" : "Bắt đầu", press);
    big.hidden = !shut;
    big.disabled = !this.phone.on;
    if (old.textContent !== big.textContent || old.hidden !== big.hidden || old.disabled !== big.disabled) old.replaceWith(big);
  }

  // The keyboard that came last is on the handset: a one-time one until something was sent.
  showReplyKeys(open) {
    const messages = this.all();
    const at = messages.findLastIndex((message) => message.keyboard);
    const last = messages[at];
    const used = messages.slice(at + 1).some((later) => later.direction === "from_phone" && !isNote(later));
    const shown = open && last && last.keyboard !== "removed" && !(used && last.keyboard === "one_time");
    const box = this.part(".reply-keys");
    box.hidden = !shown;
    const state = shown ? last.id : "";
    if (box.dataset.state === state) return;
    box.dataset.state = state;
    const keys = shown ? last.buttons.flat() : [];
    box.replaceChildren(...keys.map((key) => button("", key.title, () => this.do(() => this.press(last, key)))));
  }

  sticker() {
    return this.act("sticker");
  }

  async press(message, pressed) {
    if (this.opens(pressed)) return;
    await this.act("press", { message: message.id, button: pressed.title });
  }

  async startByCode() {
    const answers = await ask(byId("start-sheet"), () => {});
    if (answers) await this.act("start", { code: answers.get("code").replaceAll(/\s/g, "").toUpperCase() });
  }

  beginEdit(message) {
    this.compose.editing = message;
    this.compose.box.value = message.text;
    this.compose.showChip("Đang sửa tin đã gửi");
    this.compose.box.focus();
  }

  send(text, media) {
    const { editing } = this.compose;
    if (editing && !media.length) return this.act("edit", { message: editing.id, text });
    return super.send(text, media);
  }
}
