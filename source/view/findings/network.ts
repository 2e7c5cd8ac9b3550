// The sentences of findings: ARP, DHCP, ICMP and fragments.
import type {NetworkId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const networkWriters: Partial<Writers<NetworkId>> = {};
