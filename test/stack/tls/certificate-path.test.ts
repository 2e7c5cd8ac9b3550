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
    what: 'a trusted attacker',
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

describe('what else RFC 5280 asks of a chain, whoever has signed it', () => {
  const believing = {...crypto, verify: () => true};
  type Chain = readonly Uint8Array[];
  const judged = (chain: Chain, {trusted = roots(), port = believing, site = 'www.example.com'} = {}) => {
    const path = certificatePath({chain, site, wallUs: newYear, roots: trusted, crypto: port});
    return path.ok ? 'accepted' : `${path.error.fault} ${path.error.alert} at ${path.error.at}`;
  };
  /** Other octets of the same number, wherever they stand. */
  const exchanged = (octets: Uint8Array, from: string, to: string): Uint8Array => {
    const hex = Buffer.from(octets).toString('hex');
    expect(hex).toContain(from);
    return new Uint8Array(Buffer.from(hex.replaceAll(from, to), 'hex'));
  };
  const at = (place: number, from: string, to: string): Chain =>
    good.map((octets, index) => (index === place ? exchanged(octets, from, to) : octets));

  test.each<[what: string, chain: Chain, verdict: string]>([
    ['as it is', good, 'accepted'],
    // §4.2: critical, and not known here: 2.5.29.36 where key usage was.
    ['a critical extension', at(0, '551d0f', '551d24'), 'unknown-extension unsupported_certificate at 0'],
    ['the same above', at(1, '551d0f', '551d24'), 'unknown-extension unsupported_certificate at 1'],
    // §4.2.1.12: clientAuth for serverAuth; anyExtendedKeyUsage beside another.
    [
      'for clients only',
      at(0, '2b06010505070301', '2b06010505070302'),
      'other-purpose unsupported_certificate at 0',
    ],
    [
      'for clients only',
      at(1, '2b06010505070301', '2b06010505070302'),
      'other-purpose unsupported_certificate at 1',
    ],
    ['for any purpose', at(0, '06082b06010505070301', '0604551d250006022a03'), 'accepted'],
    // §6.1.4 (n): its key signs lists of what is revoked, and no certificates.
    ['without keyCertSign', at(1, '03020106', '03020102'), 'not-an-authority bad_certificate at 1'],
    // §4.1.1.2: ecdsa-with-SHA384.
    [
      'another algorithm',
      at(0, '2a8648ce3d040302', '2a8648ce3d040303'),
      'unknown-algorithm unsupported_certificate at 0',
    ],
    ['no certificate at all', [], 'no-certificate decode_error at 0'],
    ['the second is none', [...good.slice(0, 1), new Uint8Array(9)], 'unreadable bad_certificate at 1'],
    ['nobody above the site', good.slice(0, 1), 'unknown-issuer unknown_ca at 0'],
  ])('%s', (_, chain, verdict) => expect(judged(chain)).toBe(verdict));

  test('a key that nobody can use, and a signature that does not hold, are the lower one’s fault', () => {
    const [, issuing = new Uint8Array(0)] = good;
    const port = {
      ...believing,
      certificateKey: (octets: Uint8Array) =>
        Buffer.from(octets).equals(issuing) ? crypto.certificateKey(octets) : undefined,
    };
    expect(judged(good, {port})).toBe('unknown-algorithm unsupported_certificate at 1');
    const refusing = {...crypto, verify: () => false};
    expect(judged(good, {port: refusing})).toBe('bad-signature bad_certificate at 0');
    expect(judged(good, {site: 'example.org'})).toBe('other-name certificate_unknown at 0');
  });

  /** The root's certificate under other names. */
  const [template = new Uint8Array(0)] = roots();
  const called = (subject: string, issuer: string): Uint8Array => {
    const hex = Buffer.from(template).toString('hex');
    const name = /0603550403(?:13|0c)(..)/;
    const [issuerHalf = '', validity = '', subjectHalf = ''] = hex.split(
      /(170d(?:..){13}(?:170d|180f)(?:..){13,15})/,
    );
    const named = (half: string, text: string, last: boolean): string => {
      const all = [...half.matchAll(new RegExp(name, 'g'))];
      const match = last ? all.at(-1) : all[0];
      const begin = (match?.index ?? 0) + (match?.[0].length ?? 0);
      const size = 2 * Number.parseInt(match?.[1] ?? '0', 16);
      return (
        half.slice(0, begin) + Buffer.from(text.padEnd(size / 2)).toString('hex') + half.slice(begin + size)
      );
    };
    return new Uint8Array(
      Buffer.from(named(issuerHalf, issuer, true) + validity + named(subjectHalf, subject, false), 'hex'),
    );
  };
  const line = (authorities: number): Chain =>
    Array.from({length: authorities + 1}, (_, nth) => called(`${nth}`, `${nth + 1}`));

  test('eight authorities between site and root are looked at, no more', () => {
    const rooted = (authorities: number) =>
      judged(line(authorities), {trusted: [called(`${authorities + 1}`, 'itself')]});
    expect([rooted(0), rooted(8)]).toEqual(Array(2).fill('other-name certificate_unknown at 0'));
    expect(rooted(9)).toBe('too-long unknown_ca at 9');
  });

  test('of several that cannot be read the first is named', () => {
    const junk = Uint8Array.of(0x30, 0);
    const [own = junk] = good;
    expect(judged([own, junk, junk])).toBe('unreadable bad_certificate at 1');
    expect(judged([junk, own, junk])).toBe('unreadable bad_certificate at 0');
    expect(judged([])).toBe('no-certificate decode_error at 0');
  });

  test('in any order (RFC 9846 §4.5.1), and two that vouch for each other lead nowhere', () => {
    const [own = template, ...above] = line(3);
    const trusted = [called('4', 'itself')];
    expect(judged([own, ...above.toReversed()], {trusted})).toBe('other-name certificate_unknown at 0');
    const ring = [called('site', 'a'), called('a', 'b'), called('b', 'a')];
    expect(judged(ring, {trusted})).toBe('unknown-issuer unknown_ca at 2');
  });
});
