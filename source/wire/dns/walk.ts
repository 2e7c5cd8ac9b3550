// Walks through a DNS message from its first octet to its last, as far as it can be decoded, and returns each question and record with its
// place.
import {readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import type {WireError} from '../wire-error.ts';
import {dnsHeader} from './header.ts';
import type {DnsQuestion, DnsRecord} from './message.ts';
import {readName} from './read-name.ts';
import {readRData} from './read-rdata.ts';

/** A question of a DNS message and its place, octets `start … end`; its name ends at `nameEnd`. */
export type PlacedQuestion = {
  readonly start: number;
  readonly nameEnd: number;
  readonly end: number;
  readonly question: DnsQuestion;
};

export type Section = 'answers' | 'authorities' | 'additionals';

/** A record of a DNS message and its place, octets `start … end`; its name ends at `nameEnd`, and its RDATA begins at `dataStart`. */
export type PlacedRecord = {
  readonly section: Section;
  readonly start: number;
  readonly nameEnd: number;
  readonly dataStart: number;
  readonly end: number;
  readonly record: DnsRecord;
};

export type DnsWalk = {
  readonly header: ReturnType<typeof dnsHeader.read>;
  readonly questions: readonly PlacedQuestion[];
  readonly records: readonly PlacedRecord[];
  /** The offset in the DNS message after the last question or record that could be read. */
  readonly end: number;
  /** Why the rest of the DNS message could not be read; absent if everything was read. */
  readonly error?: WireError;
};

const shortOf = (bytes: Uint8Array, needed: number) =>
  err({code: 'short', protocol: 'dns', needed, found: bytes.length} as const);

const readQuestion = (bytes: Uint8Array, start: number): Result<PlacedQuestion, WireError> => {
  const name = readName(bytes, {at: start, end: bytes.length, field: 'dns.qry.name'});
  if (!name.ok) return name;
  const nameEnd = name.value.end;
  const end = nameEnd + 4;
  if (end > bytes.length) return shortOf(bytes, end);
  const type = readUint(bytes, nameEnd, 2);
  return ok({
    start,
    nameEnd,
    end,
    question: {name: name.value.name, type, class: readUint(bytes, nameEnd + 2, 2)},
  });
};

const readRecord = (bytes: Uint8Array, start: number, section: Section): Result<PlacedRecord, WireError> => {
  const name = readName(bytes, {at: start, end: bytes.length, field: 'dns.resp.name'});
  if (!name.ok) return name;
  const nameEnd = name.value.end;
  const dataStart = nameEnd + 10;
  if (dataStart > bytes.length) return shortOf(bytes, dataStart);
  const end = dataStart + readUint(bytes, nameEnd + 8, 2);
  if (end > bytes.length) return shortOf(bytes, end);
  const type = readUint(bytes, nameEnd, 2);
  const recordClass = readUint(bytes, nameEnd + 2, 2);
  const data = readRData(bytes, {start: dataStart, end}, {type, class: recordClass});
  if (!data.ok) return data;
  const ttl = readUint(bytes, nameEnd + 4, 4);
  const record = {name: name.value.name, type, class: recordClass, ttl, data: data.value};
  return ok({section, start, nameEnd, dataStart, end, record});
};

/** Returns the questions and records of a DNS message with their places; `bytes` must contain a whole header. */
export const walkDns = (bytes: Uint8Array): DnsWalk => {
  const header = dnsHeader.read(bytes, 0);
  const questions: PlacedQuestion[] = [];
  const records: PlacedRecord[] = [];
  let end = dnsHeader.size;
  for (let count = 0; count < header.questions; count++) {
    const read = readQuestion(bytes, end);
    if (!read.ok) return {header, questions, records, end, error: read.error};
    questions.push(read.value);
    end = read.value.end;
  }
  for (const section of ['answers', 'authorities', 'additionals'] as const) {
    for (let count = 0; count < header[section]; count++) {
      const read = readRecord(bytes, end, section);
      if (!read.ok) return {header, questions, records, end, error: read.error};
      records.push(read.value);
      end = read.value.end;
    }
  }
  if (end === bytes.length) return {header, questions, records, end};
  // The DNS message has more octets than the counts in its header explain.
  return {
    header,
    questions,
    records,
    end,
    error: {code: 'malformed', protocol: 'dns', field: 'dns.count.add_rr'},
  };
};
