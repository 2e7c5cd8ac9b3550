// Reads capture files as a stream: push chunks of any size, get whole records. The first bytes distinguish pcap and pcapng.
import {readUint} from '../octets.ts';
import {isPcapMagic, pcapParser} from './classic.ts';
import {BlockType, pcapngParser} from './ng.ts';
import type {
  CaptureError,
  CaptureInterface,
  CaptureRecord,
  CaptureSecrets,
  FileHeader,
  Parsed,
  Parser,
} from './record.ts';

type CaptureFormat = 'pcap' | 'pcapng';

/** Records up to an error are whole; after an error nothing more is read. */
type CaptureBatch = {readonly records: readonly CaptureRecord[]; readonly error?: CaptureError};

const MAGIC_BYTES = 4;
/** The most bytes of secrets in all sections together. */
const mostSecretBytes = 64 * 2 ** 20;

const formatOf = (bytes: Uint8Array, at: number): CaptureFormat | undefined => {
  const magic = readUint(bytes, at, MAGIC_BYTES);
  if (magic === BlockType.section) return 'pcapng';
  return isPcapMagic(magic) ? 'pcap' : undefined;
};

/** Bytes that were pushed and not yet read. The buffer grows with what arrives, never with what a length field promises. */
class Pending {
  #buffer = new Uint8Array(0);
  #start = 0;
  #end = 0;

  append(chunk: Uint8Array): void {
    const kept = this.#end - this.#start;
    if (this.#end + chunk.length > this.#buffer.length) {
      const target =
        kept + chunk.length > this.#buffer.length ? new Uint8Array(2 * (kept + chunk.length)) : this.#buffer;
      target.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = target;
      this.#start = 0;
      this.#end = kept;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  drop(count: number): void {
    this.#start += count;
  }
}

export class CaptureReader {
  readonly #pending = new Pending();
  #parser: Parser | undefined;
  #format: CaptureFormat | undefined;
  /** The file offset of the first pending byte. */
  #offset = 0;
  #records = 0;
  #error: CaptureError | undefined;
  readonly #interfaces: CaptureInterface[] = [];
  readonly #secrets: CaptureSecrets[] = [];
  #secretBytes = 0;
  readonly #sectionComments: string[] = [];
  #header: FileHeader | undefined;

  /** Returns the format of the capture; undefined until the first four bytes have arrived. */
  get format(): CaptureFormat | undefined {
    return this.#format;
  }

  /** Returns the header of the file; undefined until it has been read completely. */
  get header(): FileHeader | undefined {
    return this.#header;
  }

  /** The interfaces of all sections, in order; a classic file has one. */
  get interfaces(): readonly CaptureInterface[] {
    return this.#interfaces;
  }

  /** The secrets that fit the limit. */
  get secrets(): readonly CaptureSecrets[] {
    return this.#secrets;
  }

  get sectionComments(): readonly string[] {
    return this.#sectionComments;
  }

  /** Pushes a chunk, which is copied and may be reused; returns the records that it completes, and the error if there is one. */
  push(chunk: Uint8Array): CaptureBatch {
    const records: CaptureRecord[] = [];
    const error = this.read(chunk, (record) => {
      records.push({...record, bytes: record.bytes.slice()});
      return true;
    });
    return {records, ...(error && {error})};
  }

  /**
   * Reads a chunk and gives each record to `take`, until that returns false; then nothing more is read. The bytes of a record belong to the
   * reader and are valid only during the call.
   */
  read(chunk: Uint8Array, take: (record: CaptureRecord) => boolean): CaptureError | undefined {
    if (this.#error) return this.#error;
    this.#pending.append(chunk);
    const bytes = this.#pending.bytes;
    let at = 0;
    while (at < bytes.length) {
      const parsed = this.#read(bytes, at);
      if (parsed.kind === 'failed') this.#error = parsed.error;
      if (parsed.kind !== 'taken') break;
      this.#keep(parsed);
      at += parsed.length;
      this.#offset += parsed.length;
      if (parsed.record && !take(parsed.record)) break;
    }
    this.#pending.drop(at);
    return this.#failure();
  }

  /** Returns an error if the file must not end here, otherwise undefined. */
  end(): CaptureError | undefined {
    if (this.#error) return this.#error;
    const left = this.#pending.bytes.length;
    if (this.#format === undefined) {
      const offset = this.#offset;
      return left === 0 ? {code: 'empty', offset} : {code: 'not-a-capture', offset};
    }
    // A classic file's header alone is an empty capture; half a header is a cut file.
    const whole = left === 0 && this.#offset > 0;
    return whole ? undefined : {code: 'cut', offset: this.#offset, frameNumber: this.#records + 1};
  }

  #failure(): CaptureError | undefined {
    return this.#error;
  }

  #read(bytes: Uint8Array, at: number): Parsed {
    if (!this.#parser) {
      if (bytes.length - at < MAGIC_BYTES) return {kind: 'more'};
      this.#format = formatOf(bytes, at);
      if (this.#format === undefined)
        return {kind: 'failed', error: {code: 'not-a-capture', offset: this.#offset}};
      this.#parser = this.#format === 'pcap' ? pcapParser() : pcapngParser();
    }
    return this.#parser({pending: bytes, at, offset: this.#offset, frameNumber: this.#records + 1});
  }

  #keep(taken: Extract<Parsed, {readonly kind: 'taken'}>): void {
    if (taken.record) this.#records += 1;
    if (taken.file) this.#header ??= taken.file;
    if (taken.interface) this.#interfaces.push(taken.interface);
    const secretBytes = this.#secretBytes + (taken.secrets?.bytes.length ?? 0);
    if (taken.secrets && secretBytes <= mostSecretBytes) {
      this.#secrets.push(taken.secrets);
      this.#secretBytes = secretBytes;
    }
    if (taken.sectionComments) this.#sectionComments.push(...taken.sectionComments);
  }
}
