// Computes the TLS 1.3 secrets during a handshake, and notes each value of the key schedule as it is computed (RFC 9846 §7.1).
import type {CipherSuite} from './cipher-suite.ts';
import type {Handshake} from './connection.ts';
import type {SecretLabel} from './effect.ts';
import {deriveSecret, earlySecret, handshakeSecret, type Kdf, kdfOf, mainSecret} from './key-schedule.ts';
import {type Transcript, transcriptHash} from './transcript.ts';
import {scheduleNote, secretEffect, type Turn} from './turn.ts';

type Walk = {
  readonly suite: CipherSuite;
  readonly transcript: Transcript;
  readonly clientRandom: Uint8Array;
};

const traffic = (
  turn: Turn,
  kdf: Kdf,
  {transcript, clientRandom}: Walk,
  [secret, label, name]: readonly [Uint8Array, string, SecretLabel],
): Uint8Array => {
  const derived = deriveSecret(kdf, secret, label, transcriptHash(kdf, transcript));
  secretEffect(turn, {label: name, clientRandom, secret: derived}, '9846:7.1/schedule');
  return derived;
};

/** Returns the traffic secret of a client's early data; the transcript is the ClientHello alone. */
export const earlyTraffic = (turn: Turn, walk: Walk, psk: Uint8Array): Uint8Array => {
  const kdf = kdfOf(turn.env.crypto, walk.suite);
  const early = earlySecret(kdf, psk);
  return traffic(turn, kdf, walk, [early, 'c e traffic', 'CLIENT_EARLY_TRAFFIC_SECRET']);
};

type HandshakeSecrets = Pick<Handshake, 'handshakeSecret' | 'clientSecret' | 'serverSecret'>;

/** Returns the TLS 1.3 handshake secret and both handshake traffic secrets; the transcript ends with ServerHello. */
export const handshakeTraffic = (
  turn: Turn,
  walk: Walk,
  {shared, psk}: {readonly shared: Uint8Array; readonly psk: Uint8Array | undefined},
): HandshakeSecrets => {
  const kdf = kdfOf(turn.env.crypto, walk.suite);
  if (psk) scheduleNote(turn, 'psk', psk);
  const early = earlySecret(kdf, psk);
  scheduleNote(turn, 'early secret', early);
  scheduleNote(turn, 'shared secret', shared);
  const secret = handshakeSecret(kdf, early, shared);
  scheduleNote(turn, 'handshake secret', secret);
  return {
    handshakeSecret: secret,
    clientSecret: traffic(turn, kdf, walk, [secret, 'c hs traffic', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET']),
    serverSecret: traffic(turn, kdf, walk, [secret, 's hs traffic', 'SERVER_HANDSHAKE_TRAFFIC_SECRET']),
  };
};

export type ApplicationSecrets = {
  readonly main: Uint8Array;
  readonly client: Uint8Array;
  readonly server: Uint8Array;
};

/** Returns the TLS 1.3 main secret and both application traffic secrets; the transcript ends with the server's Finished. */
export const applicationTraffic = (turn: Turn, handshake: Handshake): ApplicationSecrets => {
  const kdf = kdfOf(turn.env.crypto, handshake.suite);
  const main = mainSecret(kdf, handshake.handshakeSecret);
  scheduleNote(turn, 'main secret', main);
  const client = traffic(turn, kdf, handshake, [main, 'c ap traffic', 'CLIENT_TRAFFIC_SECRET_0']);
  const server = traffic(turn, kdf, handshake, [main, 's ap traffic', 'SERVER_TRAFFIC_SECRET_0']);
  traffic(turn, kdf, handshake, [main, 'exp master', 'EXPORTER_SECRET']);
  return {main, client, server};
};

/** Returns the TLS 1.3 resumption secret, from which tickets get their PSKs; the transcript ends with the client's Finished. */
export const resumptionSecret = (turn: Turn, {suite, transcript}: Walk, main: Uint8Array): Uint8Array => {
  const kdf = kdfOf(turn.env.crypto, suite);
  const secret = deriveSecret(kdf, main, 'res master', transcriptHash(kdf, transcript));
  scheduleNote(turn, 'resumption secret', secret);
  return secret;
};
