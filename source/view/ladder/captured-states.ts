// The states that are deduced of a capture, of the connection at hand: several may have an end on the same host.
import {lastChange} from '../time/state-changes.ts';
import {selectedPacket, type View} from '../view.ts';
import {connectionSign} from './conversation.ts';
import type {StateLabel} from './ladder-item.ts';

export const isCapture = ({input: {trace}}: View): boolean => trace.header.profile === 'capture';

/** More than one connection in sight. */
export const isSeveral = ({input: {trace}}: View): boolean => (trace.header.conversations?.tcp ?? 0) > 1;

/** The number of the TCP connection of the chosen packet or, without a choice, of the newest segment. */
export const connectionAtHand = (view: View): number | undefined => {
  const {connectionPackets} = view.input.trace;
  for (let id = selectedPacket(view); id !== undefined && id >= 1; id--) {
    const connection = connectionPackets?.of(id);
    if (connection !== undefined) return connection;
  }
  return undefined;
};

/** Of a state that the rows do not tell the connection of. */
export const deducedLabel = (view: View, connection: number, text: string, fresh: boolean): StateLabel => ({
  text,
  fresh,
  deduced: true,
  of: connectionSign(view.input.trace.header, `${connection}`),
});

/** Before event `n`; undefined: nothing tells it. */
export const capturedState = (view: View, host: string, n: number): StateLabel | undefined => {
  const connection = connectionAtHand(view);
  if (connection === undefined) return undefined;
  const {moment} = view;
  const change = lastChange(view.input.pacing, host, {n, moment, connection: `${connection}`});
  return change && deducedLabel(view, connection, change.state, change.moment === moment);
};
