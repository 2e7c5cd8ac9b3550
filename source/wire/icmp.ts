// Reads and writes ICMP (RFC 792) and ICMPv6 messages (RFC 4443 §2.1), which have one form of header; only the checksum's pseudo header
// differs.
import {checksumAdd, checksumFinish} from './checksum.ts';
import {layout, uint} from './layout.ts';
import {readUint, writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {type Rope, ropeCopy, ropeFromBytes} from './rope.ts';
import type {WireError} from './wire-error.ts';

/** A message of ICMP or ICMPv6: `rest` is the header's second word, `payload` what follows it (RFC 792, RFC 4443). */
export type IcmpMessage = {
  readonly type: number;
  readonly code: number;
  readonly rest: number;
  readonly payload: Rope;
};

type IcmpProtocol = 'icmp' | 'icmpv6';

const header = (protocol: IcmpProtocol) =>
  layout(protocol, [
    uint('type', 8, `${protocol}.type`),
    uint('code', 8, `${protocol}.code`),
    uint('checksum', 16, `${protocol}.checksum`, {hex: 4}),
  ]);

export const icmpHeaders = {
  icmp: header('icmp'),
  icmpv6: header('icmpv6'),
} as const;

/** The length of an ICMP header in bytes: type, code, checksum, and the word after them. */
export const ICMP_SIZE = 8;

/** Writes an ICMP or ICMPv6 message; `pseudo` is the sum over the pseudo header, 0 for ICMP, which has none. */
export const writeIcmp = (bytes: Uint8Array, at: number, message: IcmpMessage, pseudo: number): void => {
  icmpHeaders.icmp.write(bytes, at, {type: message.type, code: message.code, checksum: 0});
  writeUint(bytes, at + 4, 4, message.rest);
  ropeCopy(message.payload, bytes, at + ICMP_SIZE);
  const end = at + ICMP_SIZE + message.payload.length;
  writeUint(bytes, at + 2, 2, checksumFinish(checksumAdd(pseudo, bytes, at, end)));
};

/** Reads an ICMP or ICMPv6 message; `pseudo` is the sum over the pseudo header, or undefined if checksums are not verified. */
export const readIcmp = (
  bytes: Uint8Array,
  protocol: IcmpProtocol,
  pseudo: number | undefined,
): Result<IcmpMessage, WireError> => {
  if (bytes.length < ICMP_SIZE) return err({code: 'short', protocol, needed: ICMP_SIZE, found: bytes.length});
  const {type, code, checksum} = icmpHeaders[protocol].read(bytes, 0);
  if (pseudo !== undefined && checksumFinish(checksumAdd(pseudo, bytes, 0, bytes.length)) !== 0) {
    const expected = checksumFinish(checksumAdd(pseudo - checksum, bytes, 0, bytes.length));
    return err({code: 'checksum', protocol, expected, found: checksum});
  }
  return ok({type, code, rest: readUint(bytes, 4, 4), payload: ropeFromBytes(bytes.subarray(ICMP_SIZE))});
};
