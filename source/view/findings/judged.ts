// What JSON tells of the findings of a capture: all of them, and the verdict on each connection and each other conversation.

import type {Language} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {Judged} from '../../observe/inspection-json.ts';
import type {Evidence} from '../../verdict/evidence.ts';
import {connectionOf} from '../../verdict/finding.ts';
import {findingsIn, verdictOn, verdictOnConnection} from '../../verdict/verdicts.ts';
import {dhcpPorts} from '../../wire/dhcp.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import {findingJson, verdictJson} from './sentence.ts';

/** `only`: the connection that alone is asked for; what is told of it is decided by all of the capture. */
export const judged = (evidence: Evidence, language: Language, only?: number): Judged => {
  const findings = findingsIn(evidence).filter((each) => only === undefined || connectionOf(each) === only);
  const quic = new Set(evidence.quic.map(({conversation}) => conversation));
  const protocolOf = ({id, ends}: DatagramConversation): string => {
    if (quic.has(id)) return 'quic';
    if (ends.some(({port}) => port === dnsPort)) return 'dns';
    return ends.some(({port}) => dhcpPorts.some((dhcp) => dhcp === port)) ? 'dhcp' : 'udp';
  };
  return {
    findings: findings.map((each) => findingJson(each, language)),
    verdict: (connection) => verdictJson(verdictOnConnection(findings, connection)),
    conversations: evidence.inspector.udp.all.map((each) => {
      const {id, ends, packets, bytes} = each;
      const name = `u${id}`;
      const verdict = verdictOn(
        findings,
        ({about}) => 'conversation' in about && about.conversation === name,
      );
      return {
        ...{id: name, protocol: protocolOf(each), ends: ends.map(endpointText), packets, bytes},
        verdict: verdictJson(verdict),
      };
    }),
  };
};
