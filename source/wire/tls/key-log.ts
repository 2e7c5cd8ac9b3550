// Key logs, which have a label, the client's random and a secret in hexadecimal digits on each line, as first written by NSS (RFC 9850).
import {hexOf, octetsOf, sameBytes} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';

/** The labels of the two ends, the client's first. */
export const trafficLabels = {
  handshake: ['CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'],
  application: ['CLIENT_TRAFFIC_SECRET_0', 'SERVER_TRAFFIC_SECRET_0'],
} as const;

/** The labels of RFC 9850 §2.1, §2.2; `CLIENT_RANDOM` is the master secret of TLS 1.2. */
const keyLogLabels = [
  'CLIENT_RANDOM',
  'CLIENT_EARLY_TRAFFIC_SECRET',
  'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
  'SERVER_HANDSHAKE_TRAFFIC_SECRET',
  'CLIENT_TRAFFIC_SECRET_0',
  'SERVER_TRAFFIC_SECRET_0',
] as const;

export type KeyLogLabel = (typeof keyLogLabels)[number];

export type KeyLog = {
  /**
   * Secrets by label and random, as at the beginning of a line. There are several if the same ClientHello was answered more than once,
   * because somebody has replayed it.
   */
  readonly secrets: ReadonlyMap<string, readonly Uint8Array[]>;
  /** The number of lines that contain neither a secret nor a comment. */
  readonly unreadable: number;
};

/** The most lines of a key log. */
const mostLines = 1_000_000;

const line = /^([A-Z][A-Z_0-9]*) ([0-9a-f]{64}) ((?:[0-9a-f]{2}){16,64})$/i;

/** Matches lines of old libraries about the key exchange, which contain no secret. */
const older = /^RSA [0-9a-f]{16} [0-9a-f]{96}$/i;

const isIdle = (text: string): boolean => text === '' || text.startsWith('#') || older.test(text);

const keyOf = (label: string, random: string): string => `${label} ${random.toLowerCase()}`;

/** The most replays of a hello whose secrets are tried; each has its own. */
const mostReplays = 64;

const withSecret = (before: readonly Uint8Array[] = [], secret: Uint8Array): readonly Uint8Array[] =>
  before.length === mostReplays || before.some((each) => hexOf(each) === hexOf(secret))
    ? before
    : [...before, secret];

/** The most octets of a line with a secret. */
const longestLine = 1024;
const lineFeed = 0x0a;

/** Yields one line at a time, because a log as one text, and a list of its lines, would be twenty times as long. */
function* linesOf(bytes: Uint8Array): Generator<string, void> {
  let start = 0;
  for (let count = 0; start < bytes.length && count < mostLines; count++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found < 0 ? bytes.length : found;
    yield decodeUtf8(bytes.subarray(start, Math.min(end, start + longestLine))).trim();
    start = end + 1;
  }
}

/** Parses a log. It never throws; lines without a secret are counted. */
export const parseKeyLog = (bytes: Uint8Array): KeyLog => {
  const secrets = new Map<string, readonly Uint8Array[]>();
  let unreadable = 0;
  for (const text of linesOf(bytes)) {
    if (isIdle(text)) continue;
    const [, label = '', random = '', secret = ''] = line.exec(text) ?? [];
    if (label === '') unreadable += 1;
    else if (keyLogLabels.some((known) => known === label)) {
      const key = keyOf(label, random);
      secrets.set(key, withSecret(secrets.get(key), octetsOf(secret)));
    }
  }
  return {secrets, unreadable};
};

export const joinKeyLogs = (logs: readonly KeyLog[]): KeyLog => {
  const secrets = new Map<string, readonly Uint8Array[]>();
  for (const log of logs)
    for (const [key, more] of log.secrets) secrets.set(key, more.reduce(withSecret, secrets.get(key) ?? []));
  return {secrets, unreadable: logs.reduce((sum, {unreadable}) => sum + unreadable, 0)};
};

/** Returns the secrets with this label for the hello with this random, in the order of the log. */
export const secretsIn = (
  {secrets}: KeyLog,
  label: KeyLogLabel,
  clientRandom: Uint8Array,
): readonly Uint8Array[] => secrets.get(keyOf(label, hexOf(clientRandom))) ?? [];

/** Tells whether two logs have the same secrets of a hello. */
export const sameSecrets = (one: KeyLog, other: KeyLog, clientRandom: Uint8Array): boolean => {
  if (one === other) return true;
  const random = hexOf(clientRandom);
  return keyLogLabels.every((label) => {
    const [own = [], others = []] = [one, other].map(({secrets}) => secrets.get(keyOf(label, random)));
    return own.length === others.length && own.every((secret, at) => sameBytes(secret, others[at] ?? secret));
  });
};

/** Returns the key log's lines for the hellos whose randoms, in hexadecimal digits, are given. */
export const keyLogLines = ({secrets}: KeyLog, randoms: ReadonlySet<string>): string =>
  [...secrets]
    .filter(([name]) => randoms.has(name.slice(name.indexOf(' ') + 1)))
    .flatMap(([name, each]) => each.map((secret) => `${name} ${hexOf(secret)}\n`))
    .join('');
