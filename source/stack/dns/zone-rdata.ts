// Parses RDATA as zone files write it (RFC 1035 §3.3, §5.1; AAAA: RFC 3596 §2.4, SRV: RFC 2782, any type: RFC 3597 §5).
import {decodeDns} from '../../wire/dns/decode.ts';
import {encodeDns} from '../../wire/dns/encode.ts';
import {noFlags, noRecords, type RData} from '../../wire/dns/message.ts';
import {type DnsName, parseName, rootName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {formatIpAddress, parseIpAddress} from '../../wire/ip-address.ts';
import {hexOf} from '../../wire/octets.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import type {ZonePlace, ZoneProblem} from './zone-problem.ts';
import type {ZoneWord} from './zone-tokens.ts';

const stringOctetsMost = 255;
/** The longest DNS TTL in seconds, because its first bit must be zero (RFC 2181 §8). */
export const ttlMost = 0x7fffffff;

const unitSeconds: Readonly<Record<string, number>> = {s: 1, m: 60, h: 3600, d: 86_400, w: 604_800};

/** Returns the seconds that a zone file writes as `3600`, or in BIND's units as `1h30m`; undefined if the text is neither. */
export const periodOf = (text: string): number | undefined => {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,10}[smhdw])+$/i.test(text)) return undefined;
  const parts = text.toLowerCase().match(/\d+[a-z]/g) ?? [];
  return parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (unitSeconds[part.slice(-1)] ?? 0), 0);
};

/** Returns the full name for a name in a zone file: `@` is the origin, and a name without a final dot is below the origin. */
export const zoneName = (word: ZoneWord, origin: DnsName | undefined): DnsName | ZoneProblem => {
  const {text: given, quoted, line, column} = word;
  const absolute = /(?:^|[^\\])(?:\\\\)*\.$/.test(given);
  if (!absolute && origin === undefined) return {line, column, code: 'origin', given};
  if (given === '@' && !quoted) return origin ?? rootName;
  const whole = absolute ? given : `${given}.${origin === rootName ? '' : origin}`;
  const name = parseName(whole);
  return name.ok ? name.value : {line, column, code: 'name', given, why: name.error};
};

/** Returns the octets of a character string in a zone file; undefined if it ends in a lone backslash or has a `\DDD` above 255. */
const stringOctets = (text: string): Uint8Array | undefined => {
  const octets: number[] = [];
  for (const part of text.match(/\\\d{3}|\\[^\d]|\\|[^\\]+/gsu) ?? []) {
    if (!part.startsWith('\\')) octets.push(...encodeUtf8(part));
    else if (part.length === 4) octets.push(Number(part.slice(1)));
    else if (part.length > 1) octets.push(...encodeUtf8(part.slice(1)));
    else return undefined;
  }
  return octets.some((octet) => octet > 0xff) ? undefined : Uint8Array.from(octets);
};

/**
 * Reads the words of one record's RDATA in a zone file one after the other. The first problem is kept; what is read after it is not used.
 */
class Fields {
  problem: ZoneProblem | undefined;
  readonly #words: readonly ZoneWord[];
  readonly #origin: DnsName | undefined;
  readonly #end: ZonePlace;
  #next = 0;

  constructor(words: readonly ZoneWord[], origin: DnsName | undefined, end: ZonePlace) {
    this.#words = words;
    this.#origin = origin;
    this.#end = end;
  }

