import type { Host } from './world.ts';
/** All that a crash takes away. Neighbours and the count of ephemeral ports stay, and applications know themselves what they lose. */
export declare const powerOn: Pick<Host, ('tcp' | 'names' | 'newest' | 'programs' | 'nat' | 'answers') | ('appTimers' | 'appCalls' | 'udpPorts' | 'tcpPorts' | 'streams' | 'streamOwners' | 'tls')>;
