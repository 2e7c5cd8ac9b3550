// The schemas of hosts and links in lesson files.
import * as z from 'zod/mini';
import {
  boolean,
  duration,
  expects,
  host,
  list,
  mostHosts,
  name,
  named,
  percent,
  profile,
  rate,
  seqNumber,
  size,
  string,
  text,
  whole,
} from './scalars.ts';
import {tcpSettingsSchema} from './tcp/settings.ts';

const hostSpec = z.strictObject({
  /** The host's label in texts for people. Expressions, captures and the names of sites use its name instead. */
  label: z.optional(text),
  ip: z.optional(z.union([string, z.record(z.string(), string)], expects('ip'))),
  iss: z.optional(seqNumber),
  /** The system profile of this host, if it is not that of the run. */
  profile: z.optional(profile),
  router: z.optional(boolean),
  /** Whether the router reports by ICMP that it has no route to a destination. */
  unreachable: z.optional(boolean),
  /** Whether the host is switched on at the start of the run. */
  up: z.optional(boolean),
  tcp: z.optional(tcpSettingsSchema),
});

/** The schema of those settings of a link that the call `setLink` can change during a run. */
export const linkSettings = {
  delay: z.optional(duration),
  rate: z.optional(rate),
  queue: z.optional(size),
  loss: z.optional(percent),
  mtu: z.optional(whole(68, 65_535, 'mtu')),
};

const link = z.strictObject({
  name: z.optional(name),
  between: z.optional(z.tuple([host, host], expects('between'))),
  ...linkSettings,
});

export const topologySchema = z.strictObject({
  hosts: z.optional(named(hostSpec, mostHosts)),
  links: z.optional(list(link, 2 * mostHosts)),
  arp: z.optional(boolean),
});

export type TopologyFile = z.infer<typeof topologySchema>;
export type HostFile = z.infer<typeof hostSpec>;
export type LinkFile = z.infer<typeof link>;
