// Ports that IANA has registered, for common protocols (Service Name and Transport Protocol Port Number Registry, RFC 6335).

const both: readonly (readonly [number, string])[] = [
  [53, 'DNS'],
  [443, 'HTTPS'],
];

const streams: ReadonlyMap<number, string> = new Map([
  ...both,
  [21, 'FTP'],
  [22, 'SSH'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [80, 'HTTP'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [587, 'SMTP submission'],
  [853, 'DNS over TLS'],
  [993, 'IMAPS'],
]);

const datagrams: ReadonlyMap<number, string> = new Map([
  ...both,
  [67, 'DHCP servers'],
  [68, 'DHCP clients'],
  [69, 'TFTP'],
  [123, 'NTP'],
  [161, 'SNMP'],
  [162, 'SNMP traps'],
  [500, 'IKE'],
  [514, 'syslog'],
  [546, 'DHCPv6 clients'],
  [547, 'DHCPv6 servers'],
  [853, 'DNS over QUIC'],
  [1900, 'SSDP'],
  [3478, 'STUN'],
  [5353, 'mDNS'],
  [5355, 'LLMNR'],
]);

/** Returns the name of the protocol that IANA has registered for a TCP or UDP port; undefined if it is not in the table. */
export const serviceAt = (transport: 'tcp' | 'udp', port: number): string | undefined =>
  (transport === 'tcp' ? streams : datagrams).get(port);
