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

/** The records that a chunk of a capture file completed. With an `error`, the records are those before it, and nothing more is read. */
type CaptureBatch = {readonly records: readonly CaptureRecord[]; readonly error?: CaptureError};

const MAGIC_BYTES = 4;
/** The most bytes of secrets that are kept from a capture file, in all sections together. */
const mostSecretBytes = 64 * 2 ** 20;

const formatOf = (bytes: Uint8Array, at: number): CaptureFormat | undefined => {
  const magic = readUint(bytes, at, MAGIC_BYTES);
  if (magic === BlockType.section) return 'pcapng';
  return isPcapMagic(magic) ? 'pcap' : undefined;
};

/**
 * A buffer of bytes of a capture file that were pushed and not yet read. It grows with what arrives, never with what a length field
 * promises.
 */
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
  /** The offset in the capture file of the first byte not yet read. */
  #offset = 0;
  #records = 0;
  #error: CaptureError | undefined;
  readonly #interfaces: CaptureInterface[] = [];
  readonly #secrets: CaptureSecrets[] = [];
  #secretBytes = 0;
  readonly #sectionComments: string[] = [];
  #header: FileHeader | undefined;

  /** The format of the capture file; undefined until its first four bytes have arrived, or if they are of neither format. */
  get format(): CaptureFormat | undefined {
    return this.#format;
  }

  /** The header of the capture file, in pcapng that of the first section; undefined until it has been read completely. */
  get header(): FileHeader | undefined {
    return this.#header;
  }

  /** The interfaces that the capture file describes, of all sections in order; a classic pcap file has one. */
  get interfaces(): readonly CaptureInterface[] {
    return this.#interfaces;
  }

  /** The secrets in the capture file, such as TLS keys, without those that exceed the limit. */
  get secrets(): readonly CaptureSecrets[] {
    return this.#secrets;
  }

  get sectionComments(): readonly string[] {
    return this.#sectionComments;
  }

  /**
   * Pushes a chunk of a capture file, which is copied and may be reused; returns the records that it completes, and the error if there is
   * one.
   */
  push(chunk: Uint8Array): CaptureBatch {
    const records: CaptureRecord[] = [];
    const error = this.read(chunk, (record) => {
      records.push({...record, bytes: record.bytes.slice()});
      return true;
    });
    return {records, ...(error && {error})};
  }

  /**
   * Reads a chunk of a capture file and passes each record to `take`, until that returns false; then nothing more is read. The bytes of a
   * record belong to the reader and are valid only during the call.
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

  /** Ends the capture file; returns an error if it must not end here, otherwise undefined. */
  end(): CaptureError | undefined {
    if (this.#error) return this.#error;
    const left = this.#pending.bytes.length;
    if (this.#format === undefined) {
      const offset = this.#offset;
      return left === 0 ? {code: 'empty', offset} : {code: 'not-a-capture', offset};
    }
    // A classic pcap file of only the header is an empty capture; half a header is a cut file.
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
