// The words of the layers panel, in both languages. Names of protocols and fields are never translated.
import type {Text} from '../lesson/text.ts';
import {layersSentences, unit} from './catalogue/layers.ts';

/** The layers of OSI (ISO/IEC 7498-1) and of RFC 1122 §1.1.3, by the rows of the panel. */
export const rungNames = {
  application: {number: '7', ...layersSentences.application},
  presentation: {number: '6', ...layersSentences.presentation},
  session: {number: '5', ...layersSentences.session},
  transport: {number: '4', ...layersSentences.transport},
  network: {number: '3', ...layersSentences.network},
  between: {number: '', ...layersSentences.between},
  link: {number: '2', ...layersSentences.link},
  physical: {number: '1', ...layersSentences.physical},
} as const;

const units: {readonly [protocol: string]: Text} = {
  tcp: unit.segment,
  udp: unit.datagram,
  icmp: unit.message,
  icmpv6: unit.message,
  arp: unit.message,
  tls: unit.records,
  dns: unit.message,
  dhcp: unit.message,
  http: unit.message,
  data: unit.data,
  eth: unit.frame,
  vlan: unit.tagged,
  ieee8021ad: unit.tagged,
  gre: unit.packet,
  vxlan: unit.datagram,
  sll: unit.frame,
  null: unit.frame,
};

/** Returns the name of a layer's unit (RFC 1122 §1.3.3). */
export const unitOf = (protocol: string): Text => units[protocol] ?? unit.packet;

/** A packet that one layer passes to the next one; `sum` is a text such as `20 + 77 = 97`. */
export type Handing = {
  readonly name: string;
  readonly header: number;
  readonly payload: number;
  readonly size: number;
  readonly unit: string;
  /** The layer that gets it, and how that layer is found: `TCP`, `protocol 6`. */
  readonly to: string | undefined;
  readonly by: string | undefined;
  readonly host: string;
  readonly next: string | undefined;
  /** The number of octets after the packet. */
  readonly fill: number;
  /** True if the layer has no header, or only a header. */
  readonly whole: boolean;
};
