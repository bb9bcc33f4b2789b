// A smartphone with the office's Zalo Official Account open.
import { byId } from "./api.js";
import { Messenger } from "./messenger.js";
import { ask } from "./sheets.js";

export class Zalo extends Messenger {
  constructor(context) {
    super("zalo", context, { label: "Zalo", placeholder: "Tin nhắn" });
  }

  draw() {
    super.draw();
    const { follows } = this.phone;
    this.showTitle(this.office().name, follows ? "Đã quan tâm" : "Official Account");
    if (follows) this.showBanner();
    else this.showBanner("Quan tâm để nhận tin từ trang này", "Quan tâm", () => this.act("follow"));
    this.showMenu([
      follows ? ["Bỏ quan tâm", () => this.act("unfollow")] : ["Quan tâm", () => this.act("follow")],
      ["Tắt máy", () => this.switchPower()],
    ]);
  }

  // Zalo tells the office what was seen.
  markRead() {
    return this.act("see");
  }

  sticker() {
    return this.act("sticker");
  }

  async press(message, button) {
    if (this.opens(button)) return;
    if (button.does === "contact") await this.share();
    else await this.act("press", { message: message.id, button: button.title });
  }

  async share() {
    const own = this.ownNumber();
    const sheet = byId("contact-sheet");
    sheet.querySelector(".office").textContent = this.office().name;
    const answers = await ask(sheet, (form) => {
      form.elements.name.value = this.context.person().name;
      form.elements.phone.value = own;
    });
    if (!answers) return;
    const typed = answers.get("phone").trim();
    const fields = { name: answers.get("name").trim() };
    if (typed.replaceAll(" ", "") !== own) fields.phone = typed;
    await this.act("share_contact", fields);
  }

  // Switched on again, the phone gets what has waited for it.
  async switchPower() {
    await super.switchPower();
    if (!this.phone.on) await this.act("see").catch(() => {});
  }
}
