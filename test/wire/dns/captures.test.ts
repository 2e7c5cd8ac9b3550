// Oracle: the side files of the recorded captures, which were computed with tshark 4.0 (fixtures/captures/*.json).
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {ednsOf, fullRcode} from '../../../source/wire/dns/edns.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {splitDns} from '../../../source/wire/dns/framing.ts';
import type {DnsMessage, DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {rcodeName, typeName} from '../../../source/wire/dns/registry.ts';
import {decodeFrame} from '../../../source/wire/frame.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {captureFiles, captureFolder, readCapture} from '../captures.ts';

type Carried = {
  readonly frame: number;
  readonly from: string;
  readonly transport: string;
  readonly bytes: Uint8Array;
};

/** The captures have neither loss nor reordering, so a stream is its segments in order. */
const messagesIn = (name: string): readonly Carried[] => {
  const streams = new Map<string, Uint8Array>();
  return readCapture(name).records.flatMap(({bytes}, index): readonly Carried[] => {
    const decoded = decodeFrame(bytes);
    if (!decoded.ok || decoded.value.payload.kind !== 'ip') return [];
    const {src, dst, transport} = decoded.value.payload.packet;
    const frame = index + 1;
    if (transport.kind === 'udp') {
      const {srcPort, dstPort, payload} = transport.datagram;
      if (srcPort !== 53 && dstPort !== 53) return [];
      return [{frame, from: `${src}:${srcPort}`, transport: 'udp', bytes: ropeToBytes(payload)}];
    }
    if (transport.kind !== 'tcp') return [];
    const {srcPort, dstPort, payload} = transport.segment;
    if (srcPort !== 53 && dstPort !== 53) return [];
    const key = `${src} ${srcPort} ${dst} ${dstPort}`;
    const {messages, rest} = splitDns(streams.get(key) ?? new Uint8Array(0), ropeToBytes(payload));
    streams.set(key, rest);
    return messages.map((one) => ({frame, from: `${src}:${srcPort}`, transport: 'tcp', bytes: one}));
  });
};

const decoded = (bytes: Uint8Array): DnsMessage => {
  const result = decodeDns(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Without the final dot, but for the root. */
const plainName = (name: string): string => (name === '.' ? name : name.slice(0, -1));

const dataText = (data: RData): Readonly<Record<string, unknown>> => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return {data: data.address};
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return {data: plainName(data.name)};
    case 'SOA':
      return {data: plainName(data.mname)};
    case 'MX':
      return {data: plainName(data.exchange), preference: data.preference};
    case 'TXT':
      return {data: data.strings.map((hex) => Buffer.from(hex, 'hex').toString('latin1')).join('')};
    default:
      return {data: '?'};
  }
};

const rows = (records: readonly DnsRecord[]) =>
  records
    .filter(({type}) => typeName(type) !== 'OPT')
    .map(({name, type, ttl, data}) => ({
      name: plainName(name),
      type: typeName(type),
      ttl,
      ...dataText(data),
    }));

/** The side files say 0 for every SOA's last number, against the octets and tshark; `dissect.test.ts` compares it with tshark. */
const withoutMinimum = (key: string, value: unknown): unknown => (key === 'minimum' ? undefined : value);

/** A question and its answer as the side file tells them. */
const entry = (query: Carried, response: Carried) => {
  const [asked, answered] = [decoded(query.bytes), decoded(response.bytes)];
  const [question] = asked.questions;
  const {ra, aa, tc} = answered.flags;
  return {
    ...{id: asked.id, qname: plainName(question?.name ?? ''), qtype: typeName(question?.type ?? 0)},
    ...{rcode: rcodeName(fullRcode(answered)), rd: asked.flags.rd, ra, aa, tc},
    ...{transport: query.transport, client: query.from, server: response.from},
    ...{queryFrame: query.frame, responseFrame: response.frame, edns: ednsOf(asked) !== undefined},
    answers: rows(answered.answers),
    authority: rows(answered.authorities),
    additional: rows(answered.additionals),
  };
};

const dnsCaptures = captureFiles.filter((name) => /^1[37]/.test(name));

test('there are captures to compare with', () => {
  expect(dnsCaptures.length).toBeGreaterThan(9);
});

describe.each(dnsCaptures)('%s', (name) => {
  const carried = messagesIn(name);

  test('every question and answer is the side file’s', () => {
    const side = JSON.parse(
      readFileSync(captureFolder + name.replace(/\.pcap(ng)?$/, '.json'), 'utf8'),
      withoutMinimum,
    );
    const ours = carried
      .filter(({bytes}) => !decoded(bytes).flags.qr)
      .map((query) => {
        const {id} = decoded(query.bytes);
        const response = carried.find(
          ({frame, bytes, transport}) =>
            frame > query.frame &&
            transport === query.transport &&
            decoded(bytes).flags.qr &&
            decoded(bytes).id === id,
        );
        return response && entry(query, response);
      });
    expect(ours).toEqual(side.dns);
  });

  test('what is decoded and encoded again says the same', () => {
    for (const {bytes} of carried) {
      const message = decoded(bytes);
      expect(decoded(encodeDns(message))).toEqual(message);
      // Nobody's compression is better than the one that shares every end of a name.
      expect(encodeDns(message).length).toBeLessThanOrEqual(bytes.length);
    }
  });
});
