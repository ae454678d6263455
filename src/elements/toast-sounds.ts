import type { Clock, NoticeKind } from '../model/index.js';

/** What a sound can be for. */
export type ToastSound = Exclude<NoticeKind, 'summary'>;

/** A tone: its frequency in hertz, when it begins and how long it sounds, in seconds. */
type Tone = readonly [frequency: number, start: number, length: number];

/** Few soft tones each: rising for an unlock, higher and longer the more it means. */
const TUNES: Readonly<Record<ToastSound, readonly Tone[]>> = {
  progress: [[660, 0, 0.12]],
  unlock: [
    [523.25, 0, 0.16],
    [783.99, 0.1, 0.3],
  ],
  challenge: [
    [392, 0, 0.14],
    [523.25, 0.09, 0.14],
    [659.25, 0.18, 0.34],
  ],
  rare: [
    [523.25, 0, 0.16],
    [659.25, 0.09, 0.16],
    [783.99, 0.18, 0.16],
    [1046.5, 0.27, 0.5],
  ],
  complete: [
    [523.25, 0, 0.6],
    [659.25, 0.08, 0.6],
    [783.99, 0.16, 0.6],
    [1046.5, 0.32, 0.8],
    [1318.5, 0.4, 0.8],
  ],
};

/** How long after its last tone a context is closed, in milliseconds. */
const REST = 500;

/** Plays a sound of our own. A browser that does not let the page play before somebody has touched it stays silent. */
export function playTune(sound: ToastSound, volume: number, clock: Clock): void {
  const tones = TUNES[sound];
  try {
    const context = new AudioContext();
    const loudness = new GainNode(context, { gain: volume * 0.4 });
    loudness.connect(context.destination);
    const begin = context.currentTime + 0.02;
    for (const [frequency, start, length] of tones) {
      const tone = new OscillatorNode(context, { type: 'triangle', frequency });
      const shape = new GainNode(context, { gain: 0 });
      // Without a slope at both ends it clicks.
      shape.gain.setValueAtTime(0, begin + start);
      shape.gain.linearRampToValueAtTime(1, begin + start + 0.015);
      shape.gain.exponentialRampToValueAtTime(0.001, begin + start + length);
      tone.connect(shape).connect(loudness);
      tone.start(begin + start);
      tone.stop(begin + start + length);
    }
    const end = Math.max(...tones.map(([, start, length]) => start + length)) * 1000;
    // By the clock and not by the last tone's end, which never comes where the browser does not play.
    clock.setTimeout(() => void context.close().catch(() => undefined), end + REST);
  } catch {
    // No audio here.
  }
}

/** Plays a file of the host. */
export function playFile(url: string, volume: number): void {
  try {
    const audio = new Audio(url);
    audio.volume = volume;
    void audio.play().catch(() => undefined);
  } catch {
    // No audio here.
  }
}
