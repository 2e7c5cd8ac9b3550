// Returns the usual service of a TCP or UDP port (IANA, Service Name and Transport Protocol Port Number Registry). It is a guess, because
// any protocol may use any port.
import {serviceAt} from './service-ports.ts';

const more: ReadonlyMap<number, string> = new Map([
  [20, 'FTP data'],
  [88, 'Kerberos'],
  [111, 'ONC RPC'],
  [119, 'NNTP'],
  [123, 'NTP'],
  [137, 'NetBIOS names'],
  [138, 'NetBIOS datagrams'],
  [139, 'NetBIOS sessions'],
  [179, 'BGP'],
  [389, 'LDAP'],
  [445, 'SMB'],
  [465, 'SMTPS'],
  [500, 'IKE'],
  [502, 'Modbus'],
  [514, 'syslog'],
  [515, 'LPD'],
  [546, 'DHCPv6'],
  [547, 'DHCPv6'],
  [554, 'RTSP'],
  [631, 'IPP'],
  [636, 'LDAPS'],
  [873, 'rsync'],
  [995, 'POP3S'],
  [1080, 'SOCKS'],
  [1194, 'OpenVPN'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [1812, 'RADIUS'],
  [1813, 'RADIUS accounting'],
  [1883, 'MQTT'],
  [2049, 'NFS'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [4500, 'IPsec'],
  [5004, 'RTP'],
  [5060, 'SIP'],
  [5222, 'XMPP'],
  [5246, 'CAPWAP control'],
  [5247, 'CAPWAP data'],
  [5432, 'PostgreSQL'],
  [5672, 'AMQP'],
  [5900, 'VNC'],
  [6379, 'Redis'],
  [6667, 'IRC'],
  [8883, 'MQTT over TLS'],
  [9092, 'Kafka'],
  [9100, 'printing'],
  [11211, 'memcached'],
  [27017, 'MongoDB'],
  [51820, 'WireGuard'],
]);

/** The UDP port of HTTP/3 over QUIC, which has the same number as that of HTTPS (RFC 9114 §3.1). */
const quicPort = 443;

export const serviceOn = (transport: 'tcp' | 'udp', port: number): string | undefined =>
  transport === 'udp' && port === quicPort ? 'QUIC' : (serviceAt(transport, port) ?? more.get(port));
