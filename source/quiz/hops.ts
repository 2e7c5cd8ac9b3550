// Questions about a packet's way through routers (RFC 1812 §5): addresses and TTL on each link, and what a router changes.

import {entriesOf} from '../account/entries.ts';
import {ipPacketOf, ownerOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {dissect} from '../wire/dissect.ts';
import {encodeFrame, type Frame} from '../wire/frame.ts';
import {grouped} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import {hopAddress, hopTtl, routerChanges} from '../words/catalogue/ask-layers.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {isOfWhatIf, messages} from './dns.ts';
import {beliefsIn, type Called, type Found} from './kind.ts';
import {byClause, listedKind, wordsOf} from './listed.ts';
import {type PromptLine, valuesLine} from './prompt.ts';

type Leg = {readonly event: EventOf<'send'>; readonly frame: Frame};

/** Returns the forwarded packets of a run that took a plain way, each as the list of its transmissions, one per link. */
const ways = oncePer((trace: Trace): readonly (readonly Leg[])[] => {
  const altered = new Set<number>();
  for (const arrived of entriesOf(trace, 'arrive')) if (arrived.altered) altered.add(arrived.packet);
  const supposed = new Set(
    messages(trace).flatMap((each) => (isOfWhatIf(trace, each) ? [each.event.packet] : [])),
  );
  const all = [...entriesOf(trace, 'send')].flatMap((event): readonly Leg[] => {
    const {frame, packet} = event;
    const isOut = packet < 1 || altered.has(packet) || supposed.has(packet) || !ipPacketOf(event);
    return isOut || !frame ? [] : [{event, frame}];
  });
  return grouped(all, ({event}) => event.packet).filter((legs) => legs.length > 1 && isTold(legs));
});

/** Tells whether a packet crossed each link once and in order with the same IP addresses, so without NAT, tunnels and repetitions. */
const isTold = (legs: readonly Leg[]): boolean => {
  const [first] = legs;
  const from = first && ipPacketOf(first);
  return legs.every(
    ({event, frame}, index) =>
      event.hop === index && ipPacketOf({frame})?.src === from?.src && ipPacketOf({frame})?.dst === from?.dst,
  );
};

/** Maps each MAC address of the run to the host that owns it. */
const ownersOfMac = oncePer((trace: Trace): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const {frame, host} of entriesOf(trace, 'send')) if (frame) owners.set(String(frame.src), host);
  return owners;
});

const stopsOf = (legs: readonly Leg[]): readonly string[] => [
  ...legs.map(({event}) => event.host),
  ...legs.slice(-1).map(({event}) => event.to),
];

const fields = ['macSource', 'macTarget', 'ipSource', 'ipTarget'] as const;

type HopGivens = {
  readonly stops: readonly string[];
  /** The number of the link on the packet's way, counted from 1. */
  readonly link: number;
  readonly field: (typeof fields)[number];
};

/** Maps each address field to those it is confused with: the same end's address in the other layer, the other end's in the same layer. */
const mixedUp = {
  macSource: {layer: 'ipSource', end: 'macTarget'},
  macTarget: {layer: 'ipTarget', end: 'macSource'},
  ipSource: {layer: 'macSource', end: 'ipTarget'},
  ipTarget: {layer: 'macTarget', end: 'ipSource'},
} as const;

const atLink = ({stops, link}: HopGivens) => ({
  macSource: stops[link - 1],
  macTarget: stops[link],
  ipSource: stops[0],
  ipTarget: stops.at(-1),
});

/**
 * Tells whether the asked MAC (or IP) address belongs to the same host as the IP (or MAC) address, so that a learner who confuses the
 * layers is right.
 */
const isSameBelow = (givens: HopGivens): boolean => {
  const all = atLink(givens);
  return all[givens.field] === all[mixedUp[givens.field].layer];
};

const whoseAddress = (trace: Trace, {frame}: Leg, field: HopGivens['field']): string | undefined => {
  const packet = ipPacketOf({frame});
  const owners = ownersOfMac(trace);
  if (field === 'macSource') return owners.get(String(frame.src));
  if (field === 'macTarget') return owners.get(String(frame.dst));
  return ownerOf(trace, (field === 'ipSource' ? packet?.src : packet?.dst) ?? '');
};

/** Returns a packet's way as a line of host names joined by arrows. */
const wayLine = (stops: readonly string[], called: Called): PromptLine =>
  valuesLine(inEvery((language) => stops.map((stop) => called(stop).name[language]).join(' → ')));

export const hopAddressKind = listedKind<HopGivens>({
  kind: 'hop-address',
  form: 'choice',
  all: (trace) =>
    ways(trace).flatMap((legs) =>
      legs.flatMap((leg, index) =>
        fields.flatMap((field): readonly Found<HopGivens>[] => {
          const did = whoseAddress(trace, leg, field);
          const givens = {stops: stopsOf(legs), link: index + 1, field};
          if (did === undefined || isSameBelow(givens)) return [];
          return [
            {
              givens,
              ...{did, n: leg.event.n, evidence: byClause(leg.event.packet, '1812 §5.2.1', did)},
            },
          ];
        }),
      ),
    ),
  ask: (givens, called) => [
    hopAddress.given,
    wayLine(givens.stops, called),
    wordedWithNames(hopAddress.asks[givens.field], {
      from: called(givens.stops[givens.link - 1] ?? '').within,
      to: called(givens.stops[givens.link] ?? '').within,
    }),
  ],
  solve(givens) {
    const answer = atLink(givens)[givens.field];
    if (answer === undefined) return undefined;
    const isMac = givens.field.startsWith('mac');
    return {
      answer,
      explain: isMac ? hopAddress.explain.mac : hopAddress.explain.ip,
      hints: [hopAddress.hint],
    };
  },
  beliefs: [
    {says: hopAddress.beliefs.layers, answers: (givens) => atLink(givens)[mixedUp[givens.field].layer]},
    {says: hopAddress.beliefs.otherEnd, answers: (givens) => atLink(givens)[mixedUp[givens.field].end]},
    {says: hopAddress.beliefs.router, answers: ({stops}) => stops[1]},
    {says: hopAddress.beliefs.router, answers: ({stops}) => stops.at(-2)},
  ],
  words: (value, _, called) => called(value).within,
});

