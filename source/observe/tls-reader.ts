// Reads the TLS of one connection from the pieces of its directions: records, contents, messages and alerts. For a growing capture, reading
// continues where the previous look ended.
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import type {Told} from './connections.ts';
import {StepsBack, type Undo} from './steps-back.ts';
import {ContentReader} from './tls-contents.ts';
import {HelloReader, versionOf} from './tls-hellos.ts';
import {MessageReader} from './tls-messages.ts';
import {RecordCutter, type SeenRecord} from './tls-records.ts';

/** A look at a growing capture: its number of events, and how many of them are unchanged since the previous look at the connection. */
export type Look = {readonly length: number; readonly unchanged: number};

/**
 * Returns the event under which a reading step is remembered. A step at the capture's end gets infinity: it stands for what has not come
 * yet and is always undone at the next look.
 */
export const settledAt = (event: number, {length}: Pick<Look, 'length'>): number =>
  event < length ? event : Number.POSITIVE_INFINITY;

export class TlsReader {
  readonly #keys: TlsKeys | undefined;
  readonly #cutter = new RecordCutter();
  readonly #hellos = new HelloReader();
  /** The reader of record contents, made with the hellos that are known so far. */
  #contents: ContentReader;
  #messages = new MessageReader(undefined);
  #taken = 0;
  readonly #grows: boolean;
  readonly #steps: StepsBack;

  constructor(keys: TlsKeys | undefined, grows: boolean) {
    this.#keys = keys;
    this.#grows = grows;
    this.#steps = new StepsBack(grows);
    this.#contents = new ContentReader(this.#hellos.found, keys);
  }

  get records(): readonly SeenRecord[] {
    return this.#cutter.records;
  }

  get stopped(): RecordCutter['stopped'] {
    return this.#cutter.stopped;
  }

  get hellos(): HelloReader['found'] {
    return this.#hellos.found;
  }

  get contents(): ContentReader {
    return this.#contents;
  }

  get messages(): MessageReader {
    return this.#messages;
  }

  /** Undoes the reading steps that rest on changed events of a growing capture; returns false if they cannot be undone. */
  takeBack({unchanged}: Pick<Look, 'unchanged'>): boolean {
    return this.#steps.to(unchanged);
  }

  take(told: readonly Told[], look: Pick<Look, 'length'>): void {
    for (let each = told[this.#taken]; each !== undefined; each = told[this.#taken]) {
      if (this.#cutter.isOver) break;
      if (this.#grows) this.#steps.did(settledAt(each.event, look), this.#asItIs());
      this.#taken += 1;
      for (const record of this.#cutter.take(each)) this.#read(record);
    }
  }

  #read(record: SeenRecord): void {
    const before = this.#hellos.found;
    this.#hellos.take(record);
    const {found} = this.#hellos;
    if (found === before) {
      this.#open(record);
      return;
    }
    // A new hello was found, so all records up to it, including early data, are decrypted again with what the hellos now say.
    this.#contents = new ContentReader(found, this.#keys);
    this.#messages = new MessageReader(found.server && versionOf(found.server));
    for (const each of this.records) {
      this.#open(each);
      if (each === record) break;
    }
  }

  #open(record: SeenRecord): void {
    this.#messages.take(this.#contents.take(record));
  }

  #asItIs(): Undo {
    const [taken, contents, messages] = [this.#taken, this.#contents, this.#messages];
    const undo = [this.#cutter, this.#hellos, contents, messages].map((each) => each.asItIs());
    return () => {
      for (const each of undo) each();
      [this.#taken, this.#contents, this.#messages] = [taken, contents, messages];
    };
  }
}
