// The errors in the bytes of packets: codes with numbers and names, which are put into words where they are shown.

/**
 * An error in the bytes of a packet. `protocol` is Wireshark's name of the layer, `field` its display-filter name; lengths are in bytes.
 */
export type WireError =
  | {readonly code: 'short'; readonly protocol: string; readonly needed: number; readonly found: number}
  | {readonly code: 'malformed'; readonly protocol: string; readonly field: string}
  | {readonly code: 'checksum'; readonly protocol: string; readonly expected: number; readonly found: number}
  | {readonly code: 'address'; readonly text: string}
  | {readonly code: 'link-type'; readonly linkType: number}
  | {readonly code: 'field-unknown'; readonly field: string}
  | {readonly code: 'field-range'; readonly field: string; readonly max: number; readonly step: number}
  | {readonly code: 'bit-range'; readonly bit: number; readonly bits: number};
