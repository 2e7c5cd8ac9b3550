// Finds what is weak in a TLS session by today's rules: its cipher suite, and keys that decrypt a recording later.
import type {TlsSummary} from '../observe/tls-captured.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {ProtocolVersion} from '../wire/tls/registry.ts';

/**
 * Patterns of the names of weak TLS cipher suites, with the reason for which each is weak (RFC 9325 §4.1, §4.2, RFC 7465, RFC 5246 §A.5).
 */
const weak: readonly (readonly [pattern: RegExp, why: 'open' | 'anonymous' | 'rc4' | 'block' | 'cbc'])[] = [
  [/_WITH_NULL_/, 'open'],
  [/_anon_/, 'anonymous'],
  [/_RC4_/, 'rc4'],
  [/_(3DES|DES|IDEA|RC2)_|_DES40_/, 'block'],
  [/_CBC_/, 'cbc'],
];

/**
 * The reason for which a TLS cipher suite is weak. `chained`: a CBC suite before TLS 1.1, where a record's IV is the end of the previous
 * record (RFC 4346 §1.1).
 */
export type WeakSuite = (typeof weak)[number][1] | 'chained';

export const weakSuiteIn = ({version, suite}: TlsSummary): {name: string; why: WeakSuite} | undefined => {
  const name = suite === undefined ? '' : cipherSuiteName(suite);
  const why = weak.find(([pattern]) => pattern.test(name))?.[1];
  const isChained = why === 'cbc' && version !== undefined && version < ProtocolVersion['TLS 1.1'];
  return why && {name, why: isChained ? 'chained' : why};
};

/**
 * Returns which long-lived key would decrypt a recorded TLS session if it became known later: the server's RSA key (RFC 9325 §4.1), or a
 * ticket's (RFC 9846 §2.2); undefined if none would.
 */
export const lastingKeyIn = ({version, suite, resumed, group}: TlsSummary): 'rsa' | 'ticket' | undefined => {
  const isResumed = resumed === true;
  if (version === ProtocolVersion['TLS 1.3']) return isResumed && group === undefined ? 'ticket' : undefined;
  const name = suite === undefined ? '' : cipherSuiteName(suite);
  return name.startsWith('TLS_RSA_WITH_') && !isResumed ? 'rsa' : undefined;
};
