// The words of the layers panel, in both languages. Names of protocols and fields are never translated.
import type {Text} from '../lesson/text.ts';
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
  /** It has no header, or nothing but one. */
  readonly whole: boolean;
};
