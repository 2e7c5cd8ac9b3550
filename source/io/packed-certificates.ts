// Certificates and keys, which no packing makes smaller, stand in compiled lessons by name.

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

/** @param certificates is asked only where some are named. */
export const wholeCertificates = (json: string, certificates: () => Certificates): string => {
  if (!json.includes('"pem:')) return json;
  const known = new Map([...certificates()].map(([name, pem]) => [name, blocks(pem)]));
  return json.replace(
    /"pem:([^":]+):(\d+)"/g,
    (_, name: string, place: string) => `"${known.get(name)?.[Number(place)]}"`,
  );
};
