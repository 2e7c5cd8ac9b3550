// Describes the network below TCP in a capture: traced routes, pings, undeliverable packets, leased addresses, hosts that did not answer.

import {madeOf, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {CaptureInspector, SeenDhcp} from '../../observe/capture-inspector.ts';
import {
  type Drawn,
  type Hop,
  type IcmpError,
  isTraced,
  type Ping,
  type TracedWay,
} from '../../observe/icmp-stories.ts';
import {leasedIn} from '../../wire/dhcp.ts';
import {grouped} from '../../wire/grouped.ts';
import {networkTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {refusalWords} from '../../words/inspect.ts';
import {hanging, type Manner} from './told-lines.ts';
import {when} from './when.ts';

const joined = (texts: readonly Text[]): Text =>
  madeOf(texts, (language) => texts.map((text) => text[language]).join(punctuation.comma[language]));

/** Describes the answer that a probe of traceroute got. */
export const drewText = (drew: Drawn): Text => (typeof drew === 'string' ? sameIn(drew) : refusalWords(drew));

/**
 * Returns the hops of a traced route, sorted by distance, up to the destination. Hops beyond it are left out: their probes were sent before
 * the destination answered.
 */
export const hopsTo = ({hops}: TracedWay): readonly Hop[] => {
  const sorted = hops.toSorted((a, b) => a.hops - b.hops);
  const end = sorted.findIndex(({arrived}) => arrived);
  return sorted.slice(0, end < 0 ? undefined : end + 1);
};

const traceText = (traced: TracedWay): Text => {
  const {from, to, by} = traced;
  const way = hopsTo(traced).map((hop) =>
    worded(say.hop, {
      ...{hops: hop.hops, from: hop.from, us: formatTime(hop.us), arrived: hop.arrived},
      drew: drewText(hop.drew),
    }),
  );
  return worded(say.trace, {from, to, by: by.toUpperCase(), hops: joined(way)});
};

const pingText = ({from, to, sent, answered, leastUs, mostUs}: Ping): Text =>
  worded(say.ping, {
    ...{from, to, sent, answered},
    ...{least: answered > 0 ? formatTime(leastUs) : '', most: answered > 0 ? formatTime(mostUs) : ''},
  });

/**
 * Describes the ICMP errors that neither refused a connection nor answered a probe of traceroute; equal errors from the same router become
 * one text.
 */
const errorTexts = (errors: readonly IcmpError[]): readonly Text[] => {
  const told = errors.filter(({refuses, way}) => !refuses && !(way && isTraced(way)));
  return grouped(told, ({from, meaning, mtu}) => `${from} ${meaning} ${mtu}`).map((alike) => {
    const [{from, frame, mtu}] = alike;
    return worded(say.error, {from, what: refusalWords(alike[0]), frame, count: alike.length, mtu});
  });
};

/** Describes the settings that a DHCP server gives with a leased address: the mask, the router and the name server. */
const settingsText = ({mask, router, nameServer, domain}: SeenDhcp): Text =>
  worded(say.settings, {mask, router, nameServer, domain});

/** The words for the DHCP messages that renew a lease, by message type. */
const renewals: Readonly<Record<string, string>> = {Request: 'Renewing', ACK: 'Renewed'};

/** Describes a DHCP message, which the capture may contain several times; `frame`: the number of the packet to name. */
const dhcpText = (message: SeenDhcp, frame: number, count: number): Text => {
  const {type, clientHardware, hostName, serverIdentifier, from, to, leaseSeconds, clientAddress} = message;
  // A client that renews a lease writes the address that it already has into DHCP's `ciaddr`, and the ACK repeats it (RFC 2131 §4.3.2,
  // table 3). An answer to DHCPINFORM repeats it too, but leases nothing.
  const renews = clientAddress !== '0.0.0.0' && (type !== 'ACK' || message.yourAddress === clientAddress);
  const client = hostName === undefined ? clientHardware : `${clientHardware} (${hostName})`;
  const settings = type === 'Offer' || type === 'ACK' ? settingsText(message) : sameIn('');
  return worded(say.dhcp, {
    ...{type, client, server: serverIdentifier ?? (type === 'Request' ? to : from), frame, count, settings},
    act: renews ? (renewals[type] ?? type) : type,
    toAll: to === '255.255.255.255',
    address: leasedIn(message) ?? '',
    lease: leaseSeconds === undefined ? undefined : formatTime(leaseSeconds * 1_000_000),
  });
};

/** Describes DHCP messages in the order of the first of each kind; equal ones become one text. */
const dhcpTexts = (messages: readonly SeenDhcp[]): readonly Text[] =>
  grouped(messages, (each) => dhcpText(each, 0, 1).en).map((alike) =>
    dhcpText(alike[0], alike[0].frame, alike.length),
  );

const mostOfEach = 12;
const mostAddresses = 8;

/** Returns the lines on DHCP, traced routes, pings, ICMP errors and ARP, the most important first. Ordinary ARP is only counted. */
export const networkLines = (
  {icmp, dhcp, arp}: CaptureInspector,
  {language, columns}: Manner,
): readonly string[] => {
  // One question at the end of the file may still have been answered.
  const unanswered = arp.asked
    .filter(({answered, tries}) => !answered && tries > 1)
    .map(({target}) => target);
  const texts = [
    ...dhcpTexts(dhcp).slice(0, mostOfEach),
    ...icmp.traces.slice(0, mostOfEach).map(traceText),
    ...icmp.pings.slice(0, mostOfEach).map(pingText),
    ...errorTexts(icmp.errors).slice(0, mostOfEach),
    ...when(unanswered.length > 0, () =>
      worded(say.unansweredArp, {addresses: unanswered.slice(0, mostAddresses), count: unanswered.length}),
    ),
    ...when(arp.gratuitous + arp.probes > 0, () =>
      worded(say.ownArp, {announced: arp.gratuitous, probes: arp.probes}),
    ),
  ];
  return texts.flatMap((text) => hanging('  ', text[language], columns));
};
