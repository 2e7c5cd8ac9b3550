// What one end of HTTP/2 has said that the other may do (RFC 9113 §6.5): what it raises counts at once, because the other end may
// have read it; what it lowers counts when that is acknowledged.
import {initialValues, Setting} from '../wire/http2/registry.ts';

export type Settings = readonly (readonly [id: number, value: number])[];

/** More than this unacknowledged are taken as acknowledged. */
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

  /** Of each stream, before WINDOW_UPDATE. */
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
