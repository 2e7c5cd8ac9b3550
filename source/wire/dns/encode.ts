// Encodes DNS messages (RFC 1035 §4.1), with names compressed where RFC 1035 §3.3 and RFC 3597 §4 allow it.

import {writeIpv4, writeIpv6} from '../ip-address.ts';
import {octetsOf} from '../octets.ts';
import {dnsHeader, flagWord} from './header.ts';
import type {DnsMessage, DnsRecord, RData} from './message.ts';
import {type DnsName, labelOctets, labelsOf, nameOf} from './name.ts';

/** The largest offset in a DNS message that a compression pointer can name, because it has 14 bits. */
const pointerMost = 0x3fff;

type Out = {
  readonly octets: number[];
  /**
   * The offset of each domain name written so far, by its text including the case of letters, so that every name is decoded as it was
   * encoded (RFC 1035 §2.3.3).
   */
  readonly places: Map<DnsName, number>;
};

const mostIn = {1: 0xff, 2: 0xffff, 4: 0xffff_ffff};

const put = ({octets}: Out, size: 1 | 2 | 4, value: number): void => {
  if (value > mostIn[size]) throw new RangeError(`${value} does not fit into ${size} octets`);
  for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) octets.push((value >>> shift) & 0xff);
};

const putHex = ({octets}: Out, hex: string): void => {
  octets.push(...octetsOf(hex));
};

const putLabel = ({octets}: Out, label: string): void => {
  const written = labelOctets(label);
  octets.push(written.length, ...written);
};

const putName = (out: Out, name: DnsName): void => {
  const labels = labelsOf(name);
  for (const [index, label] of labels.entries()) {
    const rest = nameOf(labels.slice(index));
    const place = out.places.get(rest);
    if (place !== undefined) {
      put(out, 2, 0xc000 | place);
      return;
    }
    if (out.octets.length <= pointerMost) out.places.set(rest, out.octets.length);
    putLabel(out, label);
  }
  put(out, 1, 0);
};

/** Writes a domain name without compression, for record types younger than RFC 1035 (RFC 3597 §4). */
const putPlainName = (out: Out, name: DnsName): void => {
  for (const label of labelsOf(name)) putLabel(out, label);
  put(out, 1, 0);
};

const putAddress = (out: Out, text: string, size: 4 | 16): void => {
  const octets = new Uint8Array(size);
  const write = size === 4 ? writeIpv4 : writeIpv6;
  if (!write(octets, 0, text)) throw new RangeError(`no address of ${size} octets: ${text}`);
  out.octets.push(...octets);
};

const putSoa = (out: Out, data: Extract<RData, {readonly kind: 'SOA'}>): void => {
  putName(out, data.mname);
  putName(out, data.rname);
  for (const value of [data.serial, data.refresh, data.retry, data.expire, data.minimum]) put(out, 4, value);
};

const putOptions = (out: Out, {options}: Extract<RData, {readonly kind: 'OPT'}>): void => {
  for (const {code, data} of options) {
    put(out, 2, code);
    put(out, 2, data.length / 2);
    putHex(out, data);
  }
};

const putStrings = (out: Out, strings: readonly string[]): void => {
  for (const text of strings) {
    put(out, 1, text.length / 2);
    putHex(out, text);
  }
};

const putRData = (out: Out, data: RData): void => {
  switch (data.kind) {
    case 'A':
      putAddress(out, data.address, 4);
      break;
    case 'AAAA':
      putAddress(out, data.address, 16);
      break;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      putName(out, data.name);
      break;
    case 'SOA':
      putSoa(out, data);
      break;
    case 'MX':
      put(out, 2, data.preference);
      putName(out, data.exchange);
      break;
    case 'TXT':
      putStrings(out, data.strings);
      break;
    case 'SRV':
      for (const value of [data.priority, data.weight, data.port]) put(out, 2, value);
      putPlainName(out, data.target);
      break;
    case 'DNAME':
      putPlainName(out, data.name);
      break;
    case 'OPT':
      putOptions(out, data);
      break;
    default:
      putHex(out, data.octets);
      break;
  }
};

const putRecord = (out: Out, record: DnsRecord): void => {
  putName(out, record.name);
  put(out, 2, record.type);
  put(out, 2, record.class);
  put(out, 4, record.ttl);
  const lengthAt = out.octets.length;
  put(out, 2, 0);
  putRData(out, record.data);
  const length = out.octets.length - lengthAt - 2;
  if (length > 0xffff) throw new RangeError(`RDATA of ${length} octets`);
  out.octets[lengthAt] = length >> 8;
  out.octets[lengthAt + 1] = length & 0xff;
};

/** Encodes a DNS message of any length; `encodeDnsWithin` applies the limit of the transport. Throws if a value does not fit its field. */
export const encodeDns = (message: DnsMessage): Uint8Array => {
  const {id, opcode, flags, rcode, questions, answers, authorities, additionals} = message;
  const out: Out = {octets: Array<number>(dnsHeader.size).fill(0), places: new Map()};
  for (const question of questions) {
    putName(out, question.name);
    put(out, 2, question.type);
    put(out, 2, question.class);
  }
  for (const record of [...answers, ...authorities, ...additionals]) putRecord(out, record);
  const bytes = Uint8Array.from(out.octets);
  dnsHeader.write(bytes, 0, {
    id,
    flags: flagWord(flags, opcode, rcode),
    questions: questions.length,
    answers: answers.length,
    authorities: authorities.length,
    additionals: additionals.length,
  });
  return bytes;
};
