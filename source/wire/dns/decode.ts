// Octets to DNS messages (RFC 1035 §4.1): all of a message or an error.
import {err, ok, type Result} from '../result.ts';
import type {WireError} from '../wire-error.ts';
import {dnsHeader, flagsOf} from './header.ts';
import type {DnsMessage, DnsRecord} from './message.ts';
import {type Section, walkDns} from './walk.ts';

/** `bytes` is one message, without the length that TCP puts before it. */
export const decodeDns = (bytes: Uint8Array): Result<DnsMessage, WireError> => {
  if (bytes.length < dnsHeader.size)
    return err({code: 'short', protocol: 'dns', needed: dnsHeader.size, found: bytes.length});
  const {id, flags} = dnsHeader.read(bytes, 0);
  const {questions, records, error} = walkDns(bytes);
  if (error) return err(error);
  const of = (section: Section): readonly DnsRecord[] =>
    records.filter((placed) => placed.section === section).map(({record}) => record);
  return ok({
    id,
    opcode: (flags >> 11) & 0xf,
    flags: flagsOf(flags),
    rcode: flags & 0xf,
    questions: questions.map(({question}) => question),
    answers: of('answers'),
    authorities: of('authorities'),
    additionals: of('additionals'),
  });
};
