// Captures of 200,000 packets of several kinds: real conversations of the test fixtures between other ports, fifty side by side,
// and what no fixture is long enough for.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {readFrameHeaders} from '../source/wire/frame-headers.ts';
import {readUint, writeUint} from '../source/wire/octets.ts';
import {CaptureReader} from '../source/wire/pcap/reader.ts';
import {encodePcap, encodePcapng, type OutgoingRecord} from '../source/wire/pcap/writer.ts';
import {encodeUtf8} from '../source/wire/utf8.ts';
import {betweenUs, packets, timed, Wire} from './by-hand.ts';

const fixtures = join(process.cwd(), 'test', 'fixtures', 'captures');
const Protocol = {tcp: 6, udp: 17} as const;

/** Conversations that go on at the same time. */
const abreast = 50;
const ethernet = 1;

type Template = {
  readonly frames: readonly {readonly bytes: Uint8Array; readonly portAt: number; readonly client: number}[];
  readonly clients: number;
};

/** The port at the end that is no server's: where it is, and what it is; -1: there is none. */
const clientPort = (bytes: Uint8Array, servers: ReadonlySet<number>): readonly [at: number, port: number] => {
  const {protocol, transportAt, fragment} = readFrameHeaders(bytes, 1, bytes.length);
  if ((protocol !== Protocol.tcp && protocol !== Protocol.udp) || fragment) return [-1, 0];
  const fromServer = servers.has(readUint(bytes, transportAt, 2));
  const at = fromServer ? transportAt + 2 : transportAt;
  return [at, readUint(bytes, at, 2)];
};

const templateOf = (file: string, servers: ReadonlySet<number>): Template => {
  const {records} = new CaptureReader().push(readFileSync(join(fixtures, file)));
  const clients = new Map<number, number>();
  const frames = records.flatMap(({bytes}) => {
    const [portAt, port] = clientPort(bytes, servers);
    // Nobody asks for the server's address before each conversation.
    if (portAt < 0) return [];
    const client = clients.get(port) ?? clients.size;
    clients.set(port, client);
    return [{bytes: bytes.slice(), portAt, client}];
  });
  return {frames, clients: clients.size};
};

type Edit = (bytes: Uint8Array, round: number) => Uint8Array;

/** The conversations of the files again and again, each from ports of its own. */
function* conversations(
  files: readonly string[],
  serverPorts: readonly number[],
  edit: Edit = (bytes) => bytes,
): Generator<OutgoingRecord> {
  const servers = new Set(serverPorts);
  const templates = files.map((file) => templateOf(file, servers));
  let [made, nextPort, round] = [0, 0, 0];
  while (made < packets) {
    const group = Array.from({length: abreast}, () => {
      const {frames, clients} = templates[round % templates.length] ?? {frames: [], clients: 0};
      const begun = {frames, port: nextPort, round};
      nextPort += clients;
      round += 1;
      return begun;
    });
    const longest = Math.max(...group.map(({frames}) => frames.length));
    for (let index = 0; index < longest; index++)
      for (const each of group) {
        const frame = each.frames[index];
        if (!frame || made >= packets) continue;
        const bytes = frame.bytes.slice();
        writeUint(bytes, frame.portAt, 2, 1024 + ((each.port + frame.client) % 60_000));
        yield {atUs: 1_000_000 + betweenUs * made++, bytes: edit(bytes, each.round)};
      }
  }
}

/** Behind the addresses of Ethernet. */
const tagged: Edit = (bytes, round) => {
  const tag = Uint8Array.of(0x81, 0x00, 0x00, 1 + (round % 200));
  const wider = new Uint8Array(bytes.length + tag.length);
  wider.set(bytes.subarray(0, 12));
  wider.set(tag, 12);
  wider.set(bytes.subarray(12), 16);
  return wider;
};

