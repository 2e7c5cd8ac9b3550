// From a host's protocols to its links, and back by ARP. Oracles: RFC 826 (who asks, who answers), RFC 1122 §2.3.2 (packets wait for it),
// §3.3.1 (no route), RFC 1812 §5.2.7.1, §4.3.2.7 (no errors about errors), RFC 792 and RFC 4443 §3 for types and codes.
import {describe, expect, test} from 'vitest';
import {hostOf} from '../../source/sim/draft.ts';
import {
  hearArp,
  isArpDue,
  sendIcmpError,
  sendPacket,
  tellUnreachable,
  timeoutArp,
} from '../../source/sim/ip-layer.ts';
import type {Waiting} from '../../source/sim/world.ts';
import {icmpError} from '../../source/wire/icmp-quote.ts';
import {routedScenario} from '../helpers/networks.ts';
import {draftOf, pendingIn, routedDraft, segmentOf, sentIn, tcpPacket, udpPacket} from './drafts.ts';

type Draft = ReturnType<typeof draftOf>;
const item = (packet = tcpPacket(), tag: Partial<Waiting['tag']> = {}): Waiting => ({
  packet,
  tag: {retransmission: false, because: '9293:3.10.2/send/segmentise', ...tag},
});

/** `send 1.0 > aa`, `arp ask`, `drop`. */
const said = ({events}: Draft): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'drop') return `drop ${event.packet}.${event.hop} ${event.reason}`;
    if (event.kind !== 'send') return event.kind;
    const {packet, hop, frame, lost} = event;
    const payload = frame?.payload;
    if (payload?.kind !== 'arp')
      return `send ${packet}.${hop} ${frame?.src} > ${frame?.dst}${lost ? ' lost' : ''}`;
    const {operation, senderIp, targetIp, targetMac} = payload.message;
    return `arp ${packet} ${operation} ${senderIp} ${targetIp} ${targetMac} > ${frame?.dst} ${event.because}`;
  });

const interfaceOf = (draft: Draft, host: string, link: string) => {
  const found = draft.plan.topology.hosts.get(host)?.interfaces.find((each) => each.link === link);
  if (!found) throw new Error(`${host} is not on ${link}`);
  return found;
};
const [none, all] = ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff'];
const [client, near] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];

describe('with ARP', () => {
  const asking = (): Draft => {
    const draft = routedDraft({arp: true}, 1000);
    sendPacket(draft, 'client', item());
    return draft;
  };
  const ask = `arp -1 1 192.0.2.10 192.0.2.1 ${none} > ${all} 1122:2.3.2/arp/ask`;
  const answered = (draft: Draft): void =>
    hearArp(draft, 'client', interfaceOf(draft, 'client', 'near'), {
      ...{operation: 2, senderMac: near, senderIp: '192.0.2.1', targetMac: client, targetIp: '192.0.2.10'},
    });

  test('a packet waits until its next hop has answered', () => {
    const draft = asking();
    expect(said(draft)).toEqual([ask]);
    answered(draft);
    expect(said(draft)).toEqual([ask, `send 1.0 ${client} > ${near}`]);
    expect(hostOf(draft, 'client').arp.known['192.0.2.1']).toBe(near);
    sendPacket(draft, 'client', item());
    expect(said(draft).at(-1)).toBe(`send 2.0 ${client} > ${near}`);
    expect([draft.world.packetCount, draft.world.arpCount]).toEqual([2, 1]);
  });

  test('who is asked answers to whoever asked', () => {
    const draft = routedDraft({arp: true});
    hearArp(draft, 'r1', interfaceOf(draft, 'r1', 'near'), {
      ...{operation: 1, senderMac: client, senderIp: '192.0.2.10', targetMac: none, targetIp: '192.0.2.1'},
    });
    expect(said(draft)).toEqual([
      `arp -1 2 192.0.2.1 192.0.2.10 ${client} > ${client} 1122:2.3.2/arp/answer`,
    ]);
  });

  test('without an answer it is asked again, and then the packet dies where it was made', () => {
    const draft = asking();
    let rounds = 0;
    for (let due = pendingIn(draft).find(({kind}) => kind === 'arp'); due && rounds < 9; rounds += 1) {
      Object.assign(draft, {nowUs: due.atUs});
      expect([isArpDue(draft, 'client', '192.0.2.1'), isArpDue(draft, 'client', '192.0.2.9')]).toEqual([
        true,
        false,
      ]);
      timeoutArp(draft, 'client', '192.0.2.1');
      due = pendingIn(draft).find(({kind, atUs}) => kind === 'arp' && atUs > draft.nowUs);
    }
    expect(said(draft).at(-3)).toMatch(/^arp -\d+ 1 /);
    expect(said(draft).slice(-2)).toEqual([`send 1.0 ${none} > ${none} lost`, 'drop 1.0 no route']);
    expect(draft.events.at(-2)).toMatchObject({host: 'client', to: 'client', dueUs: draft.nowUs, faults: []});
    expect(draft.events.at(-1)).toMatchObject({because: '1122:3.3.1/no-route'});
  });
});

