// Computes what an attacker can read who has recorded a TLS 1.2 connection and later gets the server's private key: everything after RSA
// key transport, nothing if both ends made new key shares (RFC 5246 §F.1.1.2, RFC 9846 §F.1).
import {err, ok, type Result} from '../../../wire/result.ts';
import {type Handshake12, tls12} from '../../../wire/tls/handshake.ts';
import {splitHandshake} from '../../../wire/tls/handshake-stream.ts';
import {joinBytes} from '../../../wire/tls/presentation.ts';
import {splitRecords, type TlsRecord} from '../../../wire/tls/record.ts';
import {ContentType} from '../../../wire/tls/registry.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {kdfOf} from '../key-schedule.ts';
import {decryptPreMaster} from './premaster.ts';
import {extendedMasterSecret, type KeyBlock, keyBlock, masterSecret} from './prf.ts';
import {type Protection12, protection12, unprotect12} from './protection.ts';
import {type Suite12, suite12} from './suite.ts';

/** All octets of one recorded TLS connection, as sent by the client and by the server. */
export type Recording = {readonly client: Uint8Array; readonly server: Uint8Array};

export type Recovered = Recording & {
  readonly preMasterSecret: Uint8Array;
  readonly masterSecret: Uint8Array;
};

/**
 * The reason why a recorded connection cannot be read. `no-handshake`: its handshake is incomplete; `no-key-transport`: it does not contain
 * the secret; `other-key`: the given private key does not fit.
 */
export type RecoveryFault = 'no-handshake' | 'no-key-transport' | 'other-key';

type Heard = {readonly message: Handshake12; readonly bytes: Uint8Array};
type Direction = {readonly heard: readonly Heard[]; readonly sealed: readonly TlsRecord[]};

/** Returns one direction's handshake messages before change_cipher_spec, which are in clear, and the records after it. */
const directionOf = (octets: Uint8Array): Direction => {
  const {records} = splitRecords(new Uint8Array(), octets);
  const change = records.findIndex(({type}) => type === ContentType.change_cipher_spec);
  const end = change < 0 ? records.length : change;
  const clear = records.slice(0, end);
  const content = clear.filter(({type}) => type === ContentType.handshake).map(({fragment}) => fragment);
  const split = splitHandshake(new Uint8Array(), joinBytes(content));
  const heard = (split.ok ? split.value.messages : []).flatMap((bytes) => {
    const message = tls12.decode(bytes);
    return message.ok ? [{message: message.value, bytes}] : [];
  });
  return {heard, sealed: records.slice(end + 1)};
};

const find = <N extends Handshake12['type']>(
  {heard}: Direction,
  type: N,
): Extract<Handshake12, {readonly type: N}> | undefined => {
  const wanted = (message: Handshake12): message is Extract<Handshake12, {readonly type: N}> =>
    message.type === type;
  return heard.map(({message}) => message).find(wanted);
};

const upTo = ({heard}: Direction, type: Handshake12['type']): readonly Uint8Array[] =>
  heard.slice(0, heard.findIndex(({message}) => message.type === type) + 1).map(({bytes}) => bytes);

/** Returns the messages over which the session hash is computed: from ClientHello to ClientKeyExchange, in order (RFC 7627 §3). */
const sessionOctets = (client: Direction, server: Direction): Uint8Array => {
  const [hello, ...rest] = upTo(client, 'client_key_exchange');
  return joinBytes([...(hello ? [hello] : []), ...upTo(server, 'server_hello_done'), ...rest]);
};

/** Returns the decrypted application data of one direction; undefined if a record cannot be decrypted. */
const openAll = (crypto: CryptoPort, {sealed}: Direction, first: Protection12): Uint8Array | undefined => {
  let protection = first;
  const data: Uint8Array[] = [];
  for (const record of sealed) {
    const opened = unprotect12(crypto, protection, record);
    if (!opened.ok) return undefined;
    protection = opened.value.next;
    const {type, content} = opened.value.inner;
    if (type === ContentType.application_data) data.push(content);
  }
  return joinBytes(data);
};

type Ends = {readonly client: Direction; readonly server: Direction};
type Secrets = {
  readonly suite: Suite12;
  readonly preMaster: Uint8Array;
  readonly master: Uint8Array;
  readonly block: KeyBlock;
};

const secretsOf = (
  crypto: CryptoPort,
  privateKey: Uint8Array,
  {client, server}: Ends,
): Result<Secrets, RecoveryFault> => {
  const asked = find(client, 'client_hello')?.body;
  const answered = find(server, 'server_hello')?.body;
  if (!asked || !answered) return err('no-handshake');
  const suite = suite12(answered.cipherSuite);
  if (suite?.keyExchange !== 'rsa') return err('no-key-transport');
  const exchange = find(client, 'client_key_exchange')?.body;
  // A resumed TLS 1.2 session has no ClientKeyExchange; its secret was sent in an older connection.
  if (exchange?.kind !== 'rsa') return err('no-handshake');
  const preMaster = decryptPreMaster(crypto, privateKey, exchange.encryptedPreMasterSecret);
  if (!preMaster) return err('other-key');
  const kdf = kdfOf(crypto, suite);
  const randoms = {clientRandom: asked.random, serverRandom: answered.random};
  const extended = answered.extensions?.some(({name}) => name === 'extended_master_secret') === true;
  const master = extended
    ? extendedMasterSecret(kdf, preMaster, crypto.hash(suite.hash, sessionOctets(client, server)))
    : masterSecret(kdf, preMaster, randoms);
  return ok({suite, preMaster, master, block: keyBlock(kdf, suite, master, randoms)});
};

/**
 * Recovers the application data of a recorded connection and its secrets, or returns why it cannot; `privateKey` is that of the server's
 * certificate, PKCS #8 in DER.
 */
export const recoverPlaintext = (
  crypto: CryptoPort,
  privateKey: Uint8Array,
  recording: Recording,
): Result<Recovered, RecoveryFault> => {
  const ends = {client: directionOf(recording.client), server: directionOf(recording.server)};
  const secrets = secretsOf(crypto, privateKey, ends);
  if (!secrets.ok) return secrets;
  const {suite, preMaster, master, block} = secrets.value;
  const client = openAll(crypto, ends.client, protection12(suite, master, block, 'client'));
  const server = openAll(crypto, ends.server, protection12(suite, master, block, 'server'));
  return client && server
    ? ok({client, server, preMasterSecret: preMaster, masterSecret: master})
    : err('other-key');
};
