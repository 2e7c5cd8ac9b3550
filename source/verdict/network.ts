// Findings about the network layers: ARP, DHCP, ICMP, fragments.

import type {ArpStory, ClaimedAddress} from '../observe/arp-story.ts';
import {overtakenUs} from '../observe/bounds.ts';
import type {SeenDhcp} from '../observe/capture-inspector.ts';
import {isAlone, type Pieces, wayOf} from '../observe/ip-fragments.ts';
import {dhcpPorts} from '../wire/dhcp.ts';
import {byKey} from '../wire/grouped.ts';
import {echoFindings} from './echoes.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';
import {icmpFindings} from './icmp-told.ts';
import type {NetworkId} from './ids.ts';
import {wayFindings} from './ways.ts';

type Found = readonly Finding<NetworkId>[];

/** The fewest ARP or DHCP requests without an answer that are reported. */
const enoughTries = 2;
/** The most unanswered addresses for which a host's ARP requests are reported; one with more is scanning the network. */
const mostSearched = 16;

/** Returns the addresses that have sent TCP or UDP packets, so that they exist although the capture lacks their ARP answers. */
const sendersIn = ({connections, inspector}: Evidence): ReadonlySet<string> =>
  new Set([
    ...connections.flatMap((each) =>
      ([0, 1] as const).filter((side) => each.half(side).segments > 0).map((side) => each.ends[side].address),
    ),
    ...inspector.udp.all.flatMap(({ends, ways}) =>
      ([0, 1] as const).filter((side) => ways[side].datagrams > 0).map((side) => ends[side].address),
    ),
  ]);

const unansweredIn = (story: ArpStory, senders: ReadonlySet<string>): Found => {
  const asked = story.asked.filter(
    ({target, tries, answered}) =>
      tries >= enoughTries && !answered && !story.isClaimed(target) && !senders.has(target),
  );
  const byAsker = byKey(asked, ({asker}) => asker);
  return asked
    .filter(({asker}) => (byAsker.get(asker)?.length ?? 0) <= mostSearched)
    .map(({asker, target, tries, frames}) =>
      finding('arp-unanswered', {
        about: {hosts: [target]},
        where: 'unknown',
        frames,
        facts: {asker, address: target, tries},
      }),
    );
};

/** Tells whether DHCP assigned the address to the machine that uses it now, so that the change of machine is in order. */
const isLeased = ({address, latest}: ClaimedAddress, dhcp: readonly SeenDhcp[]): boolean =>
  dhcp.some(
    ({type, yourAddress, clientHardware}) =>
      type === 'ACK' && yourAddress === address && clientHardware === latest,
  );

const contestedIn = (story: ArpStory, {inspector}: Evidence): Found =>
  story.contested.flatMap((claimed): Found => {
    const {address, machines, announced, frames, changes, defended} = claimed;
    const [first, second] = machines;
    if (first === undefined || second === undefined) return [];
    if (changes === 1 && isLeased(claimed, inspector.dhcp)) return [];
    // It is a conflict only if each machine claims the address again after the other. A machine that poses as another claims it alone.
    const isConflict = changes > 1 && (defended || announced.size > 1);
    return [
      finding(isConflict ? 'address-conflict' : 'arp-two-macs', {
        about: {hosts: [address]},
        certainty: 'proved',
        frames,
        facts: {address, first, second},
      }),
    ];
  });

const conversationOf = ({inspector}: Evidence, {from, to}: SeenDhcp): About => {
  const found = inspector.udp.all.find(
    ({ends}) =>
      ends.some(({port}) => dhcpPorts.includes(port)) &&
      ends.some(({address}) => address === from) &&
      ends.some(({address}) => address === to),
  );
  return found ? {conversation: `u${found.id}`} : {hosts: [from]};
};

/** Returns the DHCP server that answered a client; undefined if none did. */
const helping = (dhcp: readonly SeenDhcp[]): string | undefined => {
  const answer = dhcp.find(({type}) => type === 'Offer' || type === 'ACK');
  return answer && (answer.serverIdentifier ?? answer.from);
};

const noOffers = (evidence: Evidence): Found =>
  [...byKey(evidence.inspector.dhcp, ({clientHardware}) => clientHardware)].flatMap(([client, all]) => {
    const discovers = all.filter(({type}) => type === 'Discover');
    const [first] = discovers;
    const isHeard = all.some(({type, frame}) => type !== 'Discover' && frame > (first?.frame ?? 0));
    if (!first || discovers.length < enoughTries || isHeard) return [];
    return [
      finding('dhcp-no-offer', {
        about: conversationOf(evidence, first),
        frames: discovers.map(({frame}) => frame),
        facts: {client, tries: discovers.length, server: helping(evidence.inspector.dhcp)},
      }),
    ];
  });

