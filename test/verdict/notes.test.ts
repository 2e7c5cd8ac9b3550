// Notes, and findings that no cause of the others leads to: each is found in a recorded capture, and not in one beside it.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {findingTable} from '../../source/verdict/ids.ts';
import {root} from '../helpers/root.ts';

const folders = ['captures', 'captures-made', 'captures-today', 'inspected', 'causes'];

/** Ids of what is found in a capture of any folder, opened with its keys where it has some. */
const idsIn = (name: string): ReadonlySet<string> => {
  const path = folders.map((each) => join(root, 'test/fixtures', each, name)).find(existsSync) ?? name;
  const keys = path.replace(/\.pcap(ng)?$/, '.keys');
  const read = readCapture(new Uint8Array(readFileSync(path)), {
    crypto: nodeCrypto,
    ...(existsSync(keys) && {keyLog: readFileSync(keys, 'utf8')}),
  });
  if (!read.ok) throw new Error(name);
  const told = JSON.stringify(inspectionOf(read.value).findings ?? []);
  return new Set([...told.matchAll(/\{"id":"([\w-]+)","level"/g)].map(([, id = '']) => id));
};

const cases: readonly (readonly [id: string, there: string, notThere: string])[] = [
  ['never-opened', '26c-happy-eyeballs-v6-slow.pcap', '26a-happy-eyeballs-v6-black-hole.pcap'],
  ['two-families', '26c-happy-eyeballs-v6-slow.pcap', '26a-happy-eyeballs-v6-black-hole.pcap'],
  ['simultaneous-open', '00c-simultaneous-open.pcap', '00a-handshake-only.pcap'],
  ['options-declined', '00e-handshake-one-sided-options.pcap', '00a-handshake-only.pcap'],
  ['out-of-order', '09a-one-segment-late.pcap', '08h-rto-four-times.pcap'],
  ['simultaneous-close', '04a-simultaneous-close.pcap', '01a-client-close-idle.pcap'],
  ['time-wait-ended', '09e-everything-twice.pcap', '01a-client-close-idle.pcap'],
  ['keep-alives', 'midstream-keep-alive.pcap', '10a-zero-window-probes.pcap'],
  ['dns-cookie', '23m-dns-cookies-padding.pcap', '13c-dns-nxdomain.pcap'],
  ['dns-truncated', '13k-dns-resolver-tcp-fallback.pcap', 'dns-truncated-tcp-blocked.pcap'],
  ['tls-weak-suite', '24e-tls10-tls11.pcap', '16a-tls12-rsa-gcm.pcap'],
  ['tls-no-forward-secrecy', '16a-tls12-rsa-gcm.pcap', '16c-tls12-ecdhe-rsa.pcapng'],
  ['tls-certificate', 'dns-over-tls.pcap', '24i-tls13-expired-certificate.pcap'],
  ['tls-retry', '16h-tls13-hello-retry.pcapng', '16e-tls13-full.pcapng'],
  ['tls-early-data', '28g-tls-early-refused.pcap', '16e-tls13-full.pcapng'],
  ['http-client-error', '14e-http-redirect-and-404.pcap', '14g-http-head.pcapng'],
  ['http-unanswered', '22k-quic-idle-timeout.pcap', '22a-h3-get.pcap'],
  ['h2-reset', '21e-h2-ping-reset-goaway.pcap', '21a-h2-one-stream.pcap'],
  ['quic-gave-up', '22k-quic-idle-timeout.pcap', '22a-h3-get.pcap'],
  ['quic-gap', '22e-h3-lost-datagram.pcap', '22a-h3-get.pcap'],
  ['quic-moved', '28a-quic-moved.pcap', '22a-h3-get.pcap'],
  ['quic-version-negotiation', '28l-quic-no-version.pcap', '22a-h3-get.pcap'],
  ['quic-retry', '22c-quic-retry.pcapng', '22a-h3-get.pcap'],
];

for (const [id, there, notThere] of cases)
  test(`${id} is found in ${there}, and not in ${notThere}`, () => {
    expect(idsIn(there)).toContain(id);
    expect(idsIn(notThere)).not.toContain(id);
  });

/** The names of the runs of each lesson, by its id; what-ifs are numbered. */
const runsOf = new Map(
  readdirSync(join(root, 'lessons'), {recursive: true, encoding: 'utf8'})
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('data'))
    .map((path) => {
      const text = readFileSync(join(root, 'lessons', path), 'utf8');
      const [, runs = ''] = text.match(/^runs:.*\n((?: .*\n|\n|#.*\n)*)/m) ?? [];
      const [, whatIf = ''] = text.match(/^whatIf:.*\n((?: .*\n|\n|#.*\n)*)/m) ?? [];
      const names = [...runs.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
      const numbered = [...whatIf.matchAll(/^ {2}- /gm)].map((_, index) => `what-if-${index + 1}`);
      return [basename(path, '.yaml'), [...names, ...numbered]] as const;
    }),
);

test('each lesson and run that a finding names exists', () => {
  const named = Object.entries(findingTable).filter(([, {lesson}]) => lesson !== undefined);
  const missing = named.filter(
    ([, {lesson = '', run}]) =>
      !runsOf.has(lesson) || (run !== undefined && !runsOf.get(lesson)?.includes(run)),
  );
  expect(missing.map(([id]) => id)).toEqual([]);
  expect(
    Object.values(findingTable).filter(({lesson, run}) => run !== undefined && lesson === undefined),
  ).toEqual([]);
});
