// ARP and ICMP of a capture as the side files of the reference captures have them.
import type {CaptureInspector} from './capture-inspector.ts';
import type {IcmpError} from './icmp-stories.ts';
import type {JsonObject} from './json-value.ts';

export const arpJson = ({arp}: CaptureInspector): JsonObject | undefined =>
  arp.requests + arp.replies === 0
    ? undefined
    : {
        ...{requests: arp.requests, replies: arp.replies, gratuitous: arp.gratuitous, probes: arp.probes},
        unanswered: arp.unanswered,
      };

const errorJson = ({frame, from, meaning, mtu}: IcmpError): JsonObject => ({
  ...{frame, from, meaning},
  ...(mtu !== undefined && {mtu}),
});

export const icmpJson = ({icmp}: CaptureInspector): JsonObject | undefined =>
  icmp.counts.size === 0
    ? undefined
    : {messages: Object.fromEntries(icmp.counts), errors: icmp.errors.map(errorJson)};
