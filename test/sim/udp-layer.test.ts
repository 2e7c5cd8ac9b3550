// Oracles: RFC 1122 §4.1.3.1 (no port: ICMP port unreachable), §4.1.3.3 (errors reach the application), the codes of RFC 792,
// RFC 1812 §5.2.7.1 and RFC 4443 §3.1, and which of them Linux takes for lasting (net/ipv4/icmp.c, `icmp_err_convert`).
import {expect, test} from 'vitest';
import {changeHost, hostOf} from '../../source/sim/draft.ts';
import {hearDatagram, hearDatagramError, sendDatagram} from '../../source/sim/udp-layer.ts';
import {icmpError} from '../../source/wire/icmp-quote.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {pendingIn, routedDraft, segmentOf, sentIn, tcpPacket, udpPacket} from './drafts.ts';

const bound = (host: string, port: number) => {
  const draft = routedDraft({}, 7);
  changeHost(draft, host, {udpPorts: hostOf(draft, host).udpPorts.with(`${port}`, 'dns')});
  return draft;
};

const hears = (draft: ReturnType<typeof bound>, packet: ReturnType<typeof udpPacket>): void => {
  if (packet.transport.kind !== 'udp') throw new Error('no datagram');
  hearDatagram(draft, 'server', {packet, datagram: packet.transport.datagram}, {packet: 4, hop: 1});
};

test('a datagram goes to the application that has bound its port', () => {
  const draft = bound('server', 53);
  hears(draft, udpPacket(5000, 53));
  expect(draft.events).toEqual([{kind: 'deliver', host: 'server', bytes: 3, because: '1122:4.1.1/deliver'}]);
  expect(pendingIn(draft)).toMatchObject([
    {
      ...{kind: 'app', atUs: 7, host: 'server', app: 'dns', boot: 0, arrived: {packet: 4, hop: 1}},
      event: {
        ...{kind: 'datagram', port: 53, local: '198.51.100.20', from: {ip: '192.0.2.10', port: 5000}},
        data: Uint8Array.of(0x61, 0x62, 0x63),
      },
    },
  ]);
});

test('where nobody has bound it ICMP says so', () => {
  const draft = bound('server', 54);
  hears(draft, udpPacket(5000, 53));
  const because = {rule: '1122:4.1.3.1/no-port', facts: {refusal: 'port'}};
  expect(draft.events[0]).toEqual({
    ...{kind: 'drop', host: 'server', packet: 4, hop: 1, reason: 'discarded', because},
  });
  expect(sentIn(draft)).toMatchObject([
    {
      ...{src: '198.51.100.20', dst: '192.0.2.10', ttl: 64, because},
      transport: {kind: 'icmp', message: {type: 3, code: 3, rest: 0}},
    },
  ]);
});

/** Of those messages that the client's application hears. */
const heard = (version: 4 | 6, type: number): readonly number[] =>
  Array.from({length: 17}, (_, code) => code).filter((code) => {
    const draft = bound('client', 5000);
    const cause = udpPacket(5000, 53, version === 6 ? {version, src: '2001:db8::1', dst: '2001:db8::2'} : {});
    hearDatagramError(draft, 'client', icmpError(cause, {type, code, rest: 0}), {packet: 5, hop: 0});
    const told = pendingIn(draft);
    if (told.length > 0)
      expect(told).toMatchObject([
        {
          ...{kind: 'app', host: 'client', app: 'dns', arrived: {packet: 5, hop: 0}},
          event: {kind: 'unreachable', port: 5000, to: {ip: cause.dst, port: 53}},
        },
      ]);
    return told.length > 0;
  });

test.each([
  [4, 3, [2, 3, 6, 7, 8, 9, 10, 13, 14, 15]],
  [4, 11, []],
  [4, 12, []],
  [6, 1, [1, 4, 5, 6]],
  [6, 2, []],
  [6, 4, []],
] as const)('IPv%i, type %i: lasting codes', (version, type, codes) =>
  expect(heard(version, type)).toEqual(codes),
);

test('an error about no datagram of the application is not told', () => {
  const kind = {type: 3, code: 3, rest: 0};
  for (const cause of [udpPacket(5001, 5000), tcpPacket(segmentOf({srcPort: 5000}))]) {
    const draft = bound('client', 5000);
    hearDatagramError(draft, 'client', icmpError(cause, kind), {packet: 5, hop: 0});
    expect(pendingIn(draft)).toEqual([]);
  }
});

test('what leaves: its own address unless another is given, an atomic datagram (RFC 6864 §4.1)', () => {
  const leaving = {port: 53, to: {ip: '192.0.2.10', port: 5000}, data: Uint8Array.of(1, 2)};
  const because = '1035:4.2.1/truncated' as const;
  const draft = routedDraft();
  sendDatagram(draft, 'server', {...leaving, because});
  sendDatagram(draft, 'server', {...leaving, because, local: '198.51.100.99', retransmission: true});
  const [own, other] = sentIn(draft);
  expect(own).toMatchObject({
    ...{version: 4, src: '198.51.100.20', dst: '192.0.2.10', ttl: 64, id: 0, dontFragment: true},
    transport: {kind: 'udp', datagram: {srcPort: 53, dstPort: 5000}},
  });
  expect(other).toMatchObject({src: '198.51.100.99'});
  expect(own?.transport.kind === 'udp' && ropeToBytes(own.transport.datagram.payload)).toEqual(
    Uint8Array.of(1, 2),
  );
  expect(draft.events.map((event) => event.kind === 'send' && event.retransmission)).toEqual([false, true]);
});
