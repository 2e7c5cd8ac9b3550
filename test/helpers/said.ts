// What is said on a connection, piece by piece, with nothing of TCP around it.
import type {Connection, Side, Told} from '../../source/observe/connections.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

/** Text, so many octets that were not captured, or the end. */
export type Said = readonly [Side, string | number | 'end'];

/** Packet n leaves with event 10 n and arrives with 10 n + 5. */
export const connectionOf = (...said: readonly Said[]): Connection => {
  const at: [number, number] = [0, 0];
  const told = said.map(([side, what], index): Told => {
    const [start, frame, event] = [at[side], index + 1, 10 * (index + 1)];
    if (what === 'end') return {side, piece: {kind: 'end', start, frame}, event};
    const bytes = typeof what === 'string' ? encodeUtf8(what) : undefined;
    at[side] = start + (bytes?.length ?? Number(what));
    const piece = bytes
      ? ({kind: 'bytes', start, bytes, frame} as const)
      : ({kind: 'hole', start, end: at[side]} as const);
    return {side, piece, event};
  });
  const end = {host: 'a', port: 1};
  const arrived = told.map((each) => ({...each, event: each.event + 5}));
  return {id: 1, ends: [end, end], sent: told, arrived};
};
