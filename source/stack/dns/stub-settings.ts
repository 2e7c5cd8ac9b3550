// The settings of a stub resolver: resolv.conf(5) and nsswitch.conf(5) as glibc reads them.
import type {IpAddress} from '../../wire/frame.ts';
import type {HostsEntry} from './call.ts';

export type StubSettings = {
  readonly servers: readonly IpAddress[];
  readonly hosts: readonly HostsEntry[];
  /** The time for the first server; with several, later ones get a growing share (glibc res_send). */
  readonly timeoutUs: number;
  /** The number of rounds through the list of servers. */
  readonly attempts: number;
  /** Whether answers are cached until their TTL expires, as by systemd-resolved and nscd. */
  readonly cache: boolean;
  /** The UDP payload size that is announced; undefined: no OPT record. */
  readonly ednsSize: number | undefined;
};

export const stubDefaults: StubSettings = {
  servers: [],
  hosts: [],
  timeoutUs: 5_000_000,
  attempts: 2,
  cache: true,
  ednsSize: undefined,
};
