// The field tables of the Ethernet II header and the 802.1Q tag (RFC 894, IEEE 802.3 §3.2.6, IEEE 802.1Q §9.6).
import {layout, mac, uint} from './layout.ts';

export const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  ipv6: 0x86dd,
  serviceVlan: 0x88a8,
} as const;

export const ethernetHeader = layout('eth', [
  mac('dst', 'eth.dst'),
  mac('src', 'eth.src'),
  uint('type', 16, 'eth.type', {hex: 4}),
]);

/** Returns the field table of a VLAN tag: two octets of tag control information, then the EtherType of what follows. */
const tag = (protocol: string, etype: string) =>
  layout(protocol, [
    uint('priority', 3, `${protocol}.priority`),
    uint('dei', 1, `${protocol}.dei`),
    uint('id', 12, `${protocol}.id`),
    uint('type', 16, etype, {hex: 4}),
  ]);

export const vlanTag = tag('vlan', 'vlan.etype');
/**
 * The field table of the provider's VLAN tag (802.1ad), which precedes the customer's; Wireshark names the EtherType after it as in IEEE
 * 802.1ah.
 */
export const serviceTag = tag('ieee8021ad', 'ieee8021ah.etype');
