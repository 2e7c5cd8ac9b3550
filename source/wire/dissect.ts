// Dissects captured bytes into layers and fields with Wireshark's names, which the inspector and `show --json` print.
import {dissectCookedV1, dissectCookedV2, dissectLoopback} from './cooked.ts';
import {dissectDhcp} from './dissect-dhcp.ts';
import {dissectDns, dissectDnsSegment} from './dissect-dns.ts';
import {dissectEthernet, dissectEtherType, trailerRows} from './dissect-ethernet.ts';
import {dissectHttp} from './dissect-http.ts';
import {messages} from './dissect-icmp.ts';
import {dissectIp} from './dissect-ip.ts';
import {dataLayer, type Next, type Step, type Stretch} from './dissect-step.ts';
import {dissectTls} from './dissect-tls.ts';
import {transports} from './dissect-transport.ts';
import {dissectGre, dissectVxlan} from './dissect-tunnel.ts';
import {Protocol} from './ip-packet.ts';
import type {Dissection, Layer, LinkType} from './layer.ts';
import {TunnelProtocol} from './tunnel.ts';

export type {Dissection, Field, Layer, LinkType} from './layer.ts';

const rawIp = (stretch: Stretch): Step => ({layers: [], next: {...stretch, as: 'ip'}});

/** Maps a LINKTYPE number (tcpdump.org/linktypes.html) to the dissector of that link's header. */
const links: ReadonlyMap<LinkType, (stretch: Stretch) => Step> = new Map([
  [0, dissectLoopback],
  [1, dissectEthernet],
  [101, rawIp],
  [108, dissectLoopback],
  [113, dissectCookedV1],
  [228, rawIp],
  [229, rawIp],
  [276, dissectCookedV2],
]);

export const isSupportedLinkType = (linkType: LinkType): boolean => links.has(linkType);

const dissectData = (stretch: Stretch): Step => ({layers: dataLayer(stretch)});

const step = (next: Next): Step => {
  switch (next.as) {
    case 'etherType':
      return dissectEtherType(next, next.etherType);
    case 'ethernet':
      return dissectEthernet(next);
    case 'vxlan':
      return dissectVxlan(next);
    case 'dhcp':
      return dissectDhcp(next);
    case 'ip':
      return dissectIp(next);
    case 'data':
      return dissectData(next);
    case 'dns':
      return next.over === 'udp' ? dissectDns(next) : (dissectDnsSegment(next) ?? dissectData(next));
    case 'http':
      return dissectHttp(next);
    case 'tls':
      return dissectTls(next);
    case 'protocol':
      if (next.protocol === Protocol.tcp) return transports.tcp(next);
      if (next.protocol === Protocol.udp) return transports.udp(next);
      if (next.protocol === Protocol.icmp) return messages.icmp(next);
      if (next.protocol === Protocol.icmpv6) return messages.icmpv6(next);
      if (next.protocol === TunnelProtocol.gre) return dissectGre(next);
      if (next.protocol === TunnelProtocol.ipv4 || next.protocol === TunnelProtocol.ipv6)
        return {layers: [], next: {...next, as: 'ip'}};
      return dissectData(next);
  }
};

/** The most steps of dissecting one frame: enough for any reasonable stack of tags and headers, so that more is an attack on the reader. */
const MAX_STEPS = 32;

const withTrailer = (bytes: Uint8Array, layers: readonly Layer[]): readonly Layer[] => {
  const rows = trailerRows(bytes, layers);
  return rows.length === 0
    ? layers
    : layers.map((layer, index) => (index === 0 ? {...layer, fields: [...layer.fields, ...rows]} : layer));
};

/** Dissects a frame. `originalLength` is its length on the wire; if there are fewer `bytes`, they are read as far as they go. */
export const dissect = (bytes: Uint8Array, linkType: LinkType, originalLength = bytes.length): Dissection => {
  const read = links.get(linkType);
  const wireEnd = Math.max(originalLength, bytes.length);
  const stretch = {bytes, start: 0, end: bytes.length, wireEnd, quoted: false};
  let result: Step = read ? read(stretch) : {...dissectData(stretch), problem: `link-type:${linkType}`};
  const layers = [...result.layers];
  let problem = result.problem;
  for (let steps = 0; result.next && steps < MAX_STEPS; steps++) {
    result = step(result.next);
    layers.push(...result.layers);
    problem ??= result.problem;
  }
  return {layers: withTrailer(bytes, layers), ...(problem !== undefined && {problem})};
};
