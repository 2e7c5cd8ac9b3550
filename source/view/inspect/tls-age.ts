// What of a TLS session is outdated, and which RFC says so: by its version and by the name of its cipher suite.
import type {TlsSummary} from '../../observe/tls-captured.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {ProtocolVersion, versionName} from '../../wire/tls/registry.ts';

/** RFC 9325 §4.1, §4.2, RFC 7465, RFC 5246 §A.5. */
const weak: readonly (readonly [pattern: RegExp, why: 'open' | 'anonymous' | 'rc4' | 'block' | 'cbc'])[] = [
  [/_WITH_NULL_/, 'open'],
  [/_anon_/, 'anonymous'],
  [/_RC4_/, 'rc4'],
  [/_(3DES|DES|IDEA|RC2)_|_DES40_/, 'block'],
  [/_CBC_/, 'cbc'],
];

export type Outdated = {
  /** Forbidden by RFC 8996; SSL 3.0 by RFC 7568. */
  readonly version?: string;
  readonly suite?: (typeof weak)[number][1] | 'chained';
  /** The server's key opens what was recorded (RFC 9325 §4.1). */
  readonly keyTransport: boolean;
  /** Resumed with the old secret alone, psk_ke (RFC 9846 §2.2). */
  readonly noExchange: boolean;
};

export const outdatedIn = ({version, suite, resumed, group}: TlsSummary): Outdated => {
  const name = suite === undefined ? '' : cipherSuiteName(suite);
  const found = weak.find(([pattern]) => pattern.test(name))?.[1];
  // From TLS 1.1 on each record brings its IV (RFC 4346 §1.1).
  const chained = found === 'cbc' && version !== undefined && version < ProtocolVersion['TLS 1.1'];
  return {
    ...(version !== undefined && version < ProtocolVersion['TLS 1.2'] && {version: versionName(version)}),
    ...(found && {suite: chained ? ('chained' as const) : found}),
    noExchange: version === ProtocolVersion['TLS 1.3'] && resumed === true && group === undefined,
    keyTransport: name.startsWith('TLS_RSA_WITH_') && !resumed,
  };
};
