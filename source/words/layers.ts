// The words of the layers panel, in both languages. Names of protocols and fields are never translated.
import type {Language, Text} from '../lesson/text.ts';
import {layersSentences, unit} from './catalogue/layers.ts';

/** Of OSI (ISO/IEC 7498-1) and of RFC 1122 §1.1.3, by the rows of the panel. */
export const rungNames = {
  application: {number: '7', osi: layersSentences.application.osi, tcpIp: layersSentences.application.tcpIp},
  presentation: {
    number: '6',
    osi: layersSentences.presentation.osi,
    tcpIp: layersSentences.presentation.tcpIp,
  },
  session: {number: '5', osi: layersSentences.session.osi, tcpIp: layersSentences.session.tcpIp},
  transport: {number: '4', osi: layersSentences.transport.osi, tcpIp: layersSentences.transport.tcpIp},
  network: {number: '3', osi: layersSentences.network.osi, tcpIp: layersSentences.network.tcpIp},
  between: {number: '', osi: layersSentences.between.osi, tcpIp: layersSentences.between.tcpIp},
  link: {number: '2', osi: layersSentences.link.osi, tcpIp: layersSentences.link.tcpIp},
  physical: {number: '1', osi: layersSentences.physical.osi, tcpIp: layersSentences.physical.tcpIp},
} as const;

const units: {readonly [protocol: string]: Text} = {
  tcp: unit.segment,
  udp: unit.datagram,
  icmp: unit.message,
  icmpv6: unit.message,
  arp: unit.message,
  tls: unit.records,
  dns: unit.message,
  http: unit.message,
  data: unit.data,
  eth: unit.frame,
  vlan: unit.tagged,
  ieee8021ad: unit.tagged,
  sll: unit.frame,
  null: unit.frame,
};

/** What a layer’s whole is called (RFC 1122 §1.3.3). */
export const unitOf = (protocol: string): Text => units[protocol] ?? unit.packet;

/** `sum`: `20 + 77 = 97`. */
export type Handing = {
  readonly name: string;
  readonly header: number;
  readonly payload: number;
  readonly size: number;
  readonly unit: string;
  /** The layer that it is handed to, with how that one is found: `TCP`, `protocol 6`. */
  readonly to: string | undefined;
  readonly by: string | undefined;
  readonly host: string;
  readonly next: string | undefined;
  /** Octets behind the packet. */
  readonly fill: number;
};

type Wording = {
  readonly at: (packet: number) => string;
  readonly onLink: (from: string, to: string) => string;
  readonly goingDown: (host: string) => string;
  readonly goingUp: (host: string) => string;
  readonly turning: (host: string) => string;
  readonly makes: (handing: Handing) => string;
  readonly adds: (handing: Handing) => string;
  readonly sends: (handing: Handing) => string;
  readonly takesOff: (handing: Handing) => string;
  readonly reads: (handing: Handing) => string;
  readonly passesOn: (host: string, ttl: readonly [string, string], name: string, carried: string) => string;
  readonly passesNot: (host: string, name: string) => string;
  readonly dies: (name: string, why: string) => string;
  readonly holds: (handing: Handing) => string;
  /** Its second part may be left out. */
  readonly wire: (bytes: string, padding: number, total: string) => readonly [string, string];
  readonly captured: (bytes: number, of: number) => string;
  readonly same: (what: readonly string[]) => string;
  readonly changed: (what: readonly string[]) => string;
  readonly box: (handing: Handing) => string;
};

const bytes = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

/** Data are no unit; of records there may be several. */
const whole = (word: string, header: number): string =>
  header === 0 ? '' : word === 'records' ? 'records of ' : `a ${word} of `;

