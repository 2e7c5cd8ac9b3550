// What can be set of a stub resolver: resolv.conf(5) and nsswitch.conf(5) as glibc reads them.
import type {IpAddress} from '../../wire/frame.ts';
import type {HostsEntry} from './call.ts';

export type StubSettings = {
  readonly servers: readonly IpAddress[];
  readonly hosts: readonly HostsEntry[];
  /** For the first server; of several, the later ones get a share that grows (glibc res_send). */
  readonly timeoutUs: number;
  /** Rounds through the list of servers. */
  readonly attempts: number;
  /** Keep answers until their TTL is over, as systemd-resolved and nscd do. */
  readonly cache: boolean;
  /** UDP payload size announced; undefined: no OPT record. */
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
