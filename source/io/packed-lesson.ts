// A compiled lesson as a line of its track: certificates and keys, which no packing makes smaller, stand in it by name.

const blocks = (pem: string): readonly string[] =>
  [...pem.matchAll(/-----BEGIN [A-Z ]+-----([^-]+)-----END/g)].map(([, base64 = '']) =>
    base64.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_'),
  );

type Certificates = ReadonlyMap<string, string>;

export const packLesson = (lesson: unknown, certificates: Certificates): string => {
  let line = JSON.stringify(lesson);
  for (const [name, pem] of certificates) {
    for (const [place, octets] of blocks(pem).entries()) {
      line = line.replaceAll(`"${octets}"`, `"pem:${name}:${place}"`);
    }
  }
  return line;
};

/** @param certificates is asked only where the lesson has some. */
export const unpackLesson = <T>(line: string, certificates: () => Certificates): T => {
  if (!line.includes('"pem:')) return JSON.parse(line);
  const known = new Map([...certificates()].map(([name, pem]) => [name, blocks(pem)]));
  const whole = line.replace(
    /"pem:([^":]+):(\d+)"/g,
    (_, name: string, place: string) => `"${known.get(name)?.[Number(place)]}"`,
  );
  return JSON.parse(whole);
};
