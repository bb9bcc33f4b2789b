// The plain phone with keys, as most of our readers have: text messages, and calls to the hotline.
import { byId, dong, element, fromTemplate, nationalNumber } from "./api.js";
import { timeOfDay } from "./clock.js";
import { Handset } from "./handset.js";
import { ask } from "./sheets.js";

const LETTERS = ["", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const KEYS = [...LETTERS.map((letters, index) => [String(index + 1), letters]), ["*", ""], ["0", "␣"], ["#", ""]];
const LANDLINE = /^\+842/;

export class ButtonPhone extends Handset {
  constructor(context) {
    super(fromTemplate("phone-template"), ["sms", "telephone"], context);
    this.box = this.compose.box;
    this.carrier = this.root.querySelector(".carrier select");
    this.buildKeypad();
    this.on(".send", () => this.compose.send());
    this.on(".erase", () => this.erase());
    this.on(".call", () => this.do(() => this.dial()));
    this.on(".power", () => this.do(() => this.switchPower()));
  }

  on(key, press) {
    this.root.querySelector(`.softkeys ${key}`).addEventListener("click", press);
  }

  draw() {
    super.draw();
    this.root.classList.toggle("landline", LANDLINE.test(this.phone.number));
    const power = this.root.querySelector(".power");
    power.textContent = this.phone.on ? "Tắt máy" : "Bật máy";
    power.setAttribute("aria-pressed", String(!this.phone.on));
    for (const key of this.root.querySelectorAll(".key:not(.power)")) key.disabled = !this.phone.on;
    this.root.querySelector(".key.call").disabled = !this.phone.on || !this.office("telephone");
    this.showCarriers();
  }

  // Whom a text message goes to: people can answer, or begin by themselves with a number they have read somewhere.
  showCarriers() {
    const answered = (this.messages.sms ?? []).some((one) => one.reached && one.direction === "to_phone");
    const numbers = this.context.offices.filter((one) => one.channel === "sms" && one.office);
    const choices = numbers.map(({ provider, office }) => [provider, carrierTitle(office)]);
    if (answered) choices.unshift(["", "Trả lời tin vừa nhận"]);
    const state = JSON.stringify(choices);
    if (this.carrier.dataset.state === state) return;
    this.carrier.dataset.state = state;
    this.carrier.replaceChildren(...choices.map(([value, title]) => new Option(title, value)));
    this.carrier.closest(".carrier").hidden = numbers.length < 2;
  }

  send(text, media) {
    return super.send(text, media, this.carrier.value);
  }

  facts(message) {
    const marks = message.encoding === "GSM-7" ? "không dấu" : "có dấu";
    const mine = message.direction === "from_phone";
    const parts = [timeOfDay(mine ? message.created_at : message.updated_at), `${message.segments} tin`, marks];
    if (message.charge) parts.push(dong(message.charge));
    const bad = mine && message.error_code !== null;
    if (bad) parts.push(`chưa tới văn phòng (lỗi ${message.error_code})`);
    return { text: parts.join(" · "), bad, title: `Mã hoá ${message.encoding}, tính cước ${message.segments} tin` };
  }

  async dial() {
    const office = this.office("telephone");
    const sheet = byId("call-sheet");
    sheet.querySelector(".office").textContent = nationalNumber(office.name);
    const answers = await ask(sheet, () => {});
    if (!answers) return;
    await this.act("call", { kind: answers.get("kind"), hidden: answers.has("hidden") }, this.phones.telephone);
  }

  buildKeypad() {
    for (const [sign, letters] of KEYS) {
      const key = element("button", "key");
      key.type = "button";
      key.append(element("b", "", sign), element("small", "", letters));
      key.setAttribute("aria-label", `Phím ${sign}`);
      key.addEventListener("click", () => this.type(sign));
      this.root.querySelector(".keypad").append(key);
    }
  }

  type(sign) {
    this.box.setRangeText(sign, this.box.selectionStart, this.box.selectionEnd, "end");
    this.compose.fit();
  }

  erase() {
    this.box.value = this.box.value.slice(0, -1);
    this.compose.fit();
  }
}

function carrierTitle(office) {
  const price = office.charge ? ` (${dong(office.charge)}/tin)` : "";
  return `${nationalNumber(office.name)}${price}${office.keyword ? `, bắt đầu bằng ${office.keyword}` : ""}`;
}
