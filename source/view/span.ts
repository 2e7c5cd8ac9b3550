// Styled text without a terminal: what `present` composes and `ui` colours.

/** Colour roles of the visual design; a theme gives each a colour, mono gives attributes only. */
export type Role =
  | 'text'
  | 'muted'
  | 'client'
  | 'server'
  | 'third'
  | 'attacker'
  | 'data'
  | 'control'
  | 'warning'
  | 'right'
  | 'accent'
  | 'changed';

export type Span = {
  readonly text: string;
  readonly role: Role;
  readonly bold?: boolean;
  /** Painted with the selection background. */
  readonly selected?: boolean;
};

/** One row of the screen, from column 1; never wider than the screen it was composed for. */
export type Line = readonly Span[];
