// Shows how a key of a TLS connection is made, with the octets of this run: function, secret, label, messages (RFC 9846 §7.1–7.3; for TLS
// 1.2 RFC 5246 §6.3, §8.1, RFC 7627 §4).
import {tls12} from '../../wire/tls/handshake.ts';
import {expandLabel, extract, masterBytes, prf} from '../../wire/tls/key-functions.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {groupName, ProtocolVersion} from '../../wire/tls/registry.ts';
import type {KeyPlace} from '../key-places.ts';
import {type Ground, knownTo, secretOf, sharesIn, type TlsTellings, transcriptTo} from './ground.ts';
import {hashOfSize, hashOfSuite} from './hash.ts';
import {newestUnder, recordSteps} from './records.ts';
import type {Derivation, Operand, Role} from './step.ts';

const none = new Uint8Array();

type Key = {readonly place: KeyPlace; readonly update: number};

const keyOperand = (ground: Ground, name: Operand['name'], place: KeyPlace, update = 0): Operand => ({
  name,
  origin: {kind: 'key', place, update},
  value: secretOf(ground, place, update),
});

const emptyContext: Operand = {name: 'context', origin: {kind: 'nothing'}, value: none};

const written = (label: string): Operand => ({name: 'label', origin: undefined, value: label});

/** Returns the step of a key derivation that applies HKDF-Expand-Label to a secret. */
const expanded = (
  {hash}: Ground,
  secret: Operand,
  {label, context, size}: {readonly label: string; readonly context: Operand; readonly size: number},
): Pick<Derivation, 'formula' | 'group' | 'operands' | 'output'> => {
  const known = secret.value instanceof Uint8Array && context.value instanceof Uint8Array;
  return {
    formula: 'HKDF-Expand-Label',
    group: undefined,
    operands: [secret, written(`tls13 ${label}`), context],
    output: known
      ? expandLabel(hash, toOctets(secret.value), {label, context: toOctets(context.value), size})
      : undefined,
  };
};

const toOctets = (value: Operand['value']): Uint8Array => (value instanceof Uint8Array ? value : none);

/** Maps each secret of TLS 1.3 to the secret from which it is expanded, the label, and the last message of the transcript. */
const expansions: {
  readonly [place in KeyPlace]?: {
    readonly from: KeyPlace;
    readonly label: string;
    readonly to: string;
    readonly sender?: Role;
  };
} = {
  'client early': {from: 'early secret', label: 'c e traffic', to: 'ClientHello'},
  'client handshake': {from: 'handshake secret', label: 'c hs traffic', to: 'ServerHello'},
  'server handshake': {from: 'handshake secret', label: 's hs traffic', to: 'ServerHello'},
  'client application': {from: 'main secret', label: 'c ap traffic', to: 'Finished', sender: 'server'},
  'server application': {from: 'main secret', label: 's ap traffic', to: 'Finished', sender: 'server'},
  exporter: {from: 'main secret', label: 'exp master', to: 'Finished', sender: 'server'},
  'resumption secret': {from: 'main secret', label: 'res master', to: 'Finished', sender: 'client'},
};

const heardOrigin = (
  {hash}: Ground,
  to: {readonly to: string; readonly sender: Role | undefined},
  retried: boolean,
): Operand['origin'] => ({kind: 'messages', ...to, hash: hash.name, retried});

const secretStep = (ground: Ground, {place, update}: Key): Derivation | undefined => {
  const way = expansions[place];
  if (!way) return undefined;
  const size = ground.hash.hashBytes;
  if (update > 0) {
    const before = keyOperand(ground, 'secret', place, update - 1);
    const made = expanded(ground, before, {label: 'traffic upd', context: emptyContext, size});
    return {gives: 'value', rfc: 'RFC 9846 §7.2', ...made};
  }
  const {from, label, to, sender} = way;
  const heard = transcriptTo(ground, to, sender);
  const context: Operand = {
    name: 'context',
    origin: heardOrigin(ground, {to, sender}, heard?.retried ?? false),
    value: heard && ground.hash.of(heard.octets),
  };
  const made = expanded(ground, keyOperand(ground, 'secret', from), {label, context, size});
  // The output may be known before its input: the early secret is told only with the ServerHello.
  return {gives: 'value', rfc: 'RFC 9846 §7.1', ...made, output: made.output ?? secretOf(ground, place)};
};

