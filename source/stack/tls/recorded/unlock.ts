// Recorded TLS with its secrets, whichever version was agreed on.
import {err} from '../../../wire/result.ts';
import {ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {CryptoPort} from '../crypto-port.ts';
import type {Unlock} from './lock.ts';
import {unlock12} from './lock-12.ts';
import {unlock13} from './lock-13.ts';

/** Keys of TLS 1.1 and below come from another function (RFC 4346 §5). */
export const unlockWith = (crypto: CryptoPort): Unlock => {
  const [of12, of13] = [unlock12(crypto), unlock13(crypto)];
  return (session, sender, log) => {
    if (session.version === ProtocolVersion['TLS 1.3']) return of13(session, sender, log);
    return session.version === ProtocolVersion['TLS 1.2'] ? of12(session, sender, log) : err('version');
  };
};
