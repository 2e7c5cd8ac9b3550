// Oracle: OpenSSL's reading of the same certificates, through node:crypto; RFC 5280 for what it must not accept.
import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {momentOf} from '../../../source/wire/http/calendar.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {
  type Certificate,
  decodeCertificate,
  readCertificate,
  shortName,
} from '../../../source/wire/tls/certificate.ts';
import {readExtensions} from '../../../source/wire/tls/certificate-extensions.ts';
import {identifierText} from '../../../source/wire/tls/der.ts';
import {tls12} from '../../../source/wire/tls/handshake.ts';
import {readerOf} from '../../../source/wire/tls/presentation.ts';
import {runs} from '../../helpers/seeds.ts';
import {tlsCaptures, tlsConnections} from './captured.ts';

const fixture = new X509Certificate(
  readFileSync(new URL('../../fixtures/certificates/many-extensions.pem', import.meta.url)),
);

/** Each once. */
const recorded = (): readonly Uint8Array[] => {
  const all = tlsCaptures.flatMap((name) =>
    tlsConnections(name)
      .flat()
      .flatMap(({messages}) => messages)
      .flatMap((bytes) => {
        const read = tls12.decode(bytes);
        return read.ok && read.value.type === 'certificate' ? read.value.body.certificates : [];
      }),
  );
  return [...new Map(all.map((der) => [hexOf(der), der])).values()];
};

const certificates: readonly Uint8Array[] = [new Uint8Array(fixture.raw), ...recorded()];

