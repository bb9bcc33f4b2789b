// A voice message from this computer's microphone, or a short sample where there is none.

const WANTED = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];
const SAMPLE_RATE = 8000;
const SAMPLE_SECONDS = 2;

export class Recorder {
  constructor() {
    this.running = null;
  }

  get isRunning() {
    return this.running !== null;
  }

  // Resolves once it records. Throws where there is no microphone, or it may not be used.
  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = WANTED.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.start();
    this.running = { recorder, stream, parts };
  }

  // What was recorded.
  async stop() {
    const { recorder, stream, parts } = this.running;
    this.running = null;
    await new Promise((done) => {
      recorder.addEventListener("stop", done, { once: true });
      recorder.stop();
    });
    stream.getTracks().forEach((track) => track.stop());
    return new Blob(parts, { type: recorder.mimeType.split(";")[0] || "audio/webm" });
  }

  cancel() {
    this.running?.stream.getTracks().forEach((track) => track.stop());
    this.running = null;
  }
}

// A quiet hum that swells and fades, as a WAV file of 8-bit samples.
export function sampleVoice() {
  const count = SAMPLE_RATE * SAMPLE_SECONDS;
  const view = new DataView(new ArrayBuffer(44 + count));
  const letters = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  letters(0, "RIFF");
  view.setUint32(4, 36 + count, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  letters(36, "data");
  view.setUint32(40, count, true);
  for (let index = 0; index < count; index += 1) {
    const swell = Math.sin((Math.PI * index) / count);
    view.setUint8(44 + index, 128 + Math.round(40 * swell * Math.sin((2 * Math.PI * 180 * index) / SAMPLE_RATE)));
  }
  return new Blob([view], { type: "audio/wav" });
}
