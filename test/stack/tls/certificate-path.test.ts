// What a client believes of a certificate (RFC 5280 §6.1, RFC 9525 §6.3); openssl, where it is installed, is asked about each chain too.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {nodeCrypto as crypto} from '../../../source/io/crypto.ts';
import {certificatePath} from '../../../source/stack/tls/certificate-path.ts';
import {attackerRoots, credentials, refusedChain, roots} from '../../helpers/certificates.ts';

const day = 86_400 * 1_000_000;
/** 1 January 2026. */
const newYear = 1_767_225_600_000_000;

type Case = {
  readonly what: string;
  readonly chain: readonly Uint8Array[];
  readonly site?: string;
  readonly wallUs?: number;
  readonly roots?: readonly Uint8Array[];
  /** Absent: accepted. */
  readonly fault?: string;
  readonly alert?: string;
  /** openssl takes the moment notAfter itself for too late; RFC 5280 §4.1.2.5 says “inclusive”. */
  readonly opensslRefuses?: true;
};

const good = credentials('good.ecdsa').chain;
const rsa = credentials('good.rsa').chain;

/** Octet `at` from the end with one bit the other way. */
const damaged = (octets: Uint8Array, at: number): Uint8Array =>
  octets.map((octet, index) => (index === octets.length - at ? octet ^ 1 : octet));

const first = (chain: readonly Uint8Array[], change: (octets: Uint8Array) => Uint8Array) =>
  chain.map((octets, index) => (index === 0 ? change(octets) : octets));

const cases: readonly Case[] = [
  {what: 'ECDSA', chain: good},
  {what: 'RSA', chain: rsa},
  {what: 'the second name', chain: good, site: 'example.com'},
  {what: 'letter case', chain: good, site: 'WWW.Example.COM'},
  {what: 'the root sent along', chain: [...good, ...roots()]},
  {what: 'the first second', chain: good, wallUs: newYear - 17 * day},
  {what: 'the last second', chain: good, wallUs: newYear + 73 * day, opensslRefuses: true},
  {
    what: 'a second before the first',
    chain: good,
    wallUs: newYear - 17 * day - 1_000_000,
    fault: 'not-yet-valid',
    alert: 'certificate_expired',
  },
  {
    what: 'a second after the last',
    chain: good,
    wallUs: newYear + 73 * day + 1_000_000,
    fault: 'expired',
    alert: 'certificate_expired',
  },
  {
    what: 'expired',
    chain: credentials('expired.rsa').chain,
    fault: 'expired',
    alert: 'certificate_expired',
  },
  {
    what: 'another site',
    chain: credentials('wrong-name.ecdsa').chain,
    fault: 'other-name',
    alert: 'certificate_unknown',
  },
  {what: 'a name below', chain: good, site: 'a.www.example.com', fault: 'other-name'},
  {
    what: 'signed by itself',
    chain: credentials('self-signed.rsa').chain,
    fault: 'unknown-issuer',
    alert: 'unknown_ca',
  },
  {what: 'an attacker', chain: credentials('forged.ecdsa').chain, fault: 'unknown-issuer'},
  {
    what: 'an attacker whom the client trusts',
    chain: credentials('forged.ecdsa').chain,
    roots: [...roots(), ...attackerRoots()],
  },
  {what: 'without the issuing authority', chain: good.slice(0, 1), fault: 'unknown-issuer'},
  {what: 'nothing trusted', chain: good, roots: [], fault: 'unknown-issuer'},
  {
    what: 'issued by a site',
    chain: refusedChain('by-site'),
    fault: 'not-an-authority',
    alert: 'bad_certificate',
  },
  {what: 'too deep', chain: refusedChain('below-deeper'), fault: 'not-an-authority'},
  {
    what: 'a damaged signature',
    chain: first(good, (octets) => damaged(octets, 1)),
    fault: 'bad-signature',
    alert: 'bad_certificate',
  },
  {
    what: 'no certificate',
    chain: first(good, (octets) => octets.slice(0, 100)),
    fault: 'unreadable',
    alert: 'bad_certificate',
  },
];

const pem = (octets: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(octets)
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END CERTIFICATE-----\n`;

const installed = spawnSync('openssl', ['version']).status === 0;
if (!installed) console.log('openssl is not installed: it is not asked about certificates');

const opensslAccepts = ({chain, roots: trusted = roots(), site, wallUs}: Case): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const file = (name: string, octets: readonly Uint8Array[]): string => {
    const path = join(folder, name);
    writeFileSync(path, octets.map(pem).join(''));
    return path;
  };
  const seconds = (wallUs ?? newYear) / 1_000_000;
  const anchors = trusted.length > 0 ? ['-CAfile', file('roots', trusted)] : ['-no-CAfile'];
  const sent = file('chain', chain);
  const host = ['-verify_hostname', site ?? 'www.example.com', '-purpose', 'sslserver'];
  const {status} = spawnSync('openssl', [
    'verify',
    ...['-no-CApath', '-no-CAstore', '-attime', `${seconds}`],
    ...anchors,
    ...host,
    ...['-untrusted', sent, sent],
  ]);
  rmSync(folder, {recursive: true});
  return status === 0;
};

describe.each(cases)('$what', (each) => {
  test(each.fault ?? 'accepted', () => {
    const {chain, site = 'www.example.com', wallUs = newYear, roots: trusted = roots()} = each;
    const path = certificatePath({chain, site, wallUs, roots: trusted, crypto});
    expect(path.ok ? undefined : path.error.fault).toBe(each.fault);
    if (each.alert) expect(path.ok ? undefined : path.error.alert).toBe(each.alert);
    if (path.ok) expect(path.value.octets).toHaveLength(3);
  });

  test.skipIf(!installed)('as openssl says', () => {
    expect(opensslAccepts(each)).toBe(each.fault === undefined && !each.opensslRefuses);
  });
});