const decoded = (der: Uint8Array): Certificate => {
  const read = decodeCertificate(der);
  if (!read.ok) throw new Error(`${read.error.code} at ${read.error.at}`);
  return read.value;
};

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Nov 20 06:48:41 2026 GMT` */
const openSslTime = (atUs: number): string => {
  const {year, month, day, hour, minute, second} = momentOf(atUs);
  const [h, m, s] = [hour, minute, second].map((part) => String(part).padStart(2, '0'));
  return `${months[month - 1]} ${String(day).padStart(2, ' ')} ${h}:${m}:${s} ${year} GMT`;
};

const nameText = (name: Certificate['subject']): string =>
  name.map(({type, text}) => `${shortNames[type] ?? type}=${text.replaceAll(',', '\\,')}`).join('\n');

describe.each(certificates.map((der) => [hexOf(der.subarray(0, 24)), der] as const))('%s…', (_, der) => {
  const theirs = new X509Certificate(der);
  const ours = decoded(der);

  test('names, serial number and validity', () => {
    expect(nameText(ours.subject)).toBe(theirs.subject);
    expect(nameText(ours.issuer)).toBe(theirs.issuer);
    expect(BigInt(`0x${ours.serialNumber}`)).toBe(BigInt(`0x${theirs.serialNumber}`));
    expect(openSslTime(ours.notBeforeUs)).toBe(theirs.validFrom);
    expect(openSslTime(ours.notAfterUs)).toBe(theirs.validTo);
  });

  test('alternative names, and whether it is an authority', () => {
    const listed = (theirs.subjectAltName ?? '').split(', ').filter((one) => /^(DNS|IP Address):/.test(one));
    const names = (ours.extensions.subjectAltNames ?? []).map((one) =>
      one.kind === 'dns' ? `DNS:${one.name}` : `IP Address:${one.address.toUpperCase()}`,
    );
    expect(names.map((one) => one.replace('2001:DB8::7', '2001:DB8:0:0:0:0:0:7'))).toEqual(listed);
    expect(ours.extensions.basicConstraints?.ca ?? false).toBe(theirs.ca);
  });

  test('the key', () => {
    const {asymmetricKeyType, asymmetricKeyDetails} = theirs.publicKey;
    expect(ours.publicKey.algorithm).toBe(
      asymmetricKeyType === 'rsa' ? '1.2.840.113549.1.1.1' : '1.2.840.10045.2.1',
    );
    expect(ours.publicKey.modulusBits).toBe(asymmetricKeyDetails?.modulusLength);
    const spki = theirs.publicKey.export({type: 'spki', format: 'der'});
    expect(hexOf(new Uint8Array(spki)).endsWith(hexOf(ours.publicKey.key))).toBe(true);
  });

  test('every row lies where its octets are', () => {
    const reader = readerOf(der);
    readCertificate(reader);
    expect(reader.rows.length).toBeGreaterThan(15);
    for (const {name, value, start, end} of reader.rows) {
      if (/^(x509af\.(serialNumber|encrypted|subjectPublicKey)|pkcs1\.modulus)$/.test(name))
        expect(hexOf(der, start, end), name).toBe(value);
      if (/^x509sat\.|dNSName$/.test(name))
        expect(Buffer.from(der.subarray(start, end)).toString('utf8'), name).toBe(value);
    }
  });
});

test('bits of a modulus count from the highest one, whether an octet of zeros stands before it (X.690 §8.3)', () => {
  const der = certificates.find((each) => decoded(each).publicKey.modulusBits === 2048);
  if (!der) throw new Error('no key of 2048 bits was recorded');
  const reader = readerOf(der);
  readCertificate(reader);
  const first = reader.rows.find(({name}) => name === 'pkcs1.modulus')?.start ?? 0;
  const bits = (...octets: readonly number[]): number | undefined => {
    const changed = der.slice();
    changed.set(octets, first);
    return decoded(changed).publicKey.modulusBits;
  };
  expect(der[first]).toBe(0);
  expect([bits(1), bits(0x7f), bits(0, 1), bits(0, 0, 0x10)]).toEqual([2049, 2055, 2041, 2037]);
});

test('constraints, usages and criticality of a certificate that has them', () => {
  const {extensions, version, publicKey} = decoded(new Uint8Array(fixture.raw));
  expect(version).toBe(3);
  expect(publicKey.curve).toBe('1.2.840.10045.3.1.7');
  expect(extensions.basicConstraints).toEqual({ca: true, pathLength: 3});
  expect(extensions.keyUsage).toEqual(['digitalSignature', 'keyCertSign', 'cRLSign']);
  expect(extensions.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  expect(extensions.present.filter(({critical}) => critical).map(({id}) => id)).toEqual([
    '2.5.29.19',
    '2.5.29.15',
  ]);
});

test('object identifiers (X.690 §8.19)', () => {
  expect(identifierText(octetsOf('2a864886f70d01010b'))).toBe('1.2.840.113549.1.1.11');
  // The example of §8.19.5.
  expect(identifierText(octetsOf('883703'))).toBe('2.999.3');
  for (const hex of ['', '2a80', '2a8001', '80']) expect(identifierText(octetsOf(hex)), hex).toBeUndefined();
});

describe('what is no certificate', () => {
  const good = new Uint8Array(fixture.raw);
  /** `good` with `to` in the place of the only `from`. */
  const changed = (from: string, to: string): Uint8Array => {
    const hex = hexOf(good);
    const parts = hex.split(from);
    if (parts.length !== 2) throw new Error(`${parts.length - 1} times ${from}`);
    return octetsOf(parts.join(to));
  };

  test.each([
    ['no octets', new Uint8Array(0), 'short'],
    ['cut in the middle', good.slice(0, 200), 'short'],
    ['an octet behind it', Uint8Array.of(...good, 0), 'trailing'],
    ['another tag', Uint8Array.of(0x31, ...good.slice(1)), 'der-tag'],
    ['an indefinite length', Uint8Array.of(0x30, 0x80, ...good.slice(4)), 'der-length'],
    ['length too long', Uint8Array.of(0x30, 0x83, 0, ...good.slice(2)), 'der-length'],
    ['version 9', changed('a003020102', 'a003020108'), 'der-value'],
    [
      'a thirteenth month',
      changed(hexOf(Buffer.from('2611')), hexOf(Buffer.from('2613'))),
      'certificate-time',
    ],
    ['an extension twice', changed('0603551d20', '0603551d23'), 'certificate-extension-twice'],
  ])('%s', (_, der, code) => {
    expect(decodeCertificate(der)).toMatchObject({ok: false, error: {code, alert: 'bad_certificate'}});
  });

  test.each([
    ['49', 2049],
    ['50', 1950],
    ['00', 2000],
    ['99', 1999],
  ])('two digits of a year, %s: %i (RFC 5280 §4.1.2.5.1)', (digits, year) => {
    const {notBeforeUs} = decoded(changed(hexOf(Buffer.from('2611')), hexOf(Buffer.from(`${digits}11`))));
    expect(momentOf(notBeforeUs).year).toBe(year);
  });
});

/** An element of DER (X.690 §8.1): its tag, the length of its content, the content in hex. */
const der = (tag: string, ...content: readonly string[]): string => {
  const hex = content.join('');
  return `${tag}${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`;
};

const extension = (id: string, value: string, critical = ''): string =>
  der('30', der('06', id), critical, der('04', value));

const extensionsOf = (...list: readonly string[]) => {
  const from = readerOf(octetsOf(der('30', ...list)));
  return {value: readExtensions(from), error: from.error, rows: from.rows};
};

const [keyUsageId, constraintsId] = ['551d0f', '551d13'];

describe('extensions (RFC 5280 §4.2.1)', () => {
  test.each([
    ['an authority', extension(constraintsId, der('30', der('01', 'ff'))), {ca: true}],
    ['none: DEFAULT FALSE', extension(constraintsId, der('30')), {ca: false}],
    ['none, but said', extension(constraintsId, der('30', der('01', '00'))), {ca: false}],
    [
      'a path of 5',
      extension(constraintsId, der('30', der('01', 'ff'), der('02', '05'))),
      {ca: true, pathLength: 5},
    ],
  ])('basicConstraints: %s', (_, hex, basicConstraints) => {
    const {value, error, rows} = extensionsOf(hex);
    expect([value.basicConstraints, error]).toEqual([basicConstraints, undefined]);
    const paths = rows.filter(({name}) => name === 'x509ce.pathLenConstraint');
    const told = 'pathLength' in basicConstraints ? [String(basicConstraints.pathLength)] : [];
    expect(paths.map((row) => row.value)).toEqual(told);
  });

  test.each([
    ['03020780', ['digitalSignature']],
    ['03020106', ['keyCertSign', 'cRLSign']],
    ['0303070080', ['decipherOnly']],
    ['030100', []],
  ])('keyUsage: %s (§4.2.1.3)', (hex, keyUsage) => {
    const {value, error, rows} = extensionsOf(extension(keyUsageId, hex));
    expect([value.keyUsage, error]).toEqual([keyUsage, undefined]);
    // Behind the octet that counts unused bits.
    expect(rows.find(({name}) => name === 'x509ce.KeyUsage')?.value).toBe(hex.slice(6));
  });

  test('critical or not, in the order in which they stand', () => {
    const {value, rows} = extensionsOf(
      extension(keyUsageId, '03020780', der('01', 'ff')),
      extension(constraintsId, der('30')),
    );
    expect(value.present).toEqual([
      {id: '2.5.29.15', critical: true},
      {id: '2.5.29.19', critical: false},
    ]);
    expect(rows.filter(({name}) => name === 'x509af.critical').map((row) => row.value)).toEqual(['1']);
  });

  test.each([
    ['a BOOLEAN of no octets', extension(constraintsId, der('30', der('01')))],
    ['a BOOLEAN of two octets', extension(constraintsId, der('30', der('01', '00ff')))],
    ['two-octet path length', extension(constraintsId, der('30', der('02', '0100')))],
    ['a path length of none', extension(constraintsId, der('30', der('02')))],
    ['empty key usages', extension(keyUsageId, '0300')],
    ['four-octet key usages', extension(keyUsageId, '030400800000')],
    ['endless identifier', extension('551d8f', der('30'))],
  ])('%s is refused', (_, hex) => {
    const {error, rows} = extensionsOf(hex);
    expect(error).toMatchObject({code: 'der-value', alert: 'bad_certificate'});
    expect(rows.filter(({name}) => !name.startsWith('x509af'))).toEqual([]);
  });
});

test('whom people call it by: the common name, else the organisation, else what comes first, else nothing', () => {
  const [country, organisation, commonName] = [
    {type: '2.5.4.6', text: 'DE'},
    {type: '2.5.4.10', text: 'Shop Ltd'},
    {type: '2.5.4.3', text: 'shop.example'},
  ] as const;
  expect(
    [[country, organisation, commonName], [country, organisation], [country], []].map((name) =>
      shortName(name),
    ),
  ).toEqual(['shop.example', 'Shop Ltd', 'DE', '']);
});

test('any damage: a value or an error, and rows inside', () => {
  const damage = fc.tuple(
    fc.constantFrom(...certificates),
    fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), {maxLength: 4}),
    fc.nat(1200),
  );
  fc.assert(
    fc.property(damage, ([der, changes, length]) => {
      const copy = der.slice(0, Math.max(1, length));
      for (const [at, octet] of changes) if (at < copy.length) copy[at] = octet;
      const reader = readerOf(copy);
      readCertificate(reader);
      for (const {start, end} of reader.rows) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(copy.length);
      }
    }),
    {numRuns: runs(1500)},
  );
});
