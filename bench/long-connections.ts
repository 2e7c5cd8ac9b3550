// One connection each that goes on and on: tens of thousands of requests, or one download of HTTP/2.
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

const mix = (name: string, frames: () => Iterable<Uint8Array>): Mix => ({
  name,
  make: () => encodePcap(ethernet, timed(frames())),
});

export const longConnections: readonly Mix[] = [
  mix('one connection of HTTP/2, short requests', manyRequests),
  mix('one connection of HTTP/2, one download', oneDownload),
  mix('one connection of HTTP/1.1, short requests', keptAlive),
];
