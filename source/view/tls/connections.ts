// Finds the TLS connections of a simulated run, with the events of both ends, and the one that the panels show now.

import {entriesOf} from '../../account/entries.ts';
import {type Eyes, eyesOf} from '../../account/eyes.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {pairOf} from '../../wire/connection-id.ts';
import {oncePer} from '../../wire/once-per.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import {type Handshake13, tls12, tls13} from '../../wire/tls/handshake.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import {connectionsAtHand} from '../endpoints/at-hand.ts';
import {lastSeen, until} from '../seen.ts';
import type {View} from '../view.ts';

export type TlsEventSeen = EventOf<'tls'>;
export type Role = 'client' | 'server';

export type TlsConnectionSeen = {
  /** Maps each host to its role in the TLS connection; the client is the one that sends the ClientHello. */
  readonly roles: ReadonlyMap<string, Role>;
  /** The TLS events of both ends of the connection, in their order. */
  readonly events: readonly TlsEventSeen[];
};

type Growing = {readonly roles: Map<string, Role>; readonly events: TlsEventSeen[]};

const connectionsOf = oncePer((trace: Trace): ReadonlyMap<string, TlsConnectionSeen> => {
  const all = new Map<string, Growing>();
  for (const event of entriesOf(trace, 'tls')) {
    if (event.connection === undefined) continue;
    const key = pairOf(event.connection);
    const seen: Growing = all.get(key) ?? {roles: new Map(), events: []};
    all.set(key, seen);
    seen.events.push(event);
    const {what, host} = event;
    if (what.kind === 'message' && !seen.roles.has(host))
      seen.roles.set(host, (what.name === 'client_hello') === (what.op === 'sent') ? 'client' : 'server');
  }
  return all;
});

/** Tells whether a simulated run has TLS; false for captures, which have no simulated ends. */
export const hasTls = ({input: {trace}}: Pick<View, 'input'>): boolean => connectionsOf(trace).size > 0;

/** Returns the part of a TLS connection that the observer knows: an end knows only its own events. */
const ownOf = ({events, roles}: TlsConnectionSeen, eyes: Eyes): TlsConnectionSeen => ({
  roles,
  events: typeof eyes === 'string' ? events : events.filter(({host}) => host === eyes.host),
});

/** Returns the TLS connection of the selected packet, or else the newest one that the observer knows; undefined before any TLS message. */
export const tlsAtHand = (view: View): TlsConnectionSeen | undefined => {
  const {trace} = view.input;
  const seen = lastSeen(view);
  const begun = [...connectionsOf(trace)].flatMap(([name, connection]) => {
    const own = ownOf(connection, eyesOf(trace));
    const events = until(own.events, seen);
    return events.length > 0 ? [{name, own: {...own, events}}] : [];
  });
  const chosen = [...connectionsAtHand(view).values()].map(pairOf);
  return (begun.find(({name}) => chosen.includes(name)) ?? begun.at(-1))?.own;
};

/** The TLS version, cipher suite and group that the server has chosen, as numbers on the wire; `group` is absent if there is none. */
export type Chosen = {
  readonly version: number;
  readonly suite: number;
  readonly group?: number;
};

type ServerHello = Extract<Handshake13, {type: 'server_hello'}>['body'];

const helloIn = (bytes: Uint8Array): ServerHello | undefined => {
  const read = tls13.decode(bytes);
  return read.ok && read.value.type === 'server_hello' ? read.value.body : undefined;
};

const groupIn12 = (bytes: Uint8Array): number | undefined => {
  const read = tls12.decode(bytes);
  const exchange = read.ok && read.value.type === 'server_key_exchange' ? read.value.body : undefined;
  return exchange?.kind === 'ecdhe' ? exchange.group : undefined;
};

/**
 * Returns the version, suite and group that the server has chosen; undefined before its hello. In TLS 1.2 ServerKeyExchange contains the
 * group.
 */
export const chosenIn = ({events}: TlsConnectionSeen): Chosen | undefined => {
  const messages = events.flatMap(({what}) => (what.kind === 'message' ? [what] : []));
  const bytes = messages.find(({name}) => name === 'server_hello')?.bytes;
  const hello = bytes && helloIn(bytes);
  if (!hello) return undefined;
  const version = extensionValue(hello.extensions, 'supported_versions') ?? hello.legacyVersion;
  const exchange = messages.find(({name}) => name === 'server_key_exchange');
  const group =
    version === ProtocolVersion['TLS 1.3']
      ? extensionValue(hello.extensions, 'key_share')?.group
      : exchange && groupIn12(exchange.bytes);
  return {version, suite: hello.cipherSuite, ...(group === undefined ? {} : {group})};
};
