// Reads TLS key logs, as first written by NSS (RFC 9850): each line has a label, the client's random and a secret in hexadecimal.
import {hexOf, octetsOf, sameBytes} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';

/** The key log labels of traffic secrets: of the client, then of the server. */
export const trafficLabels = {
  handshake: ['CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'],
  application: ['CLIENT_TRAFFIC_SECRET_0', 'SERVER_TRAFFIC_SECRET_0'],
} as const;

/** The labels in TLS key logs (RFC 9850 §2.1, §2.2); `CLIENT_RANDOM` stands for the master secret of TLS 1.2. */
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
   * The secrets of the key log by label and client random, in the form of a line's beginning. A key has several if the same ClientHello was
   * answered more than once, because somebody has replayed it.
   */
  readonly secrets: ReadonlyMap<string, readonly Uint8Array[]>;
  /** The number of lines of the key log that contain neither a secret nor a comment. */
  readonly unreadable: number;
};

/** The most lines that are read of a TLS key log. */
const mostLines = 1_000_000;

const line = /^([A-Z][A-Z_0-9]*) ([0-9a-f]{64}) ((?:[0-9a-f]{2}){16,64})$/i;

/** Matches `RSA` lines in TLS key logs of old libraries, which tell about the key exchange and are ignored. */
const older = /^RSA [0-9a-f]{16} [0-9a-f]{96}$/i;

const isIdle = (text: string): boolean => text === '' || text.startsWith('#') || older.test(text);

const keyOf = (label: string, random: string): string => `${label} ${random.toLowerCase()}`;

/** The most secrets that are kept for one ClientHello and label; each replay of the hello has its own. */
const mostReplays = 64;

const withSecret = (before: readonly Uint8Array[] = [], secret: Uint8Array): readonly Uint8Array[] =>
  before.length === mostReplays || before.some((each) => hexOf(each) === hexOf(secret))
    ? before
    : [...before, secret];

/** The longest line of a TLS key log that is read, in octets. */
const longestLine = 1024;
const lineFeed = 0x0a;

/**
 * Yields the lines of a TLS key log one at a time, because the log as one text, with a list of its lines, would take twenty times as much
 * memory.
 */
function* linesOf(bytes: Uint8Array): Generator<string, void> {
  let start = 0;
  for (let count = 0; start < bytes.length && count < mostLines; count++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found < 0 ? bytes.length : found;
    yield decodeUtf8(bytes.subarray(start, Math.min(end, start + longestLine))).trim();
    start = end + 1;
  }
}

/** Parses a TLS key log. It never throws; lines without a secret are counted. */
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

/** Returns the secrets in a TLS key log with this label for the ClientHello with this random, in the order of the log. */
export const secretsIn = (
  {secrets}: KeyLog,
  label: KeyLogLabel,
  clientRandom: Uint8Array,
): readonly Uint8Array[] => secrets.get(keyOf(label, hexOf(clientRandom))) ?? [];

/** Tells whether two TLS key logs have the same secrets for the ClientHello with this random. */
export const sameSecrets = (one: KeyLog, other: KeyLog, clientRandom: Uint8Array): boolean => {
  if (one === other) return true;
  const random = hexOf(clientRandom);
  return keyLogLabels.every((label) => {
    const [own = [], others = []] = [one, other].map(({secrets}) => secrets.get(keyOf(label, random)));
    return own.length === others.length && own.every((secret, at) => sameBytes(secret, others[at] ?? secret));
  });
};

/** Returns the lines of a TLS key log for the ClientHellos whose randoms are given in hexadecimal. */
export const keyLogLines = ({secrets}: KeyLog, randoms: ReadonlySet<string>): string =>
  [...secrets]
    .filter(([name]) => randoms.has(name.slice(name.indexOf(' ') + 1)))
    .flatMap(([name, each]) => each.map((secret) => `${name} ${hexOf(secret)}\n`))
    .join('');