const refusals = (evidence: Evidence): Found =>
  evidence.inspector.dhcp
    .filter(({type}) => type === 'NAK')
    .map((nak) => {
      const {clientHardware: client, serverIdentifier, from, frame, xid} = nak;
      const asked = evidence.inspector.dhcp.findLast(
        (each) => each.xid === xid && each.type === 'Request' && each.frame < frame,
      );
      return finding('dhcp-nak', {
        about: conversationOf(evidence, asked ?? nak),
        certainty: 'proved',
        where: 'server',
        frames: asked ? [asked.frame, frame] : [frame],
        facts: {client, server: serverIdentifier ?? from},
      });
    });

/** The time in µs before the capture's end within which missing fragments of a datagram may still have followed. */
const stillUs = 1_000_000;

/** The fewest datagrams with only a first fragment that count as a flood, in all and per second. */
const enoughAlone = 100;
/** The least share of datagrams with only a first fragment among all incomplete ones, in a fragment flood. */
const mostOfThem = 0.9;
const mostShown = 8;
const secondUs = 1_000_000;

/** Finds fragment floods: many first fragments from one address to another whose datagrams are never completed. */
const floodsIn = ({inspector: {fragments}}: Evidence): readonly Finding<'fragment-flood'>[] =>
  [...byKey(fragments.incomplete, wayOf)].flatMap(([way, kept]) => {
    const [{from, to, lastUs}] = kept;
    const before = fragments.forgotten.get(way);
    const alone = kept.filter(isAlone).length + (before?.alone ?? 0);
    const datagrams = kept.length + (before?.datagrams ?? 0);
    const us = (kept.at(-1)?.lastUs ?? lastUs) - (before?.firstUs ?? lastUs);
    const enough = Math.max(enoughAlone, (us / secondUs) * enoughAlone);
    if (alone < enough || alone < datagrams * mostOfThem) return [];
    const octets = kept.reduce((sum, each) => sum + each.octets, before?.octets ?? 0);
    return [
      finding('fragment-flood', {
        ...{about: {hosts: [from, to]}, where: 'client'},
        frames: [...(before?.frames ?? []), ...kept.slice(0, mostShown).flatMap(({frames}) => frames)],
        facts: {from, to, datagrams: alone, octets, us},
      }),
    ];
  });

const incompleteIn = ({inspector}: Evidence): Found => {
  const {fragments, file, icmp} = inspector;
  const latest = new Map(fragments.incomplete.map((each) => [wayOf(each), each.lastUs]));
  const missing = fragments.incomplete.filter((each) => {
    // The fragments of a datagram are sent together, so one that is missing long after a later datagram began was not merely overtaken.
    const laterUs = (latest.get(wayOf(each)) ?? each.lastUs) - each.lastUs;
    return file.latestUs - each.lastUs >= stillUs || laterUs >= overtakenUs;
  });
  const isTold = ({from, to}: Pieces): boolean =>
    icmp.errors.some(
      ({meaning, quoted}) =>
        meaning === 'time exceeded: reassembly' && quoted?.from === from && quoted.to === to,
    );
  return [...byKey(missing, wayOf).values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const {from, to} = first;
    const told = isTold(first);
    // If every datagram lacks all but its first fragment, the capture filter may have selected by ports, which only the first one has.
    const isFiltered = !told && all.every(({offsets}) => offsets.size === 1 && offsets.has(0));
    return [
      finding('fragments-incomplete', {
        about: {hosts: [from, to]},
        certainty: told ? 'proved' : isFiltered ? 'one-of' : 'deduced',
        where: isFiltered ? 'unknown' : 'path',
        frames: all.flatMap(({frames}) => frames.slice(0, 1)),
        rivals: [{id: 'capture-gap', open: isFiltered, by: []}],
        facts: {from, to, datagrams: all.length},
      }),
    ];
  });
};

export const networkFindings = (evidence: Evidence): Found => {
  const {arp, neighbours} = evidence.inspector;
  const senders = sendersIn(evidence);
  return [
    ...[arp, neighbours].flatMap((story) => [
      ...unansweredIn(story, senders),
      ...contestedIn(story, evidence),
    ]),
    ...noOffers(evidence),
    ...refusals(evidence),
    ...echoFindings(evidence),
    ...wayFindings(evidence),
    ...icmpFindings(evidence),
    ...floodsIn(evidence),
    ...incompleteIn(evidence),
  ];
};
