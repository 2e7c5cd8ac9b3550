// The words of the layers panel, in both languages. Names of protocols and fields are never translated.
import type {Text} from '../lesson/text.ts';
import {layersSentences, unit} from './catalogue/layers.ts';

/** The names of the layers in the layers panel, with their numbers in the OSI model (ISO/IEC 7498-1) and their names in RFC 1122 §1.1.3. */
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

/** Returns the name of the unit that a protocol sends, such as segment or datagram (RFC 1122 §1.3.3). */
export const unitOf = (protocol: string): Text => units[protocol] ?? unit.packet;

/** A packet that one layer hands to the next, in the layers panel; `sum` is the text on header and payload, such as `20 + 77 = 97`. */
export type Handing = {
  readonly name: string;
  readonly header: number;
  readonly payload: number;
  readonly size: number;
  readonly unit: string;
  /**
   * The layer to which the packet is handed, such as `TCP`, and how that layer is found (`by`), such as `protocol 6`; undefined if there is
   * none.
   */
  readonly to: string | undefined;
  readonly by: string | undefined;
  readonly host: string;
  readonly next: string | undefined;
  /** The number of octets of padding and trailer after the packet. */
  readonly fill: number;
  /** True if the layer adds no header to its payload, or sends a header without payload. */
  readonly whole: boolean;
};
