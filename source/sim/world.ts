// Everything that exists at one instant of a simulation: hosts, links, what is under way. Immutable.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import type {Tcp} from '../stack/tcp/tcp.ts';

export type Host = {
  readonly name: string;
  readonly up: boolean;
  readonly tcp: Tcp;
  /** Connections by the name that the script gave them (`as`). */
  readonly names: {readonly [as: string]: ConnectionId};
  /** The connection that was opened last; what a call without `of` means. */
  readonly newest: ConnectionId | undefined;
};

export type World = {
  readonly nowUs: number;
  readonly hosts: {readonly [name: string]: Host};
};
