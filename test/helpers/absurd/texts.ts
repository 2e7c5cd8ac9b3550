// Files of progress, answers and secrets that no program wrote.

const mebibyte = 2 ** 20;
const firstLine = '{"type":"progress","format":1}\n';
const numbered = (count: number, part: (nth: number) => string, between = ''): string =>
  Array.from({length: count}, (_, nth) => part(nth)).join(between);

type Absurd = Readonly<Record<string, readonly [make: () => string, exit: 0 | 2, says?: RegExp]>>;

/** For `progress --import`. */
export const imports: Absurd = {
  'too-long': [() => ' '.repeat(17 * mebibyte), 2, /larger than 16 MiB\n.*--max-mebibytes 64/],
  'line-feeds': [() => '\n'.repeat(16 * mebibyte), 0],
  'empty-records': [() => '{}\n'.repeat(5 * mebibyte), 2, /is not a progress file/],
  'nested-lists': [() => '['.repeat(16 * mebibyte), 2, /is not a progress file/],
  'nested-records': [() => '{"a":'.repeat(3 * mebibyte), 2, /is not a progress file/],
  'a-long-record': [() => `{"id":"${'x'.repeat(15 * mebibyte)}"}`, 2, /is not a progress file/],
  'many-fields': [() => `{${numbered(1_000_000, (nth) => `"k${nth}":1`, ',')}}`, 2, /is not a progress file/],
  'many-records': [
    () => firstLine + numbered(250_000, (nth) => `{"id":"${nth}","atMs":1,"kind":"finished","lesson":"x"}\n`),
    0,
  ],
};

/** For `quiz --answers`. */
export const answers: Absurd = {
  'nested.json': [() => `{"answers":${'['.repeat(2_000_000)}`, 2, /this is no JSON/],
  'strangers.json': [
    () => `{"answers":{${numbered(200_000, (nth) => `"k${nth}":1`, ',')}}}`,
    2,
    /no question “k0”/,
  ],
  'twice.json': [() => `{"answers":{${'"a":1,'.repeat(300_000)}"a":1}}`, 2, /no question “a”/],
  'a-number.json': [() => `{"answers":{"a":${'9'.repeat(4_000_000)}}}`, 2],
  'long.json': [() => ' '.repeat(5 * mebibyte), 2, /larger than 4 MiB/],
};

/** For `inspect --keylog`. */
export const keyLogs: Absurd = {
  'line-feeds.log': [() => '\n'.repeat(60 * mebibyte), 0],
  'one-line.log': [() => 'C'.repeat(60 * mebibyte), 2, /contains no TLS secrets/],
  'junk.log': [() => 'CLIENT_RANDOM x y\n'.repeat(3_000_000), 2, /contains no TLS secrets/],
  'many.log': [
    () =>
      numbered(300_000, (nth) => `CLIENT_RANDOM ${nth.toString(16).padStart(64, '0')} ${'0'.repeat(96)}\n`),
    0,
  ],
  'one-name.log': [
    () =>
      numbered(100_000, (nth) => `CLIENT_RANDOM ${'0'.repeat(64)} ${nth.toString(16).padStart(96, '0')}\n`),
    0,
  ],
};
