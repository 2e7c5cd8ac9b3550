// The versions of QUIC: the constants from which each derives its keys (RFC 9001 §5.2, §5.8, RFC 9369 §3.3), and the types of its long
// headers.
import {octetsOf} from '../octets.ts';

export type LongType = 'Initial' | '0-RTT' | 'Handshake' | 'Retry';

export type QuicVersion = {
  readonly number: number;
  readonly name: string;
  /** The salt from which this QUIC version derives the Initial secret. */
  readonly salt: Uint8Array;
  /** Returns the key derivation label of this QUIC version, such as `quic key` or `quicv2 key`. */
  readonly label: (purpose: 'key' | 'iv' | 'hp' | 'ku') => string;
  readonly retryKey: Uint8Array;
  readonly retryNonce: Uint8Array;
  /** The packet types of this QUIC version, by the two type bits of the long header. */
  readonly longTypes: readonly LongType[];
};

const oneLabel = (purpose: string): string => `quic ${purpose}`;
const twoLabel = (purpose: string): string => `quicv2 ${purpose}`;
const oneTypes: readonly LongType[] = ['Initial', '0-RTT', 'Handshake', 'Retry'];

const version1: QuicVersion = {
  number: 1,
  name: '1',
  salt: octetsOf('38762cf7f55934b34d179ae6a4c80cadccbb7f0a'),
  label: oneLabel,
  retryKey: octetsOf('be0c690b9f66575a1d766b54e368c84e'),
  retryNonce: octetsOf('461599d35d632bf2239825bb'),
  longTypes: oneTypes,
};

const version2: QuicVersion = {
  number: 0x6b33_43cf,
  name: '2',
  salt: octetsOf('0dede3def700a6db819381be6e269dcbf9bd2ed9'),
  label: twoLabel,
  retryKey: octetsOf('8fb4b01b56ac48e260fbcbcead7ccc92'),
  retryNonce: octetsOf('d86969bc2d7c6d9990efb04a'),
  longTypes: ['Retry', 'Initial', '0-RTT', 'Handshake'],
};

/** QUIC version 2 as in draft-ietf-quic-v2-01 to -05, with Wireshark's name; libraries of 2022 use it. */
const version2Draft: QuicVersion = {
  ...version2,
  number: 0x709a_50c4,
  name: 'v2-draft-01',
  salt: octetsOf('a707c203a59b47184a1d62ca570406ea7ae3e5d3'),
  retryKey: octetsOf('ba858dc7b43de5dbf87617ff4ab253db'),
  retryNonce: octetsOf('141b99c239b03e785d6a2e9f'),
};

/** Returns a draft version of QUIC version 1. It has the constants of draft-ietf-quic-tls-29 §5.2, §5.8, which drafts up to -32 share. */
const draft = (number: number): QuicVersion => ({
  ...version1,
  number: 0xff00_0000 + number,
  name: `draft-${number}`,
  ...(number < 33 && {
    salt: octetsOf('afbfec289993d24c9e9786f19c6111e04390a899'),
    retryKey: octetsOf('ccce187ed09a09d05728155a6cb96be1'),
    retryNonce: octetsOf('e54930f97f2136f0530a8c1c'),
  }),
});

const versions: ReadonlyMap<number, QuicVersion> = new Map(
  [version1, version2, version2Draft, ...[29, 30, 31, 32, 33, 34].map(draft)].map((each) => [
    each.number,
    each,
  ]),
);

/** Returns the constants of a QUIC version; undefined if the version is not supported. */
export const quicVersion = (number: number): QuicVersion | undefined => versions.get(number);

/** Tells whether a QUIC version number is reserved to exercise version negotiation (RFC 9000 §15). */
const isReserved = (number: number): boolean => (number & 0x0f0f_0f0f) === 0x0a0a_0a0a;

export const quicVersionName = (number: number): string => {
  if (isReserved(number)) return 'grease';
  const draftNumber = number - 0xff00_0000;
  if (draftNumber >= 0 && draftNumber < 0x100) return `draft-${draftNumber}`;
  return quicVersion(number)?.name ?? `0x${number.toString(16).padStart(8, '0')}`;
};

/** Tells whether a QUIC version is one of Google's own from before the IETF's: it begins with Q0 or T0 in ASCII, as Q050 does. */
const isGoogles = (number: number): boolean =>
  [0x51, 0x54].includes(number >>> 24) && ((number >>> 16) & 0xff) === 0x30;

/** Tells whether a QUIC version number is one of Facebook's private ones. */
const isFacebooks = (number: number): boolean => number >>> 8 === 0xfaceb0;

/** Tells whether a QUIC version number is known to be in use; 0 counts, because Version Negotiation packets have it. */
export const isQuicVersion = (number: number): boolean =>
  number === 0 || !quicVersionName(number).startsWith('0x') || isGoogles(number) || isFacebooks(number);
