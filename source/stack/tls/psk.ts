// TLS 1.3 resumption: the client offers a PSK by its ticket and proves it by a binder (RFC 9846 §2.2, §4.3.11).
import {type ClientHello, withoutBinders} from '../../wire/tls/hello.ts';
import {cipherSuite} from './cipher-suite.ts';
import {binderKey, earlySecret, type Kdf, verifyData} from './key-schedule.ts';
import type {TlsClientSettings, TlsSession} from './settings.ts';
import {type Transcript, transcriptHash} from './transcript.ts';

const usPerMs = 1000;
const msPerS = 1000;
const ageModulus = 2 ** 32;

/**
 * Returns the TLS 1.3 session if its ticket may still be offered to this server, otherwise undefined. Its hash has to be that of an offered
 * suite, or of `suite` after HelloRetryRequest.
 */
export const offered = (
  {session, serverName, cipherSuites}: TlsClientSettings,
  nowUs: number,
  suite?: number,
): TlsSession | undefined => {
  if (session?.version !== 'TLS 1.3') return undefined;
  const ageS = (nowUs - session.receivedUs) / usPerMs / msPerS;
  const hash = cipherSuite(session.suite)?.hash;
  const candidates = suite === undefined ? cipherSuites : [suite];
  const usable =
    ageS <= session.lifetimeS &&
    session.serverName === serverName &&
    hash !== undefined &&
    candidates.some((id) => cipherSuite(id)?.hash === hash);
  return usable ? session : undefined;
};

/** Returns a ticket's age in milliseconds plus ticket_age_add, modulo 2³², which hides it from others (§4.3.11.1). */
export const obfuscatedAge = ({receivedUs, ageAdd}: TlsSession, nowUs: number): number =>
  (Math.floor((nowUs - receivedUs) / usPerMs) + ageAdd) % ageModulus;

export const plainAge = (obfuscated: number, ageAdd: number): number =>
  (obfuscated - ageAdd + ageModulus) % ageModulus;

/** Returns the PSK binder: an HMAC over the earlier messages and the ClientHello without its binders (§4.3.11.2). */
export const binderOf = (
  kdf: Kdf,
  psk: Uint8Array,
  before: Transcript,
  {message, hello}: {readonly message: Uint8Array; readonly hello: ClientHello},
): Uint8Array => {
  const hash = transcriptHash(kdf, [...before, withoutBinders(message, hello)]);
  return verifyData(kdf, binderKey(kdf, earlySecret(kdf, psk)), hash);
};
