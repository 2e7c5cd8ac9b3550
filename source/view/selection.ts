// The reader's selection. There is only one for the whole screen, and every panel shows the part that concerns it.

export type Selection = {
  /** The number of the packet that the reader has selected; undefined while the newest packet is shown as it changes. */
  readonly packet: number | undefined;
  /** The display-filter name of the selected field of the selected packet; undefined if no field is selected. */
  readonly field: string | undefined;
  /** The offset of the selected byte in the selected packet; undefined if none is selected. */
  readonly byte: number | undefined;
  /**
   * The TCP variable, state (`state`) or timer of a host that the reader has selected, by its name in the endpoints panel; undefined if
   * none is selected.
   */
  readonly variable: {readonly host: string; readonly name: string} | undefined;
};

export const nothingSelected: Selection = {
  packet: undefined,
  field: undefined,
  byte: undefined,
  variable: undefined,
};
