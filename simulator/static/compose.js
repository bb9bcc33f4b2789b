// Where the citizen writes: words, a picture, a recording.
import { Recorder, sampleVoice } from "./recorder.js";

const LARGEST_FILE = 5 * 1024 * 1024;

// `send(text, media)` sends; it throws an Error whose text is shown.
export class Compose {
  constructor(root, { send, fail }) {
    this.form = root.querySelector(".compose");
    this.box = root.querySelector("textarea");
    this.file = root.querySelector(".picture input");
    this.chip = root.querySelector(".chip");
    this.voice = root.querySelector(".tool.voice");
    this.deliver = send;
    this.fail = fail;
    this.busy = false;
    this.editing = null;
    this.recorder = new Recorder();
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.box.addEventListener("input", () => this.fit());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.file.addEventListener("change", () => this.showChip());
    this.chip.querySelector("button").addEventListener("click", () => this.giveUp());
    this.voice?.addEventListener("click", () => this.record());
  }

  enable(on) {
    this.form.querySelectorAll("button, textarea, input").forEach((part) => (part.disabled = !on));
    if (!on) this.recorder.cancel();
  }

  async send() {
    const files = [...this.file.files];
    if (this.busy || (!this.box.value.trim() && !files.length)) return;
    await this.attempt(async () => {
      await this.deliver(this.box.value, await Promise.all(files.map(readFile)));
      this.box.value = "";
      this.forget();
      this.fit();
    });
  }

  // Pressed once it records, pressed again it sends.
  async record() {
    await this.attempt(async () => {
      if (this.recorder.isRunning) {
        this.showRecording(false);
        return this.deliver("", [await readFile(await this.recorder.stop())]);
      }
      try {
        await this.recorder.start();
      } catch {
        await this.deliver("", [await readFile(sampleVoice())]);
        throw new Error("Máy tính này không có micrô: đã gửi một đoạn ghi âm mẫu.");
      }
      return this.showRecording(true);
    });
  }

  async attempt(work) {
    this.fail("");
    this.busy = true;
    try {
      await work();
    } catch (error) {
      this.fail(error.message);
    } finally {
      this.busy = false;
    }
  }

  showRecording(on) {
    this.voice.setAttribute("aria-pressed", String(on));
    this.box.placeholder = on ? "Đang ghi âm, bấm lần nữa để gửi" : this.placeholder ?? "";
  }

  // `text` over the box: pictures that go along, or a message that is being changed.
  showChip(text) {
    const names = [...this.file.files].map((file) => file.name);
    const said = text ?? (names.length ? `Ảnh gửi kèm: ${names.join(", ")}` : "");
    this.chip.hidden = !said;
    this.chip.querySelector("span").textContent = said;
  }

  // The pictures stay at home, or the message as it was.
  giveUp() {
    if (this.editing) this.box.value = "";
    this.forget();
    this.fit();
  }

  forget() {
    this.file.value = "";
    this.editing = null;
    this.showChip();
  }

  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }
}

async function readFile(file) {
  if (file.size > LARGEST_FILE) throw new Error("Tệp quá lớn, chỉ gửi được dưới 5 MB.");
  const reader = new FileReader();
  await new Promise((done, failed) => {
    reader.onload = done;
    reader.onerror = () => failed(new Error("Không đọc được tệp này."));
    reader.readAsDataURL(file);
  });
  return { content_type: file.type, data: reader.result.split(",")[1] };
}
