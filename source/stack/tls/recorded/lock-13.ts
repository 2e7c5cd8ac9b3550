// Decrypts TLS 1.3 records in a capture (RFC 9846 §5.2, §7.2). It tries keys to find the current one, because messages that change keys may
// be unreadable, and an AEAD accepts only its own key.
import {err, ok} from '../../../wire/result.ts';
import {type KeyLogLabel, secretsIn} from '../../../wire/tls/key-log.ts';
import {recordHeader} from '../../../wire/tls/record.ts';
import {ContentType} from '../../../wire/tls/registry.ts';
import {cipherSuite, type RecordedSuite} from '../cipher-suite.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {type Protection, protectionOf, unprotect, updatedProtection} from '../record-protection.ts';
import type {Lock, Unlock} from './lock.ts';

/** The key log labels of each side in the order in which TLS 1.3 uses their keys. */
const labels: Readonly<Record<'client' | 'server', readonly KeyLogLabel[]>> = {
  client: ['CLIENT_EARLY_TRAFFIC_SECRET', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'CLIENT_TRAFFIC_SECRET_0'],
  server: ['SERVER_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_TRAFFIC_SECRET_0'],
};

type Key = {readonly label: KeyLogLabel; readonly protection: Protection<RecordedSuite>};

/**
 * Yields the TLS 1.3 keys to try on a captured record. The key after KeyUpdate is made only if no other fits, because that takes as much
 * work as decrypting a record.
 */
function* candidates(crypto: CryptoPort, keys: readonly Key[]): Generator<readonly [number, Key], void> {
  yield* keys.entries();
  const [last, ...more] = keys;
  if (last && more.length === 0 && last.protection.sequence > 0)
    yield [keys.length, {...last, protection: updatedProtection(crypto, last.protection)}];
}

/**
 * Returns a function that decrypts one direction of captured TLS 1.3, record by record. The first of `keys` may be in use. Of two keys with
 * one label only one belongs to this connection, the other to a replay. KeyUpdate keys may follow the last one.
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

/** The CCM cipher suites of TLS 1.3 (RFC 9846 §B.4), which only captures use, not the simulator. */
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
