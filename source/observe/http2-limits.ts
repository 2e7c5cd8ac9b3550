// The limits that one end's HTTP/2 SETTINGS set for the other end (RFC 9113 §6.5). A raised limit counts at once, because the other end may
// have read it; a lowered one counts when it is acknowledged.
import {initialValues, Setting} from '../wire/http2/registry.ts';

export type Settings = readonly (readonly [id: number, value: number])[];

/** The highest number of unacknowledged SETTINGS that are remembered; if there are more, the oldest counts as acknowledged. */
const mostWaiting = 100;

export class Http2Limits {
  readonly #waiting: Settings[] = [];
  readonly #values = new Map<number, number>([
    [Setting.HEADER_TABLE_SIZE, initialValues.headerTable],
    [Setting.INITIAL_WINDOW_SIZE, initialValues.window],
    [Setting.MAX_FRAME_SIZE, initialValues.frame],
  ]);

  get headerTable(): number {
    return this.#values.get(Setting.HEADER_TABLE_SIZE) ?? 0;
  }

  /** The initial size in octets of each stream's flow control window (SETTINGS_INITIAL_WINDOW_SIZE). */
  get window(): number {
    return this.#values.get(Setting.INITIAL_WINDOW_SIZE) ?? 0;
  }

  get frame(): number {
    return this.#values.get(Setting.MAX_FRAME_SIZE) ?? 0;
  }

  say(settings: Settings): void {
    this.#waiting.push(settings);
    for (const [id, value] of settings)
      if (value > (this.#values.get(id) ?? value)) this.#values.set(id, value);
    if (this.#waiting.length > mostWaiting) this.acknowledge();
  }

  acknowledge(): void {
    for (const [id, value] of this.#waiting.shift() ?? []) {
      if (!this.#values.has(id)) continue;
      const later = this.#waiting.flat().flatMap(([other, raised]) => (other === id ? raised : []));
      this.#values.set(id, Math.max(value, ...later));
    }
  }
}
