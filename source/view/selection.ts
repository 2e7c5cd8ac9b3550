// The reader's selection. There is only one for the whole screen, and every panel shows the part that concerns it.

export type Selection = {
  /** The number of the selected packet; undefined while the newest packet is followed. */
  readonly packet: number | undefined;
  /** The selected field of that packet, by its display-filter name. */
  readonly field: string | undefined;
  /** The offset of the selected byte in that packet. */
  readonly byte: number | undefined;
  /** The selected variable, state (`state`) or timer of a host, by its name in the endpoints panel. */
  readonly variable: {readonly host: string; readonly name: string} | undefined;
};

export const nothingSelected: Selection = {
  packet: undefined,
  field: undefined,
  byte: undefined,
  variable: undefined,
};
