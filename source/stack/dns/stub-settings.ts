// The settings of a stub resolver: resolv.conf(5) and nsswitch.conf(5) as glibc reads them.
import type {IpAddress} from '../../wire/frame.ts';
import type {HostsEntry} from './call.ts';

export type StubSettings = {
  readonly servers: readonly IpAddress[];
  readonly hosts: readonly HostsEntry[];
  /**
   * The time in µs that the stub resolver waits for the first server; with several servers, later ones get a growing share of it (glibc
   * res_send).
   */
  readonly timeoutUs: number;
  /** How many rounds through its list of servers the stub resolver makes before it fails. */
  readonly attempts: number;
  /** Whether the stub resolver caches answers until their TTL expires, as systemd-resolved and nscd do. */
  readonly cache: boolean;
  /** The UDP payload size that the stub resolver announces; undefined if its queries have no OPT record. */
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
