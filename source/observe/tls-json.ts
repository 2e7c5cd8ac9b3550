// Writes the TLS of a capture as JSON in the format of the files beside the reference captures, with Wireshark's names.
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {alertName, groupName, isGrease, isHybrid, versionName} from '../wire/tls/registry.ts';
import type {CapturedTls, TlsSummary} from './tls-captured.ts';

/**
 * Returns a TLS name in Wireshark's spelling, such as `End of Early Data` for `end_of_early_data`; whole names in `whole` have their own.
 */
const titled = (name: string, whole: ReadonlyMap<string, string>): string =>
  whole.get(name) ??
  name
    .split('_')
    .map((word) => capitals.get(word) ?? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ');

const capitals: ReadonlyMap<string, string> = new Map([
  ['of', 'of'],
  ['ca', 'CA'],
  ['mac', 'MAC'],
  ['psk', 'PSK'],
  ['ech', 'ECH'],
]);

/** TLS message names that Wireshark writes in another way. HelloRetryRequest is a ServerHello there, as on the wire. */
const messageNames: ReadonlyMap<string, string> = new Map([
  ['hello_retry_request', 'Server Hello'],
  ['certificate_url', 'Client Certificate URL'],
]);
const alertNames: ReadonlyMap<string, string> = new Map([
  ['no_application_protocol', 'No application Protocol'],
]);

const levelName = (level: number): string => {
  if (level === 1) return 'Warning (1)';
  return level === 2 ? 'Fatal (2)' : `Unknown (${level})`;
};

const nameOf = (value: number | undefined, name: (value: number) => string): string | null =>
  value === undefined ? null : name(value);

/** Returns the name of a TLS number, such as a suite or group; all values reserved by GREASE (RFC 8701) get the same name. */
const named = (value: number, name: (value: number) => string): string =>
  isGrease(value) ? 'GREASE' : name(value);

const groupNames = (groups: readonly number[]): readonly string[] =>
  groups.map((each) => named(each, groupName));

const noOffers = {
  ...{groupsOffered: [], keyShares: [], grease: false, clientHelloBytes: [], certificateRequested: false},
  ...{ocspRequested: false, ocspStapled: false, keyUpdates: 0, closeNotify: []},
  ...{group: undefined, clientCertificate: false},
} as const;

const offersJson = (session: TlsSummary | undefined) => {
  const {group, groupsOffered, keyShares, grease, closeNotify, ...told} = session ?? noOffers;
  return {
    group: nameOf(group, groupName),
    hybrid: group !== undefined && isHybrid(group),
    groupsOffered: groupNames(groupsOffered),
    keyShares: groupNames(keyShares),
    grease,
    clientHelloBytes: told.clientHelloBytes,
    certificateRequested: told.certificateRequested,
    clientCertificate: told.clientCertificate,
    ocspRequested: told.ocspRequested,
    ocspStapled: told.ocspStapled,
    keyUpdates: told.keyUpdates,
    closeNotify: closeNotify.map((side) => (side === 0 ? 'client' : 'server')),
  };
};

export const tlsJson = ({observed, session}: CapturedTls) => {
  return {
    stream: observed.id - 1,
    version: nameOf(session?.version, versionName),
    cipherSuite: nameOf(session?.suite, cipherSuiteName),
    sni: session?.serverName ?? null,
    alpn: session?.alpn ?? null,
    alpnOffered: session?.alpnOffered ?? [],
    versionsOffered: (session?.versionsOffered ?? []).map((each) => named(each, versionName)),
    handshake: (session?.messages ?? []).map(({frame, name}) => ({
      frame,
      message: titled(name, messageNames),
    })),
    alerts: (session?.alerts ?? []).map(({frame, level, description}) => ({
      frame,
      level: levelName(level),
      description: `${titled(alertName(description), alertNames)} (${description})`,
    })),
    sessionResumed: session?.resumed ?? null,
    helloRetryRequest: session?.retried ?? false,
    ...offersJson(session),
    ...(session?.hello && {earlyDataOffered: session.earlyDataOffered, pskOffered: session.pskOffered}),
  };
};
