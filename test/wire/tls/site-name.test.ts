// Names that certificates present, and sites (RFC 9525 §6.3 and its examples).
import {expect, test} from 'vitest';
import {decodeCertificate} from '../../../source/wire/tls/certificate.ts';
import {isAbout} from '../../../source/wire/tls/site-name.ts';
import {credentials} from '../../helpers/certificates.ts';

const decoded = decodeCertificate(credentials('good.ecdsa').chain[0] ?? new Uint8Array());
if (!decoded.ok) throw new Error('the lessons’ certificate cannot be read');
const {value: certificate} = decoded;

const about = (site: string, ...names: readonly string[]): boolean =>
  isAbout(
    {
      ...certificate,
      extensions: {
        ...certificate.extensions,
        subjectAltNames: names.map((name) =>
          /^[\da-f.:]+$/.test(name) ? ({kind: 'ip', address: name} as const) : ({kind: 'dns', name} as const),
        ),
      },
    },
    site,
  );

test.each([
  ['www.example.com', 'www.example.com', true],
  ['www.example.com', '*.example.com', true],
  ['WWW.EXAMPLE.com', '*.Example.COM', true],
  ['a.b.example.com', '*.example.com', false],
  ['example.com', '*.example.com', false],
  ['www.example.com', 'w*.example.com', false],
  ['www.example.com', 'www.*.com', false],
  ['www.example.com', '*', false],
  ['example.com', '*.com', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['2001:db8:0::1', '2001:db8::1', true],
])('%s, presented as %s', (site, name, expected) => {
  expect(about(site, name)).toBe(expected);
});

test('an address as a DNS name, and no name at all, are about nothing', () => {
  expect(isAbout(certificate, '192.0.2.1')).toBe(false);
  expect(about('www.example.com')).toBe(false);
});
