// What a dissection is made of: layers of fields, named and printed as Wireshark does.

/** Link types by their number in pcap files. */
export type LinkType = number;

/**
 * One field. `start`/`end` are byte offsets in the frame (end excluded); several fields may share bytes (flags).
 * `name` is Wireshark's display-filter name; `value` is what `tshark -T fields -e NAME` prints for it.
 */
export type Field = {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Which bits of these octets it is, one behind the other; undefined: all, unless the header's table says more. */
  readonly mask?: number;
};

/** `protocol` is Wireshark's: `eth`, `arp`, `ip`, `ipv6`, `tcp`, `udp`, `icmp`, `icmpv6`, `vlan`, `dns`, `http`, `http2`, `tls`, `quic`, `http3`, `sll`, `null`, `data`. */
export type Layer = {
  readonly protocol: string;
  readonly start: number;
  readonly end: number;
  readonly fields: readonly Field[];
  /** Part of the packet that an ICMP error reports, not of this one. */
  readonly quoted?: true;
  /**
   * Of what runs over several packets: which they are, and where in the whole each field stands. In this frame a field of an
   * earlier packet has no place, and is empty.
   */
  readonly reassembled?: {
    readonly packets: readonly number[];
    readonly spans: readonly {readonly start: number; readonly end: number}[];
  };
  /** Came out of encryption: each field stands where its ciphertext does, octet by octet. */
  readonly opened?: true;
};

/**
 * Total: whatever can be read is in `layers`. `problem` says what stopped the reading: `tcp:short` where bytes are
 * missing, `tcp:tcp.hdr_len` where that field cannot be, `link-type:195` where the link is not known.
 */
export type Dissection = {readonly layers: readonly Layer[]; readonly problem?: string};
