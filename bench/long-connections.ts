// One connection each that goes on and on: tens of thousands of requests, or one download of HTTP/2.
import {createCipheriv, createHmac} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {readFrameHeaders} from '../source/wire/frame-headers.ts';
import {readUint} from '../source/wire/octets.ts';
import {CaptureReader} from '../source/wire/pcap/reader.ts';
import {encodePcap} from '../source/wire/pcap/writer.ts';
import {encodeUtf8} from '../source/wire/utf8.ts';
import {timed, Wire} from './by-hand.ts';
import type {Mix} from './capture-mixes.ts';

const ethernet = 1;

const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));

const Type = {data: 0, headers: 1, settings: 4, windowUpdate: 8} as const;
const Flag = {none: 0, ack: 1, endStream: 1, endHeaders: 4} as const;

/** RFC 9113 §4.1. */
const frame = (type: number, flags: number, stream: number, payload: Uint8Array): Uint8Array => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return joined(head, payload);
};

const none = new Uint8Array(0);
const settings = frame(Type.settings, Flag.none, 0, none);
const preface = joined(encodeUtf8('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), settings);

const credit = (octets: number, stream: number): Uint8Array => {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(octets);
  return frame(Type.windowUpdate, Flag.none, stream, payload);
};

/** GET over http of that path at a.b, by the static table (RFC 7541 appendix A). */
const request = (stream: number, target: string): Uint8Array => {
  const path = encodeUtf8(target);
  const fields = [
    Uint8Array.of(0x82, 0x86, 0x04, path.length),
    path,
    Uint8Array.of(0x01, 3),
    encodeUtf8('a.b'),
  ];
  return frame(Type.headers, Flag.endHeaders + Flag.endStream, stream, joined(...fields));
};

const status200 = (stream: number): Uint8Array =>
  frame(Type.headers, Flag.endHeaders, stream, Uint8Array.of(0x88));

function* begun(wire: Wire): Generator<Uint8Array> {
  yield* wire.open();
  yield wire.say(false, preface);
  yield wire.say(true, joined(settings, frame(Type.settings, Flag.ack, 0, none)));
  yield wire.say(false, frame(Type.settings, Flag.ack, 0, none));
}

function* manyRequests(): Generator<Uint8Array> {
  const wire = new Wire(20_000);
  yield* begun(wire);
  for (let stream = 1; ; stream += 2) {
    yield wire.say(false, request(stream, `/items/${stream}`));
    const content = encodeUtf8(`{"item": ${stream}}`);
    yield wire.say(true, joined(status200(stream), frame(Type.data, Flag.endStream, stream, content)));
    yield wire.say(false, credit(content.length, 0));
  }
}

function* oneDownload(): Generator<Uint8Array> {
  const wire = new Wire(20_000);
  yield* begun(wire);
  yield wire.say(false, request(1, '/film'));
  yield wire.say(true, status200(1));
  const content = new Uint8Array(1200);
  for (;;) {
    yield wire.say(true, frame(Type.data, Flag.none, 1, content));
    yield wire.say(false, joined(credit(content.length, 0), credit(content.length, 1)));
  }
}

function* keptAlive(): Generator<Uint8Array> {
  const wire = new Wire(20_000);
  yield* wire.open();
  for (let each = 0; ; each++) {
    yield wire.say(false, encodeUtf8(`GET /items/${each} HTTP/1.1\r\nHost: a.b\r\n\r\n`));
    const content = `{"item": ${each}}`;
    yield wire.say(
      true,
      encodeUtf8(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`),
    );
    yield wire.ack(false);
  }
}

/** RFC 8446 §7.1, of TLS_AES_256_GCM_SHA384. */
const expandLabel = (secret: Uint8Array, label: string, length: number): Uint8Array => {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Uint8Array.of(0, length, name.length), name, Uint8Array.of(0, 1)]);
  return createHmac('sha384', secret).update(info).digest().subarray(0, length);
};

/** Protects what one end says (RFC 8446 §5.2). */
class Protection {
  readonly #key: Uint8Array;
  readonly #iv: Uint8Array;
  #count = 0;

  constructor(secret: Uint8Array) {
    this.#key = expandLabel(secret, 'key', 32);
    this.#iv = expandLabel(secret, 'iv', 12);
  }

  record(content: Uint8Array): Uint8Array {
    const nonce = Buffer.from(this.#iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ this.#count++) >>> 0, 8);
    const header = Uint8Array.of(23, 3, 3, (content.length + 17) >> 8, (content.length + 17) & 0xff);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(header);
    return joined(
      header,
      cipher.update(content),
      cipher.update(Uint8Array.of(23)),
      cipher.final(),
      cipher.getAuthTag(),
    );
  }
}

const secured = join(process.cwd(), 'test', 'fixtures', 'captures', '16e-tls13-full');
const keyLog = (): string => readFileSync(`${secured}.keys`, 'utf8');

const secretOf = (label: string): Uint8Array => {
  const line =
    keyLog()
      .split('\n')
      .find((each) => each.startsWith(`${label} `)) ?? '';
  return Buffer.from(line.split(' ')[2] ?? '', 'hex');
};

/** What each segment of a recorded handshake says, up to the client's Finished. */
const recordedHandshake = (): readonly {readonly back: boolean; readonly payload: Uint8Array}[] => {
  const {records} = new CaptureReader().push(readFileSync(`${secured}.pcapng`));
  const said = records.flatMap(({bytes, linkType}) => {
    const {protocol, transportAt: at} = readFrameHeaders(bytes, linkType, bytes.length);
    if (protocol !== 6) return [];
    const payload = bytes.slice(at + 4 * (readUint(bytes, at + 12, 1) >> 4));
    return payload.length > 0 ? [{back: readUint(bytes, at, 2) === 443, payload}] : [];
  });
  return said.slice(0, 4);
};

/** Each page is three records: its head and two of its content. */
function* insideTls(): Generator<Uint8Array> {
  const wire = new Wire(20_000);
  yield* wire.open();
  for (const {back, payload} of recordedHandshake()) yield wire.say(back, payload);
  const client = new Protection(secretOf('CLIENT_TRAFFIC_SECRET_0'));
  const server = new Protection(secretOf('SERVER_TRAFFIC_SECRET_0'));
  const half = new Uint8Array(1200);
  for (let each = 0; ; each++) {
    yield wire.say(false, client.record(encodeUtf8(`GET /pages/${each} HTTP/1.1\r\nHost: a.b\r\n\r\n`)));
    yield wire.say(true, server.record(encodeUtf8('HTTP/1.1 200 OK\r\nContent-Length: 2400\r\n\r\n')));
    yield wire.say(true, server.record(half));
    yield wire.ack(false);
    yield wire.say(true, server.record(half));
    yield wire.ack(false);
  }
}

const mix = (name: string, frames: () => Iterable<Uint8Array>, keys?: string): Mix => ({
  name,
  ...(keys === undefined ? {} : {keys}),
  make: () => encodePcap(ethernet, timed(frames())),
});

export const longConnections: readonly Mix[] = [
  mix('one connection of HTTP/2, short requests', manyRequests),
  mix('one connection of HTTP/2, one download', oneDownload),
  mix('one connection of HTTP/1.1, short requests', keptAlive),
  mix('one connection of TLS with its key log', insideTls, keyLog()),
];
