// The inputs for the derivation of TLS keys: the messages that one end has sent and received, and the secrets that it has computed.
import type {EventOf} from '../../sim/trace.ts';
import {noOctets, sameBytes} from '../../wire/octets.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {tls12, tls13} from '../../wire/tls/handshake.ts';
import {messageName} from '../../wire/tls/message-name.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {isKeyPlace, type KeyPlace, placeOfLabel} from '../key-places.ts';
import type {Hash} from './hash.ts';
import type {Role} from './step.ts';

export type TlsTellings = {
  /** The TLS role of each host, by the host's name. */
  readonly roles: ReadonlyMap<string, Role>;
  /** The TLS events of a connection in order; those of one end are enough. */
  readonly events: readonly Pick<EventOf<'tls'>, 'host' | 'n' | 'what'>[];
};

/** The TLS messages that one end has sent and received, and the secrets that it has computed. */
type Known = {
  readonly messages: readonly {readonly name: string; readonly sender: Role; readonly bytes: Uint8Array}[];
  readonly values: ReadonlyMap<KeyPlace, readonly Uint8Array[]>;
};

export const knownTo = ({events, roles}: TlsTellings, host: string): Known => {
  const messages: Known['messages'][number][] = [];
  const values = new Map<KeyPlace, Uint8Array[]>();
  const role = roles.get(host) ?? 'client';
  const peer = role === 'client' ? 'server' : 'client';
  const keep = (place: KeyPlace | undefined, value: Uint8Array): void => {
    const before = place ? (values.get(place) ?? []) : [];
    const same = before.some((each) => sameBytes(each, value));
    if (place && !same) values.set(place, [...before, value]);
  };
  for (const {host: teller, what} of events) {
    if (teller !== host) continue;
    if (what.kind === 'message')
      messages.push({
        name: messageName(what.bytes),
        sender: what.op === 'sent' ? role : peer,
        bytes: what.bytes,
      });
    else if (what.kind === 'schedule') keep(isKeyPlace(what.step) ? what.step : undefined, what.value);
    else if (what.kind === 'secret') keep(placeOfLabel(what.label), what.secret);
    else if (what.kind === 'keys') {
      const place = `${what.op === 'write' ? role : peer} ${what.epoch}`;
      keep(isKeyPlace(place) ? place : undefined, what.secret);
    }
  }
  return {messages, values};
};

/** The inputs for the derivation of a TLS key, with the hash and the version of TLS. */
export type Ground = Known & {
  readonly hash: Hash;
  readonly version: number;
};

export const secretOf = ({values}: Ground, place: KeyPlace, update = 0): Uint8Array | undefined =>
  values.get(place)?.[update];

/** The transcript of a TLS handshake. If `retried`, a HelloRetryRequest came, and a hash replaces the first hello (RFC 9846 §4.1). */
type Transcript = {readonly octets: Uint8Array; readonly retried: boolean};

/** Returns the handshake's transcript up to this message, in the form in which it is hashed; undefined if the message is not there. */
export const transcriptTo = ({messages, hash}: Ground, to: string, sender?: Role): Transcript | undefined => {
  const end = messages.findIndex(
    ({name, sender: by}) => name === to && (sender === undefined || by === sender),
  );
  if (end < 0) return undefined;
  const heard = messages.slice(0, end + 1).map(({bytes}) => bytes);
  const retried = messages[1]?.name === 'HelloRetryRequest' && heard.length > 1;
  const [first = noOctets, ...others] = heard;
  const hashed = retried ? [tls13.encode({type: 'message_hash', body: hash.of(first)}), ...others] : heard;
  return {octets: joinBytes(hashed), retried};
};

type Shares = {readonly group: number; readonly client: Uint8Array | undefined; readonly server: Uint8Array};

export const sharesIn = ({messages, version}: Ground): Shares | undefined => {
  const bytesOf = (wanted: string): Uint8Array =>
    messages.findLast(({name}) => name === wanted)?.bytes ?? noOctets;
  if (version === ProtocolVersion['TLS 1.3']) {
    const [server, client] = [tls13.decode(bytesOf('ServerHello')), tls13.decode(bytesOf('ClientHello'))];
    if (!server.ok || server.value.type !== 'server_hello') return undefined;
    const share = extensionValue(server.value.body.extensions, 'key_share');
    if (!share) return undefined;
    const offered =
      client.ok && client.value.type === 'client_hello'
        ? extensionValue(client.value.body.extensions, 'key_share')
        : undefined;
    const own = offered?.find(({group}) => group === share.group)?.keyExchange;
    return {group: share.group, client: own, server: share.keyExchange};
  }
  const [server, client] = [
    tls12.decode(bytesOf('ServerKeyExchange')),
    tls12.decode(bytesOf('ClientKeyExchange')),
  ];
  const body = server.ok && server.value.type === 'server_key_exchange' ? server.value.body : undefined;
  if (body?.kind !== 'ecdhe') return undefined;
  const sent = client.ok && client.value.type === 'client_key_exchange' ? client.value.body : undefined;
  const own = sent?.kind === 'ecdhe' ? sent.publicKey : undefined;
  return {group: body.group, client: own, server: body.publicKey};
};
