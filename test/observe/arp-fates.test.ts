// Which messages of ARP have come (RFC 826): an answered request, and a reply after which its receiver, who had asked everybody, sends
// to the address that it told. Frames are written out by hand.
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {Verdict} from '../../source/observe/fate-columns.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {traceOfFile} from '../helpers/captured.ts';

const [a, b, c] = [1, 2, 3].map((n) => ({mac: `02000000000${n}`, ip: `c000020${n}`})) as [Host, Host, Host];
type Host = {readonly mac: string; readonly ip: string};
const everybody = 'ffffffffffff';

const arp = (operation: 1 | 2, from: Host, to: Host, link = to.mac): string =>
  `${link} ${from.mac} 0806 0001 0800 06 04 000${operation} ${from.mac} ${from.ip} ${operation === 1 ? '000000000000' : to.mac} ${to.ip}`;
const asks = (from: Host, to: Host, link = everybody): string => arp(1, from, to, link);
const replies = (from: Host, to: Host): string => arp(2, from, to);
/** UDP to the discard port, for `ip` behind `to`. */
const sends = (from: Host, to: Host, ip = to.ip): string =>
  `${to.mac} ${from.mac} 0800 4500 001c 0001 0000 4011 0000 ${from.ip} ${ip} 1388 0009 0008 0000`;
const sends6 = (from: Host, to: Host): string =>
  `${to.mac} ${from.mac} 86dd 60000000 0008 11 40 ${'20'.repeat(16)} ${'30'.repeat(16)} 1388 0009 0008 0000`;

const judged = (frames: readonly string[], linkType: 1 | 113 = 1) => {
  const inspector = new CaptureInspector({contents: false});
  for (const [index, hex] of frames.entries()) {
    const bytes = octetsOf(hex.replaceAll(' ', ''));
    const record = {frameNumber: index + 1, atUs: index * 1000, bytes, originalLength: bytes.length};
    inspector.add({...record, linkType, fileOffset: 0, nanoseconds: 0, comments: []});
  }
  const {fates} = inspector;
  return (frame: number) => [fates.verdict(frame), ...fates.shownBy(frame)];
};

const [presumed, delivered] = [Verdict.presumed, Verdict.delivered];

test('an answered request has come, and so has the reply by which its receiver sends', () => {
  const fate = judged([asks(a, b), replies(b, a), sends(a, b)]);
  expect([fate(1), fate(2)]).toEqual([
    [delivered, 2],
    [delivered, 3],
  ]);
});

test('of several requests nobody sees which one is answered: the newest is the likeliest', () => {
  const fate = judged([asks(a, b), asks(a, b), replies(b, a)]);
  expect([fate(1), fate(2)]).toEqual([[presumed], [presumed, 3]]);
});

test('what nobody answers, and what was answered to others, shows nothing', () => {
  const fate = judged([asks(a, b), asks(c, b), replies(b, c), asks(a, a), replies(a, a)]);
  expect([1, 2, 4].map(fate)).toEqual([[presumed], [delivered, 3], [presumed]]);
  const other = {...a, mac: c.mac};
  expect(judged([asks(a, b), replies(b, other)])(1)).toEqual([presumed]);
});

test.each([
  // Its receiver had an address, and asked there alone.
  ['the receiver asked one', [asks(a, b, b.mac), replies(b, a), sends(a, b)]],
  ['the receiver sent before', [asks(a, b), sends(a, b), replies(b, a), sends(a, b)]],
  ['another host sends', [asks(a, b), replies(b, a), sends(c, b)]],
  ['another host is sent', [asks(a, b), replies(b, a), sends(a, c)]],
  ['IPv6 is sent', [asks(a, b), replies(b, a), sends6(a, b)]],
  // Another message of ARP that answers a request.
  ['ARP is sent', [asks(a, b), replies(b, a), replies(a, b)]],
] as const)('no reply shown where %s', (_, frames) => {
  const fate = judged(frames);
  expect(frames.map((_frame, index) => fate(index + 1)).slice(1)).not.toContainEqual([
    delivered,
    expect.anything(),
  ]);
  expect(fate([...frames].indexOf(replies(b, a)) + 1)).toEqual([presumed]);
});

test.each([
  ['two replies tell it', [asks(a, b), replies(b, a), replies(b, a), sends(a, b)], 4],
  ['its owner asked meanwhile', [asks(a, b), asks(b, c), replies(b, a), sends(a, b)], 4],
  // A router may have been known by another of its addresses.
  ['another address is sent', [asks(a, b), replies(b, a), sends(a, b, c.ip)], 3],
] as const)('a reply only presumed: %s', (_, frames, shownBy) => {
  const at = [...frames].indexOf(replies(b, a)) + 1;
  expect(judged(frames)(at)).toEqual([presumed, shownBy]);
});

test('64 questions are open at most, the oldest one goes', () => {
  const host = (n: number): Host => ({
    mac: `0200000001${n.toString(16).padStart(2, '0')}`,
    ip: `c00003${n.toString(16).padStart(2, '0')}`,
  });
  const many = Array.from({length: 65}, (_, n) => host(n));
  const fate = judged([...many.map((each) => asks(a, each)), ...many.map((each) => replies(each, a))]);
  expect([fate(1), fate(2), fate(65)]).toEqual([[presumed], [delivered, 67], [delivered, 130]]);
});

const tcp = (from: Host, to: Host, seq: string, ack: string, flags: string): string =>
  `${to.mac} ${from.mac} 0800 4500 0028 0001 0000 4006 0000 ${from.ip} ${to.ip} 1388 1388 ${seq} ${ack} 50${flags} ffff 0000 0000`;

/** Ten milliseconds to either end and back, and a link that ARP has crossed at once. */
const between = (): CapturedTrace => {
  const [isn, irs, zero] = ['00000010', '00000020', '00000000'];
  const frames = [
    [0, asks(a, b)],
    [100, replies(b, a)],
    [200, tcp(a, b, isn, zero, '02')],
    [10_200, tcp(b, a, irs, '00000011', '12')],
    [20_200, tcp(a, b, '00000011', '00000021', '10')],
  ] as const;
  const records = frames.map(([atUs, hex]) => {
    const bytes = octetsOf(hex.replaceAll(' ', ''));
    return {atUs, bytes, originalLength: bytes.length};
  });
  return traceOfFile(Buffer.concat([...encodePcap(1, records)]), 'between.pcap');
};

test('what shows that a reply has come keeps the time that was estimated for it', () => {
  const trace = between();
  expect(trace.packet(2).deduced).toEqual({what: 'delivered', how: 'proved', shownBy: [3]});
  expect(trace.packet(3).sentUs).toBe(200 - 5000);
});
