// Clients of both versions hold certificates against what they trust, and say by alert what is wrong (RFC 5280 §6, RFC 9525 §6).
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import type {TlsRuleId} from '../../../../source/stack/tls/rules.ts';
import {hexOf, octetsOf} from '../../../../source/wire/octets.ts';
import {decodeCertificate} from '../../../../source/wire/tls/certificate.ts';
import type {AlertName} from '../../../../source/wire/tls/registry.ts';
import {
  attackerRoots,
  issuingKey,
  credentials as lessonCredentials,
  refusedChain,
  roots,
} from '../../../helpers/certificates.ts';
import {Pair} from '../pair.ts';
import {join} from '../rfc8448.ts';
import {flipped, refuses} from './refused.ts';
import {v12, v13} from './tamper.ts';

type Judged = readonly [
  what: string,
  alert: AlertName,
  because: TlsRuleId,
  given: {
    readonly chain: readonly Uint8Array[];
    readonly roots?: readonly Uint8Array[];
    readonly site?: string;
    readonly afterDays?: number;
  },
];

const good = lessonCredentials('good.ecdsa').chain;

const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = join(...parts);
  const {length} = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(tag, ...size, ...content);
};

const ecdsaWith = (hash: number) => der(0x30, Uint8Array.of(6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, hash));

/** The good certificate with other octets in it, signed by its authority as it should be. */
const issuedWith = (from: string, to: string, hash = 2): readonly Uint8Array[] => {
  const [own = new Uint8Array(), ...rest] = good;
  const certificate = decodeCertificate(own);
  if (!certificate.ok) throw new Error(certificate.error.code);
  const signed = octetsOf(hexOf(certificate.value.signedOctets).replace(from, to));
  const signature = nodeCrypto.sign('ecdsa_secp256r1_sha256', issuingKey('lesson-ecdsa-issuing'), signed);
  if (!signature) throw new Error('no signature');
  return [der(0x30, signed, ecdsaWith(hash), der(3, Uint8Array.of(0), signature)), ...rest];
};

/** Of an authority that says it was issued by one of its own name, as often as one likes. */
const endless = (): readonly Uint8Array[] => {
  const [own = new Uint8Array(), issuing = new Uint8Array()] = good;
  const certificate = decodeCertificate(issuing);
  if (!certificate.ok) throw new Error(certificate.error.code);
  const {signedOctets, issuerOctets, subjectOctets} = certificate.value;
  const content = hexOf(signedOctets.subarray(4))
    .replace(hexOf(issuerOctets), hexOf(subjectOctets))
    // So deep it may go.
    .replace('30060101ff020100', '30060101ff02017f');
  const signed = der(0x30, octetsOf(content));
  const signature = nodeCrypto.sign('ecdsa_secp256r1_sha256', issuingKey('lesson-ecdsa-issuing'), signed);
  if (!signature) throw new Error('no signature');
  const above = der(0x30, signed, ecdsaWith(2), der(3, Uint8Array.of(0), signature));
  return [own, ...Array.from({length: 12}, () => above)];
};

const judged: readonly Judged[] = [
  [
    'for clients only',
    'unsupported_certificate',
    '5280:4.2.1.12/other-purpose',
    {chain: issuedWith('2b06010505070301', '2b06010505070302')},
  ],
  [
    'unknown critical extension',
    'unsupported_certificate',
    '5280:6.1.4/unknown-extension',
    {chain: issuedWith('0603551d0f', '0603551d1e')},
  ],
  [
    'unknown signature',
    'unsupported_certificate',
    '5280:6.1.3/unknown-algorithm',
    {chain: issuedWith('', '', 3)},
  ],
  ['unknown CA', 'unknown_ca', '5280:6.1/unknown-issuer', {chain: good, roots: []}],
  ['attacker', 'unknown_ca', '5280:6.1/unknown-issuer', {chain: lessonCredentials('forged.ecdsa').chain}],
  [
    'self-signed',
    'unknown_ca',
    '5280:6.1/unknown-issuer',
    {chain: lessonCredentials('self-signed.ecdsa').chain},
  ],
  [
    'another site',
    'certificate_unknown',
    '9525:6/other-name',
    {chain: lessonCredentials('wrong-name.ecdsa').chain},
  ],
  ['expired', 'certificate_expired', '5280:6.1.3/expired', {chain: lessonCredentials('expired.ecdsa').chain}],
  ['too late', 'certificate_expired', '5280:6.1.3/expired', {chain: good, afterDays: 74}],
  ['too early', 'certificate_expired', '5280:6.1.3/not-yet-valid', {chain: good, afterDays: -18}],
  [
    'changed',
    'bad_certificate',
    '5280:6.1.3/bad-signature',
    {chain: good.map((one, n) => (n === 0 ? flipped(one, one.length - 1) : one))},
  ],
  ['authorities without end', 'unknown_ca', '5280:6.1/too-long', {chain: endless()}],
  ['signed by a site', 'bad_certificate', '5280:6.1.4/not-an-authority', {chain: refusedChain('by-site')}],
];

describe.each([
  ['TLS 1.2', v12],
  ['TLS 1.3', v13],
])('the client of %s judges certificates', (_, version) => {
  const visit = ({chain, afterDays = 0, ...trust}: Judged[3]): Pair => {
    const {privateKey} = lessonCredentials('good.ecdsa');
    const versions = [version];
    return new Pair({
      nowUs: afterDays * 86_400e6,
      client: {versions, trust: {roots: roots(), site: 'www.example.com', ...trust}},
      server: {versions, credentials: [{chain, privateKey}]},
    })
      .open()
      .run();
  };

  test.each(judged)('%s: %s', (__, alert, because, given) => {
    const {client} = visit(given);
    refuses(client, alert, because);
    expect(client.of('established')).toEqual([]);
  });

  test('the same certificate, signed again as it was, is believed', () => {
    expect(visit({chain: issuedWith('', '')}).client.state).toBe('CONNECTED');
  });

  test('a good chain is believed, and its path told', () => {
    const {client} = visit({chain: good});
    expect(client.alerts).toEqual([]);
    expect(client.state).toBe('CONNECTED');
    const path = client
      .of('note')
      .flatMap(({note}) => (note.kind === 'path' ? [note.certificates.length] : []));
    expect(path).toEqual([3]);
  });

  test('who trusts the attacker believes the attacker', () => {
    const forged = lessonCredentials('forged.ecdsa');
    const versions = [version];
    const {client} = new Pair({
      client: {versions, trust: {roots: attackerRoots(), site: 'www.example.com'}},
      server: {versions, credentials: [forged]},
    })
      .open()
      .run();
    expect(client.state).toBe('CONNECTED');
  });
});