/** Keep-alive connections on which hundreds of small requests are asked and answered. */
function* smallRequests(): Generator<Uint8Array> {
  for (let port = 20_000; ; port++) {
    const wire = new Wire(port);
    yield* wire.open();
    for (let each = 0; each < 600; each++) {
      const target = `/items/${port}/${each}`;
      yield wire.say(false, encodeUtf8(`GET ${target} HTTP/1.1\r\nHost: www.example\r\nAccept: */*\r\n\r\n`));
      const content = `{"item": ${each}}`;
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${content.length}\r\n\r\n`;
      yield wire.say(true, encodeUtf8(head + content));
      yield wire.ack(false);
    }
  }
}

/** Keys that somebody presses, one segment each; every hundredth is lost before the capture point and sent again late. */
function* smallSegments(): Generator<Uint8Array> {
  const wire = new Wire(20_000);
  yield* wire.open();
  let lost: Uint8Array | undefined;
  for (let each = 0; ; each++) {
    const key = wire.say(false, Uint8Array.of(97 + (each % 26)));
    if (each % 100 === 50) lost = key;
    else yield key;
    if (each % 100 === 53 && lost) {
      yield lost;
      lost = undefined;
    }
    yield wire.ack(true);
  }
}

function* noted(records: Iterable<OutgoingRecord>): Generator<OutgoingRecord> {
  let made = 0;
  for (const record of records) yield {...record, comments: [`packet ${++made}: a note that somebody made`]};
}

const short = (): Iterable<OutgoingRecord> =>
  conversations(['14e-http-redirect-and-404.pcap', '01a-client-close-idle.pcap'], [80, 7001]);
const tls = ['16a-tls12-rsa-gcm', '16c-tls12-ecdhe-rsa', '16e-tls13-full'] as const;
const dns = ['13a-dns-full-walk.pcap', '13e-dns-truncated-tcp.pcapng', '13m-dns-over-tcp.pcapng'];

const file = (records: Iterable<OutgoingRecord>): Iterable<Uint8Array> => encodePcap(ethernet, records);

export type Mix = {
  readonly name: string;
  readonly make: () => Iterable<Uint8Array>;
  readonly gzip?: true;
  /** Lines of a key log. */
  readonly keys?: string;
};

const tlsMix = (): Iterable<Uint8Array> =>
  file(
    conversations(['16a-tls12-rsa-gcm.pcap', '16c-tls12-ecdhe-rsa.pcapng', '16e-tls13-full.pcapng'], [443]),
  );

const today = '../captures-today';
const http2 = [`${today}/21a-h2-one-stream`, `${today}/21e-h2-ping-reset-goaway`];
const quic = [`${today}/22a-h3-get`, `${today}/22g-h3-key-update`];

/** Connection IDs are those of the files: what they protect cannot be written again. */
const secured = (names: readonly string[]) => (): Iterable<Uint8Array> =>
  file(
    conversations(
      names.map((name) => `${name}.pcap`),
      [443],
    ),
  );

const keysOf = (names: readonly string[]): string =>
  names.map((name) => readFileSync(join(fixtures, `${name}.keys`), 'utf8')).join('');

export const mixes: readonly Mix[] = [
  {name: 'short connections', make: () => file(short())},
  {name: 'the same, gzipped', make: () => file(short()), gzip: true},
  {
    name: 'the same as pcapng, a comment on each packet',
    make: () => encodePcapng({interfaces: [{linkType: ethernet}]}, noted(short())),
  },
  {name: 'small requests of HTTP/1.1', make: () => file(timed(smallRequests()))},
  {name: 'one stream of single octets, some lost', make: () => file(timed(smallSegments()))},
  {name: 'IPv6 in VLANs', make: () => file(conversations(['01e-client-close-ipv6.pcapng'], [7001], tagged))},
  {name: 'DNS over UDP and TCP', make: () => file(conversations(dns, [53]))},
  {name: 'TLS, short requests', make: tlsMix},
  {
    name: 'the same with its key log',
    make: tlsMix,
    keys: keysOf(tls),
  },
  {
    name: 'HTTP/2 in the clear',
    make: () => file(conversations([`${today}/21c-h2-priorities-window-updates.pcap`], [8080])),
  },
  {name: 'HTTP/2 with its key log', make: secured(http2), keys: keysOf(http2)},
  {name: 'QUIC', make: secured(quic)},
  {name: 'QUIC with its key log', make: secured(quic), keys: keysOf(quic)},
];
