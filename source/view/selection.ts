// The reader's selection. There is only one, and every panel shows its part of it.

export type Selection = {
  /** The selected packet; undefined to follow the newest. */
  readonly packet: number | undefined;
  /** A field of that packet, by its display-filter name. */
  readonly field: string | undefined;
  /** The offset of a byte in that packet. */
  readonly byte: number | undefined;
  /** A variable, the state (`state`) or a timer of a host, by the name in the endpoints panel. */
  readonly variable: {readonly host: string; readonly name: string} | undefined;
};

export const nothingSelected: Selection = {
  packet: undefined,
  field: undefined,
  byte: undefined,
  variable: undefined,
};