/** The name of the fact that a router lowers the TTL: one question tells it and another asks for it. */
const ttlFalls = 'the TTL is another one behind a router';

type TtlGivens = {readonly stops: readonly string[]; readonly ttl: number; readonly link: number};

export const hopTtlKind = listedKind<TtlGivens>({
  kind: 'hop-ttl',
  form: 'numeral',
  tells: () => [ttlFalls],
  all: (trace) =>
    ways(trace).flatMap((legs) =>
      legs.slice(1).flatMap((leg, index): readonly Found<TtlGivens>[] => {
        const [first] = legs;
        const [ttl, now] = [first, leg].map((each) => each && ipPacketOf(each)?.ttl);
        if (ttl === undefined || now === undefined) return [];
        const did = String(now);
        return [
          {
            givens: {stops: stopsOf(legs), ttl, link: index + 2},
            ...{did, n: leg.event.n, evidence: byClause(leg.event.packet, '1812 §5.3.1', did)},
          },
        ];
      }),
    ),
  ask: ({stops, ttl, link}, called) => [
    hopAddress.given,
    wayLine(stops, called),
    wordedWithNames(hopTtl.asks, {
      ttl,
      from: called(stops[link - 1] ?? '').within,
      to: called(stops[link] ?? '').within,
    }),
  ],
  solve: ({ttl, link}) => ({
    answer: String(ttl - link + 1),
    explain: worded(hopTtl.explain, {ttl, routers: link - 1, right: ttl - link + 1}),
    hints: [hopTtl.hint],
  }),
  beliefs: beliefsIn(hopTtl.beliefs, {
    same: ({ttl}) => ttl,
    links: ({ttl, link}) => ttl - link,
    grows: ({ttl, link}) => ttl + link - 1,
  }),
});

const parts = {
  macs: ['eth.src', 'eth.dst'],
  ttl: ['ip.ttl'],
  checksum: ['ip.checksum'],
  ips: ['ip.src', 'ip.dst'],
  ports: ['tcp.srcport', 'tcp.dstport', 'udp.srcport', 'udp.dstport'],
  numbers: ['tcp.seq_raw', 'tcp.ack_raw'],
} as const;

type Part = keyof typeof parts;

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

const fieldsOf = (frame: Frame): ReadonlyMap<string, string> => {
  const bytes = encodeFrame(frame);
  const {layers} = dissect(bytes, 1, bytes.length);
  return new Map(layers.flatMap((layer) => layer.fields.map(({name, value}) => [name, value] as const)));
};

const changedBetween = (before: Frame, after: Frame): readonly Part[] => {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return Object.keys(parts)
    .filter(isPart)
    .filter((part) => parts[part].some((name) => old.get(name) !== now.get(name)));
};

type ChangeGivens = {
  readonly router: string;
  readonly transport: 'TCP' | 'UDP';
  readonly from: string;
  readonly to: string;
};

const changes: readonly Part[] = ['macs', 'ttl', 'checksum'];

export const routerChangesKind = listedKind<ChangeGivens>({
  kind: 'router-changes',
  form: 'several',
  secrets: () => [ttlFalls],
  all: (trace) =>
    ways(trace).flatMap((legs) =>
      legs.slice(1).flatMap((leg, index) => {
        const before = legs[index];
        const kind = ipPacketOf(leg)?.transport.kind;
        if (!before || (kind !== 'tcp' && kind !== 'udp') || ipPacketOf(leg)?.version !== 4) return [];
        const stops = stopsOf(legs);
        return [
          (): Found<ChangeGivens> => {
            const did = changedBetween(before.frame, leg.frame);
            return {
              givens: {
                ...{router: leg.event.host, transport: kind === 'tcp' ? 'TCP' : 'UDP'},
                ...{from: stops[0] ?? '', to: stops.at(-1) ?? ''},
              },
              ...{did, n: leg.event.n, evidence: byClause(leg.event.packet, '1812 §5.3.1', did.join(' '))},
            };
          },
        ];
      }),
    ),
  ask: ({router, transport, from, to}, called) => [
    wordedWithNames(routerChanges.asks, {
      ...{router: called(router).first, transport, from: called(from).within, to: called(to).within},
    }),
  ],
  solve: () => ({answer: changes, explain: routerChanges.explain, hints: [routerChanges.hint]}),
  beliefs: [
    {says: hopAddress.beliefs.layers, answers: () => ['ips', 'ttl', 'checksum']},
    {says: routerChanges.beliefs.ports, answers: () => [...changes, 'ports']},
    {says: routerChanges.beliefs.checksum, answers: () => ['macs', 'ttl']},
    {
      says: routerChanges.beliefs.numbers,
      answers: ({transport}) => (transport === 'TCP' ? [...changes, 'numbers'] : undefined),
    },
  ],
  words: wordsOf(routerChanges.choices),
});
