// Chooses one of the offered PSKs, and decides whether the server accepts early data (RFC 9846 §4.3.10, §4.3.11, §8).
import {hexOf, sameBytes} from '../../wire/octets.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {extensionValue} from '../../wire/tls/extension-list.ts';
import type {ClientHello} from '../../wire/tls/hello.ts';
import {PskKeyExchangeMode} from '../../wire/tls/registry.ts';
import {cipherSuite} from './cipher-suite.ts';
import {type Fault, fault} from './fault.ts';
import {kdfOf} from './key-schedule.ts';
import {binderOf, plainAge} from './psk.ts';
import type {Negotiated} from './server-negotiation.ts';
import {openTicket, type TicketContent} from './ticket.ts';
import type {Transcript} from './transcript.ts';
import type {ServerTurn} from './turn.ts';

export type Resumption = {
  readonly index: number;
  readonly ticket: TicketContent;
  /** The age of the ticket in milliseconds, as the client says. */
  readonly ageMs: number;
  readonly binder: Uint8Array;
};

const nowMs = (turn: ServerTurn): number => Math.floor(turn.env.nowUs / 1000);

const usable = (turn: ServerTurn, ticket: TicketContent, {suite, serverName = ''}: Negotiated): boolean =>
  cipherSuite(ticket.suite)?.hash === suite.hash &&
  ticket.serverName === serverName &&
  nowMs(turn) - ticket.issuedMs <= ticket.lifetimeS * 1000;

type Received = {readonly hello: ClientHello; readonly message: Uint8Array; readonly before: Transcript};

/** Returns the first PSK identity that this server can use, or undefined; a wrong binder ends the handshake (§4.3.11.2). */
export const resumptionOf = (
  turn: ServerTurn,
  negotiated: Negotiated,
  {hello, message, before}: Received,
): Result<Resumption | undefined, Fault> => {
  const offer = extensionValue(hello.extensions, 'pre_shared_key');
  const modes = extensionValue(hello.extensions, 'psk_key_exchange_modes') ?? [];
  if (!offer) return ok(undefined);
  if (offer.identities.length !== offer.binders.length)
    return err(fault('illegal_parameter', '9846:4.3.11/binders'));
  // The server resumes only with a new key exchange (psk_dhe_ke), because otherwise the connection would have no forward secrecy.
  if (!modes.includes(PskKeyExchangeMode.psk_dhe_ke)) return ok(undefined);
  const {crypto} = turn.env;
  for (const [index, {identity, obfuscatedTicketAge}] of offer.identities.entries()) {
    const ticket = openTicket(crypto, turn.settings.ticketKey, identity);
    const binder = offer.binders[index];
    if (!ticket || !binder || !usable(turn, ticket, negotiated)) continue;
    const expected = binderOf(kdfOf(crypto, negotiated.suite), ticket.psk, before, {message, hello});
    if (!sameBytes(binder, expected)) return err(fault('decrypt_error', '9846:4.3.11.2/binder'));
    return ok({index, ticket, binder, ageMs: plainAge(obfuscatedTicketAge, ticket.ageAdd)});
  }
  return ok(undefined);
};

/** The largest difference in ms between the client's and the server's age of a ticket with which early data are accepted (§8.3). */
const ageToleranceMs = 10_000;

/** Returns the id by which a server recognises a replayed ClientHello: its PSK binder in hexadecimal (§8.2). */
const replayId = ({binder}: Resumption): string => hexOf(binder);

const believed = (turn: ServerTurn, resumption: Resumption): boolean => {
  const {antiReplay} = turn.settings;
  if (antiReplay === 'none') return true;
  const apart = Math.abs(nowMs(turn) - resumption.ticket.issuedMs - resumption.ageMs);
  if (apart > ageToleranceMs) return false;
  return antiReplay === 'freshness' || !turn.env.seen(replayId(resumption));
};

/**
 * Tells whether the server accepts the early data of a ClientHello: the first PSK is resumed with the same suite and protocol, and no
 * replay is suspected (§4.3.10).
 */
export const acceptsEarly = (
  turn: ServerTurn,
  hello: ClientHello,
  {suite, alpn = ''}: Negotiated,
  resumption: Resumption | undefined,
): boolean => {
  const offered = hello.extensions?.some(({name}) => name === 'early_data') === true;
  if (!offered || !resumption || turn.settings.maxEarlyData === 0) return false;
  const {index, ticket} = resumption;
  const accepted =
    index === 0 && ticket.suite === suite.id && ticket.alpn === alpn && believed(turn, resumption);
  if (accepted && turn.settings.antiReplay === 'recording')
    turn.effects.push({kind: 'remember', id: replayId(resumption), because: '9846:8.2/record'});
  return accepted;
};
