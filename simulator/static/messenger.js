// A smartphone with a messenger open: what Zalo and Telegram have in common.
import { button, fromTemplate } from "./api.js";
import { timeOfDay } from "./clock.js";
import { Handset } from "./handset.js";

const UNDER_WAY = { receiving: "đang gửi", in_line: "đang gửi" };
const LOST = new Set(["not_taken", "dropped"]);

export class Messenger extends Handset {
  constructor(channel, context, { label, placeholder }) {
    super(fromTemplate("messenger-template"), [channel], context);
    this.root.classList.add(channel);
    this.root.setAttribute("aria-label", label);
    this.part(".talk").setAttribute("aria-label", `Tin nhắn ${label}`);
    this.compose.placeholder = this.compose.box.placeholder = placeholder;
    this.compose.box.setAttribute("aria-label", `Soạn tin ${label}`);
    this.part(".sticker").addEventListener("click", () => this.do(() => this.sticker()));
    this.part(".wake").addEventListener("click", () => this.do(() => this.switchPower()));
    this.menu = this.part(".menu");
    this.menu.addEventListener("keydown", (event) => event.key === "Escape" && this.closeMenu());
    this.menu.addEventListener("focusout", (event) => this.menu.contains(event.relatedTarget) || this.closeMenu());
  }

  part(selector) {
    return this.root.querySelector(selector);
  }

  // The citizen's own words for the account's owner, and what stands under them.
  showTitle(name, standing) {
    this.part(".app-title b").textContent = name;
    this.part(".app-title small").textContent = standing;
  }

  showBanner(text, title, press) {
    const banner = this.part(".banner");
    banner.hidden = !text;
    banner.querySelector("span").textContent = text ?? "";
    const old = banner.querySelector("button");
    old.replaceWith(button("", title ?? "", () => this.do(press)));
  }

  showMenu(items) {
    const state = items.map(([title]) => title).join("\n");
    const box = this.part(".menu-items");
    if (box.dataset.state === state) return;
    box.dataset.state = state;
    const buttons = items.map(([title, press]) =>
      button("", title, () => {
        this.closeMenu();
        this.do(press);
      }),
    );
    box.replaceChildren(...buttons);
  }

  closeMenu() {
    this.menu.open = false;
  }

  facts(message) {
    const mine = message.direction === "from_phone";
    const time = timeOfDay(message.created_at);
    if (!mine) return { text: message.kind === "template" ? `${time} · tin theo mẫu` : time };
    const bad = LOST.has(message.status);
    const standing = bad ? "chưa tới văn phòng" : UNDER_WAY[message.status] ?? "đã gửi";
    return { text: `${time} · ${standing}`, bad };
  }

  // What opens a page or a call does so on a real phone; here it is only told.
  opens(pressed) {
    const what = { url: "mở trang", phone: "gọi", sms: "nhắn tin tới" }[pressed.does];
    if (what) this.context.fail(`Trên máy thật, nút này ${what} ${pressed.value}.`);
    return Boolean(what);
  }
}
