// Decrypts recorded records of TLS 1.3 (RFC 9846 §5.2, §7.2). The current key is found by trying, because the messages that change keys may
// be unreadable, and an AEAD accepts only its own key.
import {err, ok} from '../../../wire/result.ts';
import {type KeyLogLabel, secretsIn} from '../../../wire/tls/key-log.ts';
import {recordHeader} from '../../../wire/tls/record.ts';
import {ContentType} from '../../../wire/tls/registry.ts';
import {cipherSuite, type RecordedSuite} from '../cipher-suite.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {type Protection, protectionOf, unprotect, updatedProtection} from '../record-protection.ts';
import type {Lock, Unlock} from './lock.ts';

/** The labels in the order in which their keys are used. */
const labels: Readonly<Record<'client' | 'server', readonly KeyLogLabel[]>> = {
  client: ['CLIENT_EARLY_TRAFFIC_SECRET', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'CLIENT_TRAFFIC_SECRET_0'],
  server: ['SERVER_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_TRAFFIC_SECRET_0'],
};

type Key = {readonly label: KeyLogLabel; readonly protection: Protection<RecordedSuite>};

/**
 * Yields the keys to try. The key after KeyUpdate is made only if none of the others fits, because making it takes as much work as
 * decrypting a record.
 */
function* candidates(crypto: CryptoPort, keys: readonly Key[]): Generator<readonly [number, Key], void> {
  yield* keys.entries();
  const [last, ...more] = keys;
  if (last && more.length === 0 && last.protection.sequence > 0)
    yield [keys.length, {...last, protection: updatedProtection(crypto, last.protection)}];
}

/**
 * Returns the lock of one direction at a record. The first of `keys` is in use, or none is yet. Only one of two keys with one label
 * belongs to this connection, the other to a replay. The last secret of the log may be followed by those of KeyUpdate.
 */
const locked = (crypto: CryptoPort, keys: readonly Key[]): Lock => ({
  open: ({type, version, fragment}) => {
    if (type !== ContentType.application_data) return undefined;
    const header = recordHeader(type, version, fragment.length);
    for (const [index, {label, protection}] of candidates(crypto, keys)) {
      const opened = unprotect(crypto, protection, fragment, header);
      if (!opened.ok) continue;
      const {inner, next} = opened.value;
      const rest = keys.slice(index + 1).filter((key) => key.label !== label);
      return {...inner, at: 0, next: locked(crypto, [{label, protection: next}, ...rest])};
    }
    return undefined;
  },
});

/** The CCM suites, which the machines here do not use (RFC 9846 §B.4). */
const ccmSuites: readonly RecordedSuite[] = [
  {id: 0x1304, aead: 'aes-128-ccm', hash: 'sha256', keyBytes: 16, hashBytes: 32},
  {id: 0x1305, aead: 'aes-128-ccm-8', hash: 'sha256', keyBytes: 16, hashBytes: 32},
];

const recordedSuite = (id: number): RecordedSuite | undefined =>
  cipherSuite(id) ?? ccmSuites.find((suite) => suite.id === id);

export const unlock13 =
  (crypto: CryptoPort): Unlock =>
  ({suite: id, clientRandom}, sender, log) => {
    const suite = recordedSuite(id);
    if (!suite) return err('suite');
    const keys = labels[sender].flatMap((label) =>
      secretsIn(log, label, clientRandom).flatMap((secret) =>
        secret.length === suite.hashBytes ? [{label, protection: protectionOf(crypto, suite, secret)}] : [],
      ),
    );
    return keys.length === 0 ? err('secret') : ok(locked(crypto, keys));
  };
