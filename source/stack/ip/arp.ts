// Finds the hardware address of a neighbour: RFC 826, with the queue and the rate limit of RFC 1122 §2.3.2.
import type {ArpMessage, IpAddress, MacAddress} from '../../wire/frame.ts';

const retryUs = 1_000_000;
const maxTries = 3;
/**
 * The most packets that wait for the hardware address of one neighbour; the oldest is removed for a new one. RFC 1122 §2.3.2.2 requires at
 * least one.
 */
const maxWaiting = 8;

type Search<Item> = {readonly waiting: readonly Item[]; readonly tries: number; readonly dueUs: number};

/** The ARP state of a host. `Item` is what waits for an address: a packet and what its host wants to remember about it. */
export type ArpState<Item> = {
  readonly known: {readonly [ip: IpAddress]: MacAddress};
  readonly searches: {readonly [ip: IpAddress]: Search<Item>};
};

export type ArpEffect<Item> =
  | {readonly kind: 'ask'; readonly ip: IpAddress; readonly dueUs: number}
  | {readonly kind: 'answer'; readonly mac: MacAddress; readonly ip: IpAddress}
  | {readonly kind: 'resolved'; readonly mac: MacAddress; readonly item: Item}
  | {readonly kind: 'unreachable'; readonly item: Item};

export type ArpStep<Item> = {readonly arp: ArpState<Item>; readonly effects: readonly ArpEffect<Item>[]};

export const arpKnowing = <Item>(known: ArpState<Item>['known']): ArpState<Item> => ({known, searches: {}});

const without = <Item>(arp: ArpState<Item>, ip: IpAddress): ArpState<Item>['searches'] => {
  const {[ip]: _gone, ...rest} = arp.searches;
  return rest;
};

/** Queues a packet for a neighbour whose hardware address is unknown, and sends an ARP request. */
export const arpWait = <Item>(
  arp: ArpState<Item>,
  ip: IpAddress,
  {item, nowUs}: {item: Item; nowUs: number},
): ArpStep<Item> => {
  const search = arp.searches[ip];
  const dueUs = search?.dueUs ?? nowUs + retryUs;
  const waiting = [...(search?.waiting ?? []), item].slice(-maxWaiting);
  const searches = {...arp.searches, [ip]: {waiting, tries: search?.tries ?? 1, dueUs}};
  return {arp: {...arp, searches}, effects: search ? [] : [{kind: 'ask', ip, dueUs}]};
};

/**
 * Handles an ARP message on the link: answers a request for `own`, the address of the receiving interface, and releases the packets that
 * waited for the address of its sender.
 */
export const arpHear = <Item>(arp: ArpState<Item>, message: ArpMessage, own: IpAddress): ArpStep<Item> => {
  const {senderIp, senderMac} = message;
  const forUs = message.targetIp === own;
  // ARP messages refresh addresses that are known already; only the host that was asked learns new ones (RFC 826, "Packet Reception").
  if (!forUs && !(senderIp in arp.known)) return {arp, effects: []};
  const effects: ArpEffect<Item>[] = [];
  for (const item of arp.searches[senderIp]?.waiting ?? [])
    effects.push({kind: 'resolved', mac: senderMac, item});
  if (forUs && message.operation === 1) effects.push({kind: 'answer', mac: senderMac, ip: senderIp});
  return {arp: {known: {...arp.known, [senderIp]: senderMac}, searches: without(arp, senderIp)}, effects};
};

/** Handles the timeout of an ARP request; it is ignored if the search for that address has ended or has a newer timeout. */
export const arpTimeout = <Item>(arp: ArpState<Item>, ip: IpAddress, nowUs: number): ArpStep<Item> => {
  const search = arp.searches[ip];
  if (!search || search.dueUs !== nowUs) return {arp, effects: []};
  if (search.tries >= maxTries) {
    const effects = search.waiting.map((item) => ({kind: 'unreachable', item}) as const);
    return {arp: {...arp, searches: without(arp, ip)}, effects};
  }
  const dueUs = nowUs + retryUs;
  const searches = {...arp.searches, [ip]: {...search, tries: search.tries + 1, dueUs}};
  return {arp: {...arp, searches}, effects: [{kind: 'ask', ip, dueUs}]};
};
