// Any captured bytes as layers and fields with Wireshark's names: what the inspector and `show --json` print.

/** Link types by their number in pcap files. */
export type LinkType = number;

/**
 * One field. `start`/`end` are byte offsets in the frame (end excluded); several fields may share bytes (flags).
 * `name` is Wireshark's display-filter name; `value` is what `tshark -T fields -e NAME` prints for it.
 */
export type Field = {readonly name: string; readonly value: string; readonly start: number; readonly end: number};

/** `protocol` is Wireshark's: `eth`, `arp`, `ip`, `ipv6`, `tcp`, `udp`, `icmp`, `icmpv6`, `vlan`, `sll`, `data`. */
export type Layer = {
  readonly protocol: string;
  readonly start: number;
  readonly end: number;
  readonly fields: readonly Field[];
};

/** Total: whatever can be read is in `layers`; `problem` says what stopped the reading. */
export type Dissection = {readonly layers: readonly Layer[]; readonly problem?: string};