  name(field: string): DnsName {
    const word = this.#take(field);
    const name = word ? zoneName(word, this.#origin) : rootName;
    if (typeof name === 'string') return name;
    this.problem ??= name;
    return rootName;
  }

  uint(field: string, max: number, read = periodless): number {
    const word = this.#take(field);
    const value = word && read(word.text);
    if (value !== undefined && value <= max) return value;
    if (word) this.fail(word, {code: 'number', field, given: word.text, max});
    return 0;
  }

  address(version: 4 | 6): string {
    const word = this.#take('address');
    const octets = word && parseIpAddress(word.text);
    if (octets?.ok && octets.value.length === (version === 4 ? 4 : 16)) return formatIpAddress(octets.value);
    if (word) this.fail(word, {code: 'address', given: word.text, version});
    return '';
  }

  /** Reads the remaining words as character strings, at least one, and returns their octets in hexadecimal. */
  strings(): readonly string[] {
    const strings: string[] = [];
    do {
      const word = this.#take('string');
      const octets = word && stringOctets(word.text);
      if (octets && octets.length > stringOctetsMost)
        this.fail(word, {code: 'stringLength', octets: octets.length});
      if (octets) strings.push(hexOf(octets));
      else if (word) this.fail(word, {code: 'escape', given: word.text});
    } while (this.#next < this.#words.length && !this.problem);
    return strings;
  }

  /** Reads all remaining words of the RDATA and returns them joined without spaces. */
  rest(): string {
    const words = this.#words.slice(this.#next);
    this.#next = this.#words.length;
    return words.map(({text}) => text).join('');
  }

  /** Records a problem if any word of the RDATA is left unread. */
  finish(): void {
    const word = this.#words[this.#next];
    if (word) this.fail(word, {code: 'surplus', given: word.text});
  }

  fail({line, column}: ZonePlace, what: ZoneFieldProblem): void {
    this.problem ??= {line, column, ...what};
  }

  #take(field: string): ZoneWord | undefined {
    const word = this.#words[this.#next++];
    if (!word) this.fail(this.#end, {code: 'missing', field});
    return word;
  }
}

type Unplaced<P> = P extends ZonePlace ? Omit<P, keyof ZonePlace> : never;
type ZoneFieldProblem = Unplaced<ZoneProblem>;

const periodless = (text: string): number | undefined => (/^\d{1,10}$/.test(text) ? Number(text) : undefined);

const u16 = 0xffff;
const u32 = 0xffffffff;

const readers: ReadonlyMap<number, (fields: Fields) => RData> = new Map([
  [RecordType.A, (fields: Fields): RData => ({kind: 'A', address: fields.address(4)})],
  [RecordType.AAAA, (fields) => ({kind: 'AAAA', address: fields.address(6)})],
  [RecordType.NS, (fields) => ({kind: 'NS', name: fields.name('nsdname')})],
  [RecordType.CNAME, (fields) => ({kind: 'CNAME', name: fields.name('cname')})],
  [RecordType.PTR, (fields) => ({kind: 'PTR', name: fields.name('ptrdname')})],
  [
    RecordType.SOA,
    (fields) => ({
      kind: 'SOA',
      mname: fields.name('mname'),
      rname: fields.name('rname'),
      serial: fields.uint('serial', u32),
      refresh: fields.uint('refresh', u32, periodOf),
      retry: fields.uint('retry', u32, periodOf),
      expire: fields.uint('expire', u32, periodOf),
      minimum: fields.uint('minimum', ttlMost, periodOf),
    }),
  ],
  [
    RecordType.MX,
    (fields) => ({
      kind: 'MX',
      preference: fields.uint('preference', u16),
      exchange: fields.name('exchange'),
    }),
  ],
  [RecordType.TXT, (fields) => ({kind: 'TXT', strings: fields.strings()})],
  [
    RecordType.SRV,
    (fields) => ({
      kind: 'SRV',
      priority: fields.uint('priority', u16),
      weight: fields.uint('weight', u16),
      port: fields.uint('port', u16),
      target: fields.name('target'),
    }),
  ],
]);

/**
 * Returns RDATA written as hexadecimal octets in the form of its type (RFC 3597 §5), raw for an unknown type; undefined if they are not
 * valid for a known type.
 */
const understood = (type: number, octets: string): RData | undefined => {
  const raw = {name: rootName, type, class: RecordClass.IN, ttl: 0, data: {kind: 'raw', octets}} as const;
  const flags = {...noFlags, qr: true, aa: true};
  const sections = {...noRecords, questions: [], answers: [raw]};
  const read = decodeDns(encodeDns({id: 0, opcode: 0, flags, rcode: 0, ...sections}));
  const data = read.ok ? read.value.answers[0]?.data : undefined;
  return data?.kind === 'raw' && readers.has(type) ? undefined : data;
};

const readGeneric = (type: number, fields: Fields, word: ZoneWord): RData => {
  const length = fields.uint('length', u16);
  const octets = fields.rest().toLowerCase();
  const fits = /^(?:[0-9a-f]{2})*$/.test(octets) && octets.length === 2 * length;
  const data = fits ? understood(type, octets) : undefined;
  if (!data) fields.fail(word, {code: 'generic', given: octets});
  return data ?? {kind: 'raw', octets};
};

export const isZoneType = (type: number, [first]: readonly ZoneWord[]): boolean =>
  readers.has(type) || isGenericMark(first);

const isGenericMark = (word: ZoneWord | undefined): boolean => word?.text === '\\#' && !word.quoted;

/** Parses a record's RDATA in a zone file. `words` are those after the type; `end` is the place for the error that a word is missing. */
export const readRData = (
  type: number,
  words: readonly ZoneWord[],
  {origin, end}: {readonly origin: DnsName | undefined; readonly end: ZonePlace},
): RData | ZoneProblem => {
  const [first, ...others] = words;
  const generic = first && isGenericMark(first);
  const fields = new Fields(generic ? others : words, origin, end);
  const read = readers.get(type);
  const data = generic ? readGeneric(type, fields, first) : read?.(fields);
  fields.finish();
  return fields.problem ?? data ?? {...end, code: 'missing', field: '\\#'};
};
