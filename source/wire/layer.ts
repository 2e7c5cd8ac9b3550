// The result of a dissection: layers of fields, named and printed as by Wireshark.

/** The kind of a captured frame's link header, by its LINKTYPE number in pcap files. */
export type LinkType = number;

/**
 * A field of a dissected packet. `start`/`end` are byte offsets in the frame (end excluded); several fields may share bytes (flags). `name`
 * is Wireshark's display-filter name; `value` is what `tshark -T fields -e NAME` prints for it.
 */
export type Field = {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The bits of the field's octets that belong to it; if undefined, the header's field table tells, or else all of them do. */
  readonly mask?: number;
};

/**
 * A layer of a dissected packet. `protocol` is Wireshark's: `eth`, `arp`, `ip`, `ipv6`, `tcp`, `udp`, `icmp`, `icmpv6`, `vlan`, `dns`,
 * `http`, `http2`, `tls`, `quic`, `http3`, `sll`, `null`, `data`.
 */
export type Layer = {
  readonly protocol: string;
  readonly start: number;
  readonly end: number;
  readonly fields: readonly Field[];
  /** True for a layer of the packet that an ICMP error quotes. */
  readonly quoted?: true;
  /**
   * The packets of a layer that runs over several: their numbers, and the place of each field in the whole. A field of an earlier packet
   * has no place in this frame, and is empty there. Absent for a layer in a single packet.
   */
  readonly reassembled?: {
    readonly packets: readonly number[];
    readonly spans: readonly {readonly start: number; readonly end: number}[];
  };
  /** True if the layer was decrypted: each field has the place of its ciphertext, octet by octet. */
  readonly opened?: true;
};

/**
 * The result of dissecting a packet, which never fails: whatever can be read is in `layers`. `problem` says what stopped it: `tcp:short` if
 * bytes are missing, `tcp:tcp.hdr_len` if that field is impossible, `link-type:195` if the link is unknown.
 */
export type Dissection = {readonly layers: readonly Layer[]; readonly problem?: string};