/** Returns the step of a key derivation with HKDF-Extract: the secret that is known so far is the salt, the new one the input. */
const extractStep = (ground: Ground, place: KeyPlace): Derivation | undefined => {
  const {hash} = ground;
  const zeros: Uint8Array = new Uint8Array(hash.hashBytes);
  const zero = (name: 'salt' | 'input'): Operand => ({name, origin: {kind: 'zeros'}, value: zeros});
  const salt = (from: KeyPlace): Operand => {
    const secret = secretOf(ground, from);
    const size = hash.hashBytes;
    const value = secret && expandLabel(hash, secret, {label: 'derived', context: hash.of(none), size});
    return {name: 'salt', origin: {kind: 'salt', place: from}, value};
  };
  const psk = secretOf(ground, 'psk') ? keyOperand(ground, 'input', 'psk') : zero('input');
  const operands: {readonly [place in KeyPlace]?: readonly [Operand, Operand]} = {
    'early secret': [zero('salt'), psk],
    'handshake secret': [salt('early secret'), keyOperand(ground, 'input', 'shared secret')],
    'main secret': [salt('handshake secret'), zero('input')],
  };
  const made = operands[place];
  if (!made) return undefined;
  const [key, input] = made;
  const known = key.value && input.value;
  return {
    ...{gives: 'value', formula: 'HKDF-Extract', group: undefined, rfc: 'RFC 9846 §7.1', operands: made},
    output: known ? extract(hash, toOctets(key.value), toOctets(input.value)) : undefined,
  };
};

/**
 * Returns the step of key agreement, which combines either private key with the other public key. With RSA key transport the client chooses
 * the secret at random.
 */
const agreementStep = (ground: Ground, place: KeyPlace): Derivation | undefined => {
  const output = secretOf(ground, place);
  const shares = sharesIn(ground);
  const modern = place === 'shared secret';
  const step = {gives: 'value', output} as const;
  if (!shares)
    return modern
      ? undefined
      : {...step, formula: 'random', group: undefined, rfc: 'RFC 5246 §7.4.7.1', operands: []};
  const share = (of: Role): Operand => ({name: 'share', origin: {kind: 'share', of}, value: shares[of]});
  const group = [groupName(shares.group)].flat().join(' ');
  const rfc = modern ? 'RFC 9846 §7.4.2' : 'RFC 8422 §5.10';
  return {...step, formula: 'agreement', group, rfc, operands: [share('client'), share('server')]};
};

const randomsOf = ({messages}: Ground, first: Role): Operand => {
  // The random of a hello follows the message's header and its version.
  const random = (wanted: string): Uint8Array =>
    messages.find(({name}) => name === wanted)?.bytes.subarray(6, 38) ?? none;
  const both = [random('ClientHello'), random('ServerHello')];
  const value = joinBytes(first === 'client' ? both : both.toReversed());
  return {name: 'seed', origin: {kind: 'randoms', first}, value};
};

const isExtended = ({messages}: Ground): boolean => {
  const hello = tls12.decode(messages.find(({name}) => name === 'ServerHello')?.bytes ?? none);
  const extensions =
    hello.ok && hello.value.type === 'server_hello' ? hello.value.body.extensions : undefined;
  return extensions?.some(({name}) => name === 'extended_master_secret') ?? false;
};

const masterStep = (ground: Ground): Derivation | undefined => {
  const secret = keyOperand(ground, 'secret', 'premaster secret');
  if (!secret.value) return undefined;
  const extended = isExtended(ground);
  const label = extended ? 'extended master secret' : 'master secret';
  const to = 'ClientKeyExchange';
  const heard = transcriptTo(ground, to);
  const origin = heardOrigin(ground, {to, sender: undefined}, false);
  const seed: Operand = extended
    ? {name: 'seed', origin, value: heard && ground.hash.of(heard.octets)}
    : randomsOf(ground, 'client');
  const output = prf(ground.hash, toOctets(secret.value), {
    ...{label, seed: toOctets(seed.value)},
    size: masterBytes,
  });
  const rfc = extended ? 'RFC 7627 §4' : 'RFC 5246 §8.1';
  return {
    gives: 'value',
    formula: 'PRF',
    group: undefined,
    rfc,
    operands: [secret, written(label), seed],
    output,
  };
};

