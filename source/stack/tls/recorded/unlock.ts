// Decrypts captured TLS records with their secrets, whatever version the hellos agreed on.
import {err} from '../../../wire/result.ts';
import {ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {CryptoPort} from '../crypto-port.ts';
import type {Unlock} from './lock.ts';
import {unlock12} from './lock-12.ts';
import {unlock13} from './lock-13.ts';

/** Returns a function that decrypts captured TLS of any version but SSL 3.0, which makes keys and MACs in other ways (RFC 6101). */
export const unlockWith = (crypto: CryptoPort): Unlock => {
  const [of12, of13] = [unlock12(crypto), unlock13(crypto)];
  return (session, sender, log) => {
    if (session.version === ProtocolVersion['TLS 1.3']) return of13(session, sender, log);
    const isOlder =
      session.version >= ProtocolVersion['TLS 1.0'] && session.version < ProtocolVersion['TLS 1.3'];
    return isOlder ? of12(session, sender, log) : err('version');
  };
};
