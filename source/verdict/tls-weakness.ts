// Finds what is weak in a TLS session by today's rules: its cipher suite, and keys that decrypt a recording later.
import type {TlsSummary} from '../observe/tls-captured.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {ProtocolVersion} from '../wire/tls/registry.ts';

/** The weak suites (RFC 9325 §4.1, §4.2, RFC 7465, RFC 5246 §A.5). */
const weak: readonly (readonly [pattern: RegExp, why: 'open' | 'anonymous' | 'rc4' | 'block' | 'cbc'])[] = [
  [/_WITH_NULL_/, 'open'],
  [/_anon_/, 'anonymous'],
  [/_RC4_/, 'rc4'],
  [/_(3DES|DES|IDEA|RC2)_|_DES40_/, 'block'],
  [/_CBC_/, 'cbc'],
];

/** `chained` means that a record's IV is the end of the previous record, as before TLS 1.1 (RFC 4346 §1.1). */
export type WeakSuite = (typeof weak)[number][1] | 'chained';

export const weakSuiteIn = ({version, suite}: TlsSummary): {name: string; why: WeakSuite} | undefined => {
  const name = suite === undefined ? '' : cipherSuiteName(suite);
  const why = weak.find(([pattern]) => pattern.test(name))?.[1];
  const isChained = why === 'cbc' && version !== undefined && version < ProtocolVersion['TLS 1.1'];
  return why && {name, why: isChained ? 'chained' : why};
};

/**
 * Returns the key that decrypts a recording whenever somebody gets it: the server's RSA key (RFC 9325 §4.1), or that of a ticket (RFC 9846
 * §2.2).
 */
export const lastingKeyIn = ({version, suite, resumed, group}: TlsSummary): 'rsa' | 'ticket' | undefined => {
  const isResumed = resumed === true;
  if (version === ProtocolVersion['TLS 1.3']) return isResumed && group === undefined ? 'ticket' : undefined;
  const name = suite === undefined ? '' : cipherSuiteName(suite);
  return name.startsWith('TLS_RSA_WITH_') && !isResumed ? 'rsa' : undefined;
};
