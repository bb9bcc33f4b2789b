// What all handsets have in common: fetching, drawing, reading, power, and doing things as the citizen.
import { call, element, nationalNumber, phonePath } from "./api.js";
import { timeOfDay } from "./clock.js";
import { Compose } from "./compose.js";
import { Talk } from "./talk.js";

// A handset that the stand-ins do not know yet: it appears there with the first message.
const unknown = (channel, number) => ({ channel, number, name: "", tel: "", on: true, unread: 0, version: 0, refuses: [] });

export class Handset {
  // `context`: `person()`, `offices`, `reload()` and `fail(text)`.
  constructor(root, channels, context) {
    this.root = root;
    this.channels = channels;
    this.context = context;
    this.phones = {};
    this.messages = {};
    this.fetched = {};
    this.talk = new Talk(root.querySelector(".talk"), {
      facts: (message) => this.facts(message),
      press: (message, button) => this.do(() => this.press(message, button)),
    });
    this.compose = new Compose(root, {
      send: async (text, media) => {
        await this.send(text, media);
        this.talk.toEnd();
        await context.reload();
      },
      fail: context.fail,
    });
  }

  get phone() {
    return this.phones[this.channels[0]];
  }

  get unread() {
    return Object.values(this.phones).reduce((sum, phone) => sum + phone.unread, 0);
  }

  async update(person) {
    for (const channel of this.channels) {
      const known = person.phones.find((phone) => phone.channel === channel);
      this.phones[channel] = known ?? unknown(channel, person.tel);
    }
    await Promise.all(this.channels.map((channel) => this.fetch(channel)));
    this.draw();
    await this.read();
  }

  async fetch(channel) {
    const phone = this.phones[channel];
    if (this.fetched[channel] === phone.version) return;
    const { messages } = await call("GET", phonePath(phone, "messages"));
    this.messages[channel] = messages;
    this.fetched[channel] = phone.version;
  }

  all() {
    const together = this.channels.flatMap((channel) => this.messages[channel] ?? []);
    return together.sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  }

  draw() {
    const messages = this.all();
    this.talk.show(messages.filter((message) => message.reached));
    this.showLost(messages.filter((message) => !message.reached && message.error_code !== null));
    this.root.classList.toggle("off", !this.phone.on);
    this.root.querySelector(".dark").hidden = this.phone.on;
    this.talk.box.inert = !this.phone.on;
    this.compose.enable(this.phone.on);
  }

  // Whatever is on a screen that somebody looks at has been read.
  async read() {
    if (document.hidden || !this.root.checkVisibility()) return;
    for (const phone of Object.values(this.phones)) {
      if (phone.unread && phone.on) await this.markRead(phone).catch(() => {});
    }
  }

  markRead(phone) {
    return call("POST", phonePath(phone, "read"));
  }

  // `provider`: whom the citizen writes through; "" is the one who wrote last.
  send(text, media, provider = "") {
    return call("POST", phonePath(this.phone, "say"), { text, media, provider });
  }

  act(gesture, fields = {}, phone = this.phone) {
    return call("POST", phonePath(phone, `acts/${gesture}`), fields);
  }

  async do(work) {
    this.context.fail("");
    try {
      await work();
      await this.context.reload();
    } catch (error) {
      this.context.fail(error.message);
    }
  }

  // One switch for all that is on the same handset.
  async switchPower() {
    const on = !this.phone.on;
    await Promise.all(this.channels.map((channel) => call("POST", phonePath(this.phones[channel], "power"), { on })));
  }

  office(channel = this.channels[0]) {
    return this.context.offices.find((one) => one.channel === channel && one.office)?.office;
  }

  showLost(messages) {
    const lost = this.root.querySelector(".lost");
    lost.hidden = !messages.length;
    lost.querySelector("summary").textContent = `${messages.length} tin không tới được máy này`;
    const lines = messages.map((message) =>
      element("li", "", `${timeOfDay(message.updated_at)}, lỗi ${message.error_code}: ${message.text.slice(0, 60)}`),
    );
    lost.querySelector("ul").replaceChildren(...lines);
  }

  ownNumber() {
    return nationalNumber(this.context.person().tel).replaceAll(" ", "");
  }

  close() {
    this.compose.recorder.cancel();
    this.root.remove();
  }
}