const en: Wording = {
  at: (packet) => `packet ${packet}`,
  onLink: (from, to) => `on the link from ${from} to ${to}`,
  goingDown: (host) => `${host}, on the way down`,
  goingUp: (host) => `${host}, on the way up`,
  turning: (host) => `${host}, up to the network layer and down again`,
  makes: ({name, header, size, unit: word, to}) =>
    `${name}: ${whole(word, header)}${bytes(size)}${to === undefined ? '' : `, handed down to ${to}`}.`,
  adds: ({name, header, payload, size, unit: word, to}) =>
    payload === 0
      ? `${name} has nothing to carry: its header alone is the ${word}, ${bytes(size)}, handed down to ${to ?? 'the link'}.`
      : `${name} puts its header in front: ${header} + ${payload} = ${bytes(size)}, a ${word}, handed down to ${to ?? 'the link'}.`,
  sends: ({name, header, payload, size, unit: word, next}) =>
    `${name} puts its header in front: ${header} + ${payload} = ${bytes(size)}, a ${word}${next === undefined ? '' : ` for ${next}, the next station on this link`}.`,
  takesOff: ({name, header, payload, to, by, fill}) => {
    const off = fill > 0 ? `${bytes(header)} and the ${fill} behind the packet` : bytes(header);
    if (payload === 0) return `${name} takes its ${off} off: nothing is left for the layer above.`;
    return `${name} takes its ${off} off and hands ${payload} up to ${to ?? 'the program'}${by === undefined ? '' : ` (${by})`}.`;
  },
  reads: ({name, size}) => `${name} gets ${bytes(size)}. All headers below it are gone.`,
  passesOn: (host, [before, after], name, carried) =>
    `${host} reads ${name} and no further. ${before === after ? `TTL stays ${after}` : `TTL ${before} becomes ${after}`}, the checksum follows; ${carried} goes on unopened.`,
  passesNot: (host, name) => `${host} reads ${name} and does not pass the packet on.`,
  dies: (name, why) => `${name} is as far as it gets: ${why}.`,
  holds: ({name, header, payload, size, unit: word}) =>
    payload === 0 || header === 0
      ? `${name}: ${whole(word, header)}${bytes(size)}.`
      : `${name}: ${header} of header + ${payload} inside = ${bytes(size)}, a ${word}.`,
  wire: (own, padding, total) => [
    `${own}${padding > 0 ? ` + ${padding} padding` : ''} + 4 FCS = ${total}`,
    ' on the wire',
  ],
  captured: (count, of) => `${count} of ${of} bytes were captured; the sizes are those of the wire.`,
  same: (what) => `Unchanged over all hops: ${what.join(', ')}.`,
  changed: (what) => `Changed on the way, too: ${what.join(', ')}.`,
  box: ({name, header, payload, size, unit: word}) =>
    payload === 0 || header === 0
      ? `${name}: ${bytes(size)}`
      : `${name}: header ${bytes(header)}, inside ${bytes(payload)}, a ${word} of ${bytes(size)}`,
};

const zh: Wording = {
  at: (packet) => `第 ${packet} 个分组`,
  onLink: (from, to) => `在从${from}到${to}的链路上`,
  goingDown: (host) => `在${host}，自上而下`,
  goingUp: (host) => `在${host}，自下而上`,
  turning: (host) => `在${host}，上到网络层再下来`,
  makes: ({name, header, size, unit: word, to}) =>
    `${name}：${size} 字节${header === 0 ? '' : `的${word}`}${to === undefined ? '' : `，交给 ${to}`}。`,
  adds: ({name, header, payload, size, unit: word, to}) =>
    payload === 0
      ? `${name} 没有数据要装：光是首部就是一个${word}，${size} 字节，交给 ${to ?? '链路'}。`
      : `${name} 在前面加上首部：${header} + ${payload} = ${size} 字节，成为${word}，交给 ${to ?? '链路'}。`,
  sends: ({name, header, payload, size, unit: word, next}) =>
    `${name} 在前面加上首部：${header} + ${payload} = ${size} 字节，成为${word}${next === undefined ? '' : `，发给这段链路上的下一站 ${next}`}。`,
  takesOff: ({name, header, payload, to, by, fill}) => {
    const off = fill > 0 ? `${header} 字节首部和后面 ${fill} 字节` : `${header} 字节首部`;
    if (payload === 0) return `${name} 去掉${off}，没有东西要往上交了。`;
    return `${name} 去掉${off}，把 ${payload} 字节交给上面的 ${to ?? '程序'}${by === undefined ? '' : `（${by}）`}。`;
  },
  reads: ({name, size}) => `${name} 得到 ${size} 字节，下面各层的首部都已去掉。`,
  passesOn: (host, [before, after], name, carried) =>
    `${host} 只读到 ${name} 为止。${before === after ? `TTL 仍是 ${after}` : `TTL 由 ${before} 变为 ${after}`}，校验和随之重算；${carried}原样转发，不拆开。`,
  passesNot: (host, name) => `${host} 读到 ${name}，没有转发这个分组。`,
  dies: (name, why) => `到 ${name} 为止：${why}。`,
  holds: ({name, header, payload, size, unit: word}) =>
    payload === 0 || header === 0
      ? `${name}：${size} 字节${header === 0 ? '' : `的${word}`}。`
      : `${name}：首部 ${header} + 内容 ${payload} = ${size} 字节，是一个${word}。`,
  wire: (own, padding, total) => [
    `${own}${padding > 0 ? ` + 填充 ${padding}` : ''} + FCS 4 = ${total}`,
    ' 字节，这是线路上的大小',
  ],
  captured: (count, of) => `${of} 字节只抓到 ${count} 字节；图中是线路上的大小。`,
  same: (what) => `各跳不变：${what.join('、')}。`,
  changed: (what) => `途中还变了：${what.join('、')}。`,
  box: ({name, header, payload, size, unit: word}) =>
    payload === 0 || header === 0
      ? `${name}：${size} 字节`
      : `${name}：首部 ${header} 字节，内容 ${payload} 字节，共 ${size} 字节，是一个${word}`,
};

export const layersWords: {readonly [language in Language]: Wording} = {en, zh};
