// What an attacker on the path may do between two hosts. Oracle: RFC 3552 §3.5, and what a scenario says of its powers.
import {expect, test} from 'vitest';
import {changeHost, hostOf} from '../../source/sim/draft.ts';
import type {TapPower} from '../../source/sim/scenario.ts';
import {addressesOf, editorBetween, isTampering, listensAt, rewritten, takes} from '../../source/sim/tap.ts';
import {decodeFrame, type Frame} from '../../source/wire/frame.ts';
import type {IpPacket} from '../../source/wire/ip-packet.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {decodeUtf8} from '../../source/wire/utf8.ts';
import {routedDraft, segmentOf, tcpPacket, udpPacket} from './drafts.ts';

const [client, server] = ['client', 'server'];

const tapped = (can: readonly TapPower[], edit = {find: 'cats', put: 'dogs'}) => {
  const draft = routedDraft({
    actors: [{kind: 'tap', host: 'r1', between: ['client', 'server'], can, edit}],
  });
  changeHost(draft, 'r1', {tcpPorts: hostOf(draft, 'r1').tcpPorts.with('80', 'http')});
  return draft;
};

const back = {src: '198.51.100.20', dst: '192.0.2.10'};

test('it answers in the name of the second, to the first, where a program of its own listens', () => {
  const draft = tapped(['read', 'answer']);
  const taken = (packet: IpPacket) => takes(draft, 'r1', packet);
  expect(taken(tcpPacket())).toBe(true);
  expect(taken(tcpPacket(segmentOf({dstPort: 81})))).toBe(false);
  expect(taken(tcpPacket(segmentOf(), back))).toBe(false);
  expect(taken(tcpPacket(segmentOf(), {src: '192.0.2.1'}))).toBe(false);
  expect(taken(tcpPacket(segmentOf(), {dst: '198.51.100.1'}))).toBe(false);
  expect(taken(udpPacket(1, 80))).toBe(false);
  expect(takes(tapped(['read', 'edit']), 'r1', tcpPacket())).toBe(false);
  expect(takes(draft, 'server', tcpPacket())).toBe(false);
  expect(listensAt(draft, 'r1')).toEqual(['198.51.100.20']);
  expect(listensAt(tapped(['edit']), 'r1')).toEqual(['192.0.2.1', '198.51.100.1']);
  expect(addressesOf(draft, 'client')).toEqual(['192.0.2.10']);
  expect(addressesOf(draft, 'nobody')).toEqual([]);
});

test('who edits what two send each other', () => {
  const draft = tapped(['edit']);
  expect(editorBetween(draft, {from: client, to: server})).toBe('r1');
  expect(editorBetween(draft, {from: server, to: client})).toBe('r1');
  for (const [from, to] of [
    [client, client],
    [client, 'r1'],
    ['r1', server],
    [client, undefined],
    [undefined, server],
  ])
    expect(editorBetween(draft, {from, to})).toBeUndefined();
  expect(editorBetween(tapped(['read', 'answer']), {from: client, to: server})).toBeUndefined();
});

const frameOf = (packet: IpPacket): Frame => ({
  ...{src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02', payload: {kind: 'ip', packet}},
});

/** The text that arrives; undefined: as it was sent. */
const put = (draft: ReturnType<typeof tapped>, packet: IpPacket, hop = 1): string | undefined => {
  const bytes = rewritten(draft, 'r1', {hop, frame: frameOf(packet)});
  if (!bytes) return undefined;
  // Read with its checksums judged.
  const read = decodeFrame(bytes);
  const transport = read.ok && read.value.payload.kind === 'ip' && read.value.payload.packet.transport;
  return transport && transport.kind === 'tcp'
    ? decodeUtf8(ropeToBytes(transport.segment.payload))
    : 'broken';
};

test('it writes over the first place, and every checksum is right', () => {
  const draft = tapped(['edit']);
  const said = (text: string) => tcpPacket(segmentOf({}, text));
  expect(put(draft, said('two cats, cats'))).toBe('two dogs, cats');
  expect(put(draft, said('cats'))).toBe('dogs');
  expect(put(draft, tcpPacket(segmentOf({}, 'catcats'), back))).toBe('catdogs');
  expect(put(draft, said('cat'))).toBeUndefined();
  expect(put(draft, said('cats'), 0)).toBeUndefined();
  expect(put(draft, tcpPacket(segmentOf({}, 'cats'), {src: '192.0.2.1'}))).toBeUndefined();
  expect(put(draft, udpPacket(1, 2))).toBeUndefined();
  expect(put(tapped(['read']), said('cats'))).toBeUndefined();
});

test('whoever alters what it passes on is that host, and nobody before', () => {
  const draft = tapped(['edit']);
  const altered = new Uint8Array(1);
  expect(isTampering(draft, 'r1', {hop: 1, altered})).toBe(true);
  expect(isTampering(draft, 'r1', {hop: 0, altered})).toBe(false);
  expect(isTampering(draft, 'r1', {hop: 1, altered: undefined})).toBe(false);
  expect(isTampering(draft, 'r1', {hop: 1, altered: 'unreadable'})).toBe(false);
  expect(isTampering(draft, 'server', {hop: 1, altered})).toBe(false);
  expect(isTampering(tapped(['answer']), 'r1', {hop: 1, altered})).toBe(false);
});