export type KeyOctets = {readonly key: Uint8Array | undefined; readonly iv: Uint8Array | undefined};

/** Returns the steps for key and IV in TLS 1.3, each with its own label (RFC 9846 §7.3). */
const partSteps = (ground: Ground, {place, update}: Key, {key, iv}: KeyOctets): readonly Derivation[] => {
  const part = (gives: 'key' | 'iv', octets: Uint8Array | undefined): readonly Derivation[] => {
    if (!octets) return [];
    const secret = keyOperand(ground, 'secret', place, update);
    const made = expanded(ground, secret, {label: gives, context: emptyContext, size: octets.length});
    return [{gives, rfc: 'RFC 9846 §7.3', ...made}];
  };
  return [...part('key', key), ...part('iv', iv)];
};

/** Returns the steps for key and IV in TLS 1.2, which cuts a block into the two keys and the two IVs (RFC 5246 §6.3). */
const blockSteps = (ground: Ground, place: KeyPlace, {key, iv}: KeyOctets): readonly Derivation[] => {
  const secret = keyOperand(ground, 'secret', 'master secret');
  if (!key || !iv || !secret.value) return [];
  const seed = randomsOf(ground, 'server');
  const size = 2 * (key.length + iv.length);
  const label = 'key expansion';
  const block = prf(ground.hash, toOctets(secret.value), {label, seed: toOctets(seed.value), size});
  const second = place.startsWith('server') ? 1 : 0;
  const part = (gives: 'key' | 'iv', start: number, end: number): Derivation => ({
    ...{gives, formula: 'PRF', group: undefined, rfc: 'RFC 5246 §6.3'},
    operands: [
      secret,
      written(label),
      seed,
      {name: 'with', origin: {kind: 'cut', start, end}, value: undefined},
    ],
    output: block.subarray(start, end),
  });
  const keyAt = second * key.length;
  const ivAt = 2 * key.length + second * iv.length;
  return [part('key', keyAt, keyAt + key.length), part('iv', ivAt, ivAt + iv.length)];
};

export type DerivedKey = Key & KeyOctets & {readonly host: string};

type Agreed = {readonly version: number; readonly suite: number};

/**
 * Returns what is known for the derivation of a TLS key. Until the server has chosen a suite, all secrets come from a PSK, which has
 * exactly one hash (RFC 9846 §4.3.11).
 */
const groundOf = (tellings: TlsTellings, agreed: Agreed | undefined, {place, host}: DerivedKey): Ground => {
  const known = knownTo(tellings, host);
  if (agreed) return {...known, hash: hashOfSuite(agreed.suite), version: agreed.version};
  const size = known.values.get(place)?.[0]?.length;
  return {...known, hash: hashOfSize(size), version: ProtocolVersion['TLS 1.3']};
};

/**
 * Returns the steps by which a TLS key is derived: the secret, its key and IV, nonce and additional data of the newest record under it.
 * `host` is the end that computes them.
 */
export const derivationOf = (
  tellings: TlsTellings,
  agreed: Agreed | undefined,
  row: DerivedKey,
): readonly Derivation[] => {
  const {place, key, iv} = row;
  const ground = groundOf(tellings, agreed, row);
  const modern = ground.version === ProtocolVersion['TLS 1.3'];
  const isAgreed = place === 'shared secret' || place === 'premaster secret';
  const value = isAgreed
    ? agreementStep(ground, place)
    : place === 'master secret'
      ? masterStep(ground)
      : (extractStep(ground, place) ?? (modern ? secretStep(ground, row) : undefined));
  const parts = modern ? partSteps(ground, row, row) : blockSteps(ground, place, row);
  const newest = key && newestUnder(tellings, key);
  return [...(value ? [value] : []), ...parts, ...(iv && newest ? recordSteps(iv, newest, modern) : [])];
};
