// Opening recorded records of TLS 1.3 (RFC 9846 §5.2, §7.2): which keys hold is found by trying, because the messages that
// change them may not be readable. An AEAD opens under its own key only.
import {err, ok} from '../../../wire/result.ts';
import {type KeyLogLabel, secretIn} from '../../../wire/tls/key-log.ts';
import {recordHeader} from '../../../wire/tls/record.ts';
import {ContentType} from '../../../wire/tls/registry.ts';
import {cipherSuite} from '../cipher-suite.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {type Protection, protectionOf, unprotect, updatedProtection} from '../record-protection.ts';
import type {Lock, Unlock} from './lock.ts';

/** In the order in which they are used. */
const labels: Readonly<Record<'client' | 'server', readonly KeyLogLabel[]>> = {
  client: ['CLIENT_EARLY_TRAFFIC_SECRET', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', 'CLIENT_TRAFFIC_SECRET_0'],
  server: ['SERVER_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_TRAFFIC_SECRET_0'],
};

/** The first of `keys` is in use, or none is yet. The last secret of the log can be followed by those of KeyUpdate. */
const locked = (crypto: CryptoPort, keys: readonly Protection[]): Lock => ({
  open: ({type, version, fragment}) => {
    if (type !== ContentType.application_data) return undefined;
    const header = recordHeader(type, version, fragment.length);
    const last = keys.at(-1);
    const updated = keys.length === 1 && last && last.sequence > 0 ? [updatedProtection(crypto, last)] : [];
    const all = [...keys, ...updated];
    for (const [index, protection] of all.entries()) {
      const opened = unprotect(crypto, protection, fragment, header);
      if (!opened.ok) continue;
      const {inner, next} = opened.value;
      const rest = index < keys.length ? keys.slice(index + 1) : [];
      return {...inner, at: 0, next: locked(crypto, [next, ...rest])};
    }
    return undefined;
  },
});

export const unlock13 =
  (crypto: CryptoPort): Unlock =>
  ({suite: id, clientRandom}, sender, log) => {
    const suite = cipherSuite(id);
    if (!suite) return err('suite');
    const secrets = labels[sender].flatMap((label) => secretIn(log, label, clientRandom) ?? []);
    const fitting = secrets.filter(({length}) => length === suite.hashBytes);
    if (fitting.length === 0) return err('secret');
    return ok(
      locked(
        crypto,
        fitting.map((secret) => protectionOf(crypto, suite, secret)),
      ),
    );
  };
