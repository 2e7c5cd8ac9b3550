// Findings about the network below: ARP, DHCP, ICMP, fragments.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {NetworkId} from './ids.ts';

export const networkFindings = (_evidence: Evidence): readonly Finding<NetworkId>[] => [];
