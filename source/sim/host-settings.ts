// Computes the TCP settings of a host: its profile, the changes of the scenario, and an MSS that its links can carry.
import {settingsFor} from '../stack/tcp/profiles.ts';
import type {TcpSettings} from '../stack/tcp/settings.ts';
import type {HostSpec, Scenario} from './scenario.ts';

/** The length in bytes of the IP and TCP headers without options, for IPv4 and IPv6. */
const headersBytes = {4: 40, 6: 60} as const;

/** Returns the TCP settings of a host. A host announces no larger segments than its own links carry (RFC 9293 §3.7.1). */
export const tcpSettings = (
  {interfaces, tcp, profile}: HostSpec,
  {profile: usual, links}: Pick<Scenario, 'profile' | 'links'>,
): TcpSettings => {
  const settings = settingsFor(profile ?? usual, tcp);
  const fits = interfaces.flatMap(({link, ip}) => {
    const mtu = links.find(({name}) => name === link)?.mtu;
    return mtu === undefined ? [] : [mtu - headersBytes[ip.includes(':') ? 6 : 4]];
  });
  return {...settings, mss: Math.min(settings.mss, ...fits)};
};
