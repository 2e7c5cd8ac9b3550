// Oracle: side files of recorded captures, made with tshark 4.0 and Python's hpack (fixtures/captures-today/README.md).
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {decodeDns} from '../../source/wire/dns/decode.ts';
import {keysOf, todayFolder as own} from '../helpers/captured-today.ts';
import {inspectionJson} from '../helpers/inspection-json.ts';

/** Where the whole set of reference captures is at hand, the rest of it, too. */
const shared = fileURLToPath(new URL('../../../shared/captures-today/', import.meta.url));

type SideFile = {readonly file: string; readonly http2?: unknown};

const sideFiles = (folder: string): readonly (readonly [folder: string, name: string])[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => [folder, name])
    : [];

const read = (folder: string, name: string): SideFile => JSON.parse(readFileSync(folder + name, 'utf8'));

const inspected = async (path: string) => {
  const found = await inspectCapture(path);
  if (!found.ok) throw new Error(`${path} cannot be read`);
  const {inspector, facts} = found.value;
  const tls = capturedTls(inspector.connections, keysOf(path));
  return inspectionJson(facts, inspector, allShown(inspector, tls));
};

const judge = async (folder: string, name: string): Promise<void> => {
  const {file, http2} = read(folder, name);
  const found = await inspected(folder + file);
  expect(found['http2'], name).toEqual(http2);
};

test('DNS over HTTPS: the messages of each stream', async () => {
  const path = `${own}23i-dns-over-https.pcap`;
  const found = await inspectCapture(path);
  if (!found.ok) throw new Error(path);
  const {dns} = JSON.parse(readFileSync(path.replace('.pcap', '.json'), 'utf8'));
  const tls = capturedTls(found.value.inspector.connections, keysOf(path));
  const messages = tls.flatMap(({http2}) => http2?.streams ?? []).flatMap(({dnsMessages}) => dnsMessages);
  expect(messages.map(({asks, frame}) => [asks, frame])).toEqual(
    dns.flatMap((each: {queryFrame: number; responseFrame: number}) => [
      [true, each.queryFrame],
      [false, each.responseFrame],
    ]),
  );
  const names = messages.map(({bytes}) => {
    const read = decodeDns(bytes);
    return read.ok && read.value.questions[0]?.name;
  });
  expect(names).toEqual(['www.plain.test.', 'www.plain.test.', 'www.plain.test.', 'www.plain.test.']);
});

// RFC 9113 §3.4: a server need not wait for the preface of the client. Oracle: tshark 4.0.
test('28n-h2-server-first: SETTINGS of the server before the preface of the client', async () => {
  const found = await inspected(`${own}28n-h2-server-first.pcap`);
  expect(found['http2']).toMatchObject([
    {
      start: 'prior-knowledge',
      settings: {server: [{HEADER_TABLE_SIZE: 4096, MAX_CONCURRENT_STREAMS: 2, ENABLE_CONNECT_PROTOCOL: 1}]},
      frames: {SETTINGS: 4, HEADERS: 7, RST_STREAM: 3, DATA: 2, GOAWAY: 4},
    },
  ]);
});

const withHttp2 = sideFiles(own).filter(([folder, name]) => read(folder, name).http2 !== undefined);

test.each(withHttp2)('%2$s', judge);

const rest = sideFiles(shared).filter(([, name]) => !existsSync(own + name));

test.skipIf(rest.length === 0)(
  `other reference captures${rest.length === 0 ? ` (skipped: no others in ${shared})` : ''}`,
  async () => {
    for (const [folder, name] of rest) await judge(folder, name);
  },
);