test('without ARP who is not known does not exist: it leaves, and nobody takes it', () => {
  const draft = routedDraft();
  sendPacket(draft, 'client', item(tcpPacket(segmentOf(), {dst: '192.0.2.99'})));
  expect(said(draft)).toEqual([`send 1.0 ${client} > ${none} lost`]);
  expect(pendingIn(draft)).toMatchObject([{kind: 'loss', reason: 'no such host', atUs: 25_000}]);
});

describe('where no way leads', () => {
  const stray = tcpPacket(segmentOf(), {dst: '203.0.113.9'});
  const speaks = () => {
    const scenario = routedScenario([], {script: []});
    return draftOf({...scenario, hosts: scenario.hosts.map((host) => ({...host, unreachable: true}))});
  };

  test('what a router has made itself is seen to be made and to die', () => {
    const draft = speaks();
    sendPacket(draft, 'r1', item(stray));
    expect(said(draft)).toEqual([`send 1.0 ${none} > ${none} lost`, 'drop 1.0 no route']);
  });

  test('of what it passes on the maker hears', () => {
    const draft = speaks();
    sendPacket(draft, 'r1', item(stray, {forwarded: {packet: 7, hop: 1}}));
    expect(said(draft)).toEqual(['drop 7.1 no route', `send 1.0 ${near} > ${client}`]);
    expect(sentIn(draft)).toMatchObject([{transport: {kind: 'icmp', message: {type: 3, code: 1}}}]);
  });

  test('a silent one says nothing', () => {
    const draft = routedDraft();
    sendPacket(draft, 'r1', item(stray, {forwarded: {packet: 7, hop: 1}}));
    tellUnreachable(draft, 'r1', tcpPacket(), 'network');
    expect(said(draft)).toEqual(['drop 7.1 no route']);
  });
});

describe('errors', () => {
  const because = '1812:5.3.1/ttl';
  const error = (
    packet = tcpPacket(),
    told: {what: 'ttl'} | {what: 'too-big'; rest: number} = {what: 'ttl'},
  ) => {
    const draft = routedDraft();
    sendIcmpError(draft, 'r1', packet, {...told, because});
    return sentIn(draft);
  };

  test('to the packet’s maker, from the address of the link that leads there', () => {
    expect(error()).toMatchObject([
      {
        ...{version: 4, src: '192.0.2.1', dst: '192.0.2.10', ttl: 64, dontFragment: true, because},
        transport: {kind: 'icmp', message: {type: 11, code: 0, rest: 0}},
      },
    ]);
    expect(error(udpPacket(1, 2), {what: 'too-big', rest: 1400})).toMatchObject([
      {transport: {message: {type: 3, code: 4, rest: 1400}}},
    ]);
    const back = error(tcpPacket(segmentOf(), {src: '198.51.100.20', dst: '192.0.2.10'}));
    expect(back).toMatchObject([{src: '198.51.100.1', dst: '198.51.100.20'}]);
  });

  test('never about another one, nor to where no way leads', () => {
    const message = icmpError(tcpPacket(), {type: 8, code: 0, rest: 0});
    for (const kind of ['icmp', 'icmpv6'] as const)
      expect(error({...tcpPacket(), transport: {kind, message}})).toEqual([]);
    expect(error(tcpPacket(segmentOf(), {src: '203.0.113.9'}))).toEqual([]);
  });
});
