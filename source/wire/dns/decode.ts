// Decodes DNS messages (RFC 1035 §4.1): a whole message or an error, or as much of a damaged one as can be read.
import {err, ok, type Result} from '../result.ts';
import type {WireError} from '../wire-error.ts';
import {dnsHeader, flagsOf} from './header.ts';
import type {DnsMessage, DnsRecord} from './message.ts';
import {type DnsWalk, type Section, walkDns} from './walk.ts';

/** Decodes one whole DNS message, without the length field that precedes it over TCP. */
export const decodeDns = (bytes: Uint8Array): Result<DnsMessage, WireError> => {
  if (bytes.length < dnsHeader.size)
    return err({code: 'short', protocol: 'dns', needed: dnsHeader.size, found: bytes.length});
  const walk = walkDns(bytes);
  return walk.error ? err(walk.error) : ok(messageOf(walk));
};

/**
 * Decodes what can be read of a DNS message that is cut or followed by uncounted octets; undefined if its header or questions cannot be
 * read.
 */
export const decodeDnsPart = (bytes: Uint8Array): DnsMessage | undefined => {
  if (bytes.length < dnsHeader.size) return undefined;
  const walk = walkDns(bytes);
  return walk.questions.length < walk.header.questions ? undefined : messageOf(walk);
};

const noRecords: readonly DnsRecord[] = [];

const messageOf = ({header: {id, flags}, questions, records}: DnsWalk): DnsMessage => {
  const of = (section: Section): readonly DnsRecord[] => {
    if (records.every((placed) => placed.section !== section)) return noRecords;
    return records.filter((placed) => placed.section === section).map(({record}) => record);
  };
  return {
    id,
    opcode: (flags >> 11) & 0xf,
    flags: flagsOf(flags),
    rcode: flags & 0xf,
    questions: questions.map(({question}) => question),
    answers: of('answers'),
    authorities: of('authorities'),
    additionals: of('additionals'),
  };
};
