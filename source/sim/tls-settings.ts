// Converts TLS settings of lessons to those of the machines.

import type {SecureClient, SecureServer} from '../stack/tls/secure.ts';
import {
  type TlsClientSettings,
  type TlsCredential,
  type TlsServerSettings,
  type TlsSession,
  type TlsSession12,
  tlsClientDefaults,
  tlsServerDefaults,
} from '../stack/tls/settings.ts';
import {fromBase64url} from '../wire/base64url.ts';
import {oncePer} from '../wire/once-per.ts';
import {ProtocolVersion} from '../wire/tls/registry.ts';
import {given} from './given.ts';

const octets = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array();

// Equal root certificates stay the same octets object, because io/crypto.ts finds parsed keys by that object.
const rootsOf = oncePer((roots: SecureClient['roots']): readonly Uint8Array[] => roots.map(octets));

export const credentialsOf = oncePer((server: SecureServer): readonly TlsCredential[] => {
  const read = server.credentials.map(({chain, privateKey}) => ({
    chain: chain.map(octets),
    privateKey: octets(privateKey),
  }));
  return read;
});

/** The TLS versions that a client or a server uses if the lesson names none: 1.3 and 1.2, as today's browsers and servers do. */
const usualVersions = [ProtocolVersion['TLS 1.3'], ProtocolVersion['TLS 1.2']];

export const serverSettings = (server: SecureServer, ticketKey: Uint8Array): TlsServerSettings => {
  const {versions = usualVersions, suites, groups, alpn, tickets, maxEarlyData, antiReplay} = server;
  return {
    ...tlsServerDefaults,
    versions,
    sessionTickets: tickets !== 0,
    credentials: credentialsOf(server),
    ticketKey,
    ...given({cipherSuites: suites, groups, alpn, tickets, maxEarlyData, antiReplay}),
  };
};

export const clientSettings = (
  client: SecureClient,
  {early, session}: {readonly early: boolean; readonly session: TlsSession | TlsSession12 | undefined},
): TlsClientSettings => {
  const {versions = usualVersions, suites, groups, alpn, keyShares, serverName, site, roots} = client;
  const [liked] = groups ?? [];
  return {
    ...tlsClientDefaults,
    versions,
    trust: {roots: rootsOf(roots), site},
    sessionTickets: client.resumes !== false,
    earlyData: early,
    resendEarlyData: true,
    // If the lesson asks for no key share, the client sends one for its preferred group.
    ...(liked === undefined ? {} : {keyShares: [liked]}),
    ...given({cipherSuites: suites, groups, alpn, keyShares, serverName, session}),
  };
};
