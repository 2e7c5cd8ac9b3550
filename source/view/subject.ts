// What *Why?* can be asked about: whatever a panel's cursor stands on, the question that was just answered, or an event.

export type Subject =
  | {readonly kind: 'event'; readonly event: number}
  | {readonly kind: 'packet'; readonly packet: number}
  /** By its display-filter name. */
  | {readonly kind: 'field'; readonly packet: number; readonly field: string}
  /** A variable, `state` or a timer of a host, by the name that the endpoints panel gives it. */
  | {readonly kind: 'variable'; readonly host: string; readonly name: string}
  /** By its number among the beats. */
  | {readonly kind: 'question'; readonly beat: number};
