import type { Transport } from '../ip-packet.ts';
import type { DnsMessage } from './message.ts';
export declare const dnsPort = 53;
/** None where they cannot be read, or where the packet is not from or to port 53. */
export declare const dnsIn: (transport: Transport) => readonly DnsMessage[];
