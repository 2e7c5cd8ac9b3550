// Moves the certificates and keys out of compiled lessons, which then contain only their names. The PEM files are stored once, as
// hexadecimal digits: compression finds repeated octets in these, but not in base64, in which the same octets look different at each of
// three positions.

const blocks = (pem: string): readonly string[] =>
  [...pem.matchAll(/-----BEGIN [A-Z ]+-----([^-]+)-----END/g)].map(([, base64 = '']) =>
    base64.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_'),
  );

type Certificates = ReadonlyMap<string, string>;

export const namedCertificates = (json: string, certificates: Certificates): string => {
  let named = json;
  for (const [name, pem] of certificates) {
    for (const [place, octets] of blocks(pem).entries()) {
      named = named.replaceAll(`"${octets}"`, `"pem:${name}:${place}"`);
    }
  }
  return named;
};

/** Puts the certificates back into a lesson's JSON. @param certificates is called only if the JSON names some. */
export const wholeCertificates = (json: string, certificates: () => Certificates): string => {
  if (!json.includes('"pem:')) return json;
  const known = new Map([...certificates()].map(([name, pem]) => [name, blocks(pem)]));
  return json.replace(
    /"pem:([^":]+):(\d+)"/g,
    (_, name: string, place: string) => `"${known.get(name)?.[Number(place)]}"`,
  );
};

/** The blocks of each PEM file (RFC 7468): the label, and the octets in hexadecimal digits. */
type Octets = {readonly [name: string]: readonly (readonly [label: string, hex: string])[]};

const pemOf = ([label, hex]: readonly [string, string]): string => {
  const lines =
    Buffer.from(hex, 'hex')
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

export const unpackCertificates = (packed: Octets): Certificates =>
  new Map(Object.entries(packed).map(([name, all]) => [name, all.map(pemOf).join('')]));

export const packCertificates = (certificates: Certificates): Octets => {
  const octets = (pem: string): readonly (readonly [string, string])[] =>
    [...pem.matchAll(/-----BEGIN ([A-Z ]+)-----([^-]+)/g)].map(([, label = '', base64 = '']) => [
      label,
      Buffer.from(base64, 'base64').toString('hex'),
    ]);
  return Object.fromEntries([...certificates].map(([name, pem]) => [name, octets(pem)]));
};
