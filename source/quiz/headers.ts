// Questions about headers: which layer contains a field, how long a frame is, where a reply goes (RFC 1122 §1.1.3, RFC 9293 §3.1).
import {ipPacketOf, packetOf, segmentOf} from '../account/packet.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {packetLayers} from '../observe/packet-layers.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {hasFlag, tcpLength} from '../wire/tcp.ts';
import {frameBytes, replyAddresses, whichLayer} from '../words/catalogue/ask-layers.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found} from './kind.ts';
import {byClause, listedKind, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {segmentsOf, sendingsOf} from './segments.ts';

const layers = {
  eth: ['eth.dst', 'eth.type'],
  ip: ['ip.dst', 'ip.ttl', 'ip.proto'],
  tcp: ['tcp.dstport', 'tcp.seq_raw', 'tcp.window_size_value'],
  udp: ['udp.dstport'],
  http: ['http.host', 'http.response.code'],
  dns: ['dns.id', 'dns.flags.rcode'],
} as const;

type Layer = keyof typeof layers;
type Field = (typeof layers)[Layer][number];

const isLayer = (name: string): name is Layer => Object.hasOwn(layers, name);

const fieldText: {readonly [field in Field]: Text} = whichLayer.fields;

type LayerGivens = {readonly stack: readonly Layer[]; readonly field: Field; readonly value: string};

const layerOf = ({field}: LayerGivens): Layer | undefined =>
  Object.keys(layers)
    .filter(isLayer)
    .find((name) => layers[name].some((each) => each === field));

/** Header fields whose value names the protocol of the next inner layer. */
const namesInside: readonly Field[] = ['eth.type', 'ip.proto'];

/** Returns the layer of the packet that is `by` layers inside the right one (negative: outside); undefined if there is none. */
const beside = (givens: LayerGivens, by: number): Layer | undefined => {
  const right = layerOf(givens);
  return right && givens.stack[givens.stack.indexOf(right) + by];
};

/** Tells whether the number in a field is what its text says: the window in bytes is another number if it is scaled (RFC 7323 §2.2). */
const isPlainly = (field: Field, event: EventOf<'send'>): boolean => {
  const segment = segmentOf(event);
  return field !== 'tcp.window_size_value' || (segment !== undefined && hasFlag(segment, 'SYN'));
};

const found = (trace: Trace, event: EventOf<'send'>): readonly Found<LayerGivens>[] => {
  const {packet, n} = event;
  const all = packetLayers(trace, packet).layers;
  const stack = all.map(({protocol}) => String(protocol)).filter(isLayer);
  if (stack.length < 3) return [];
  return stack.flatMap((did) =>
    layers[did].flatMap((field): readonly Found<LayerGivens>[] => {
      const own = all.find(
        ({protocol, fields}) => protocol === did && fields.some(({name}) => name === field),
      );
      const value = own?.fields.find(({name}) => name === field)?.value;
      if (value === undefined || !isPlainly(field, event)) return [];
      return [{givens: {stack, field, value}, did, n, evidence: byClause(packet, '1122 §1.1.3', did)}];
    }),
  );
};

export const whichLayerKind = listedKind<LayerGivens>({
  kind: 'which-layer',
  isRead: true,
  form: 'choice',
  all: (trace) => sendingsOf(trace).flatMap((event) => (event.packet <= 24 ? found(trace, event) : [])),
  ask: ({stack, field, value}) => [
    whichLayer.given,
    valuesLine(stack.map((each) => whichLayer.layers[each].en).join(' | ')),
    valuesLine(worded(whichLayer.field, {field: fieldText[field], value})),
    whichLayer.asks,
  ],
  solve(givens) {
    const answer = layerOf(givens);
    const {explain, shown, named, hint} = whichLayer;
    if (!answer) return undefined;
    const {field, value} = givens;
    const inside = beside(givens, 1);
    const told = {why: explain[answer], field};
    return {
      answer,
      explain:
        inside && namesInside.includes(field)
          ? wordedWithNames(named, {...told, value, inside: whichLayer.layers[inside]})
          : wordedWithNames(shown, told),
      hints: [hint],
    };
  },
  beliefs: beliefsIn(whichLayer.beliefs, {
    'layer-mixup': (givens) => beside(givens, -1) ?? beside(givens, 1),
    above: (givens) => beside(givens, 1) ?? beside(givens, -2),
    first: ({stack}) => stack[0],
    last: ({stack}) => stack.at(-1),
  }),
  words: wordsOf(whichLayer.layers),
});

type FrameGivens = {readonly transport: 'TCP' | 'UDP'; readonly options: number; readonly data: number};

/** The octets of each header without options. */
export const sizes = {eth: 14, ip: 20, TCP: 20, UDP: 8} as const;

const wholeOf = ({transport, options, data}: FrameGivens): number =>
  sizes.eth + sizes.ip + sizes[transport] + options + data;

/** Returns the name of the fact that a frame has this length; one question asks for it, and no other on its sheet may print it. */
export const frameOf = ({transport, options}: Omit<FrameGivens, 'data'>, frame: number): string =>
  `${frame} bytes of frame with ${transport} and ${options} bytes of options`;

export const frameBytesKind = listedKind<FrameGivens>({
  kind: 'frame-bytes',
  isRead: true,
  form: 'numeral',
  secrets: (givens) => [frameOf(givens, wholeOf(givens))],
  all: (trace) => {
    const seen = new Set<string>();
    return sendingsOf(trace).flatMap((event): readonly Found<FrameGivens>[] => {
      const {packet, n} = event;
      const ip = ipPacketOf(event);
      if (ip?.version !== 4 || !event.frame) return [];
      const {transport} = ip;
      if (transport.kind !== 'tcp' && transport.kind !== 'udp') return [];
      const isTcp = transport.kind === 'tcp';
      const data = isTcp ? transport.segment.payload.length : transport.datagram.payload.length;
      const options = isTcp ? tcpLength(transport.segment) - data - sizes.TCP : 0;
      const givens: FrameGivens = {transport: isTcp ? 'TCP' : 'UDP', options, data};
      const key = JSON.stringify(givens);
      if (seen.has(key) || event.frame.vlan) return [];
      if (fieldEvidence(trace, packet, 'ip.hdr_len')?.value !== String(sizes.ip)) return [];
      seen.add(key);
      const did = String(packetOf(trace, packet).originalLength);
      return [{givens, did, n, evidence: {packet, field: 'frame.len', value: did}}];
    });
  },
  ask: ({transport, options, data}) => [
    worded(frameBytes.given, {transport, options, data, plain: transport === 'TCP' && options === 0}),
    frameBytes.asks,
  ],
  solve(givens) {
    const {transport, options, data} = givens;
    const own = sizes[transport] + options;
    return {
      answer: String(wholeOf(givens)),
      explain: worded(frameBytes.explain, {
        ...{eth: sizes.eth, ip: sizes.ip, transport, own, data},
        right: wholeOf(givens),
      }),
      hints: [frameBytes.hint],
    };
  },
  beliefs: beliefsIn(frameBytes.beliefs, {
    ethernet: (givens) => wholeOf(givens) - sizes.eth,
    options: (givens) => (givens.options > 0 ? wholeOf(givens) - givens.options : undefined),
    ip: (givens) => wholeOf(givens) - sizes.ip,
    transport: (givens) => wholeOf(givens) - sizes[givens.transport],
  }),
});

/** Clients get their ports from this range (RFC 6335 §6): people expect one of them at the server’s end, too. */
const dynamicPorts = [49_152, 49_153] as const;

type Ends = {readonly from: string; readonly fromPort: number; readonly to: string; readonly toPort: number};

const endsText = ({from, fromPort, to, toPort}: Ends): string => `${from}:${fromPort} → ${to}:${toPort}`;

const turned = ({from, fromPort, to, toPort}: Ends): Ends => ({
  ...{from: to, fromPort: toPort, to: from, toPort: fromPort},
});

export const replyAddressesKind = listedKind<Ends>({
  kind: 'reply-addresses',
  isRead: true,
  form: 'choice',
  all(trace) {
    const {sent} = segmentsOf(trace);
    const seen = new Set<string>();
    return sent.flatMap((each): readonly Found<Ends>[] => {
      if (!hasFlag(each.segment, 'SYN') || hasFlag(each.segment, 'ACK')) return [];
      const reply = sent.find(({flow, event}) => flow === each.back && event.n > each.event.n);
      const [ip, other] = [ipPacketOf(each.event), reply && ipPacketOf(reply.event)];
      if (reply && !(hasFlag(reply.segment, 'SYN') && hasFlag(reply.segment, 'ACK'))) return [];
      if (!ip || !other || !reply || seen.has(each.flow) || ip.src.includes(':')) return [];
      seen.add(each.flow);
      const {segment} = each;
      const givens = {from: ip.src, fromPort: segment.srcPort, to: ip.dst, toPort: segment.dstPort};
      const did = endsText({
        ...{from: other.src, fromPort: reply.segment.srcPort},
        ...{to: other.dst, toPort: reply.segment.dstPort},
      });
      return [{givens, did, n: each.event.n, evidence: byClause(reply.event.packet, '9293 §3.1', did)}];
    });
  },
  ask: (ends) => [replyAddresses.given, valuesLine(endsText(ends)), replyAddresses.asks],
  solve: (ends) => ({
    answer: endsText(turned(ends)),
    explain: worded(replyAddresses.explain, {port: ends.fromPort, own: ends.toPort}),
    hints: [replyAddresses.hint],
  }),
  beliefs: beliefsIn(replyAddresses.beliefs, {
    own: (ends) =>
      endsText({...turned(ends), fromPort: dynamicPorts[ends.fromPort === dynamicPorts[0] ? 1 : 0]}),
    ports: (ends) => endsText({...turned(ends), fromPort: ends.fromPort, toPort: ends.toPort}),
    both: (ends) => endsText({...turned(ends), toPort: ends.toPort}),
  }),
});
