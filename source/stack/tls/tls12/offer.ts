// The parts of a ClientHello that only TLS 1.2 needs (RFC 5246 §7.4.1.2 and later extensions).
import {CipherSuite} from '../../../wire/tls/cipher-suites.ts';
import type {ClientHelloExtension} from '../../../wire/tls/hello.ts';
import {EcPointFormat} from '../../../wire/tls/registry.ts';
import {cipherSuite} from '../cipher-suite.ts';
import type {TlsClientSettings, TlsSession12} from '../settings.ts';
import type {ClientTurn} from '../turn.ts';
import {suite12} from './suite.ts';
import {offers12, offers13} from './version.ts';

/** Returns the cipher suites that a client offers: those in its settings, without the suites of TLS versions that it does not offer. */
export const suitesOffered = (settings: TlsClientSettings): readonly number[] =>
  settings.cipherSuites.filter(
    (id) => (offers13(settings) || !cipherSuite(id)) && (offers12(settings) || !suite12(id)),
  );

const agreesBy12 = (settings: TlsClientSettings): boolean =>
  suitesOffered(settings).some((id) => suite12(id)?.keyExchange === 'ecdhe');

/** Tells whether groups are offered: a client without key agreement on elliptic curves offers none (RFC 8422 §4). */
export const offersGroups = (settings: TlsClientSettings): boolean =>
  offers13(settings) || agreesBy12(settings);

/**
 * Returns the TLS 1.2 session whose ticket the client may offer (RFC 5077 §3.4), or undefined. With a lifetime of 0 the ticket never
 * becomes too old.
 */
export const offered12 = ({settings, env}: ClientTurn): TlsSession12 | undefined => {
  const {session, serverName} = settings;
  if (session?.version !== 'TLS 1.2' || !settings.sessionTickets || !offers12(settings)) return undefined;
  const ageS = (env.nowUs - session.receivedUs) / 1e6;
  const fresh = session.lifetimeS === 0 || ageS <= session.lifetimeS;
  return fresh && session.serverName === serverName && suitesOffered(settings).includes(session.suite)
    ? session
    : undefined;
};

const signalled = (settings: TlsClientSettings): boolean =>
  settings.cipherSuites.includes(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV);

export const extensions12 = (turn: ClientTurn): readonly ClientHelloExtension[] => {
  const {settings} = turn;
  if (!offers12(settings)) return [];
  const found: ClientHelloExtension[] = [];
  if (agreesBy12(settings)) found.push({name: 'ec_point_formats', value: [EcPointFormat.uncompressed]});
  // The client sends the renegotiation_info extension or the cipher suite value for it (SCSV), not both (RFC 5746 §3.4).
  if (!signalled(settings)) found.push({name: 'renegotiation_info', value: new Uint8Array()});
  if (settings.extendedMasterSecret) found.push({name: 'extended_master_secret', value: undefined});
  if (settings.sessionTickets)
    found.push({name: 'session_ticket', value: offered12(turn)?.ticket ?? new Uint8Array()});
  return found;
};
