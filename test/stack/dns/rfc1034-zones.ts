// The zones of RFC 1034 §6.1 as printed there; HINFO is in the form of RFC 3597, as zone files here do not know its name.

import {type Zone, zoneOf} from '../../../source/stack/dns/zone.ts';
import {parseZone} from '../../../source/stack/dns/zone-file.ts';

export const rootText = `
.       IN      SOA     SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. (
                        870611          ;serial
                        1800            ;refresh every 30 min
                        300             ;retry every 5 min
                        604800          ;expire after a week
                        86400)          ;minimum of a day
                NS      A.ISI.EDU.
                NS      C.ISI.EDU.
                NS      SRI-NIC.ARPA.

MIL.    86400   NS      SRI-NIC.ARPA.
        86400   NS      A.ISI.EDU.

EDU.    86400   NS      SRI-NIC.ARPA.
        86400   NS      C.ISI.EDU.

SRI-NIC.ARPA.   A       26.0.0.73
                A       10.0.0.51
                MX      0 SRI-NIC.ARPA.
                TYPE13  \\# 16 084445432d3230363006544f50533230

ACC.ARPA.       A       26.6.0.65
                TYPE13  \\# 15 095044502d31312f373004554e4958
                MX      10 ACC.ARPA.

USC-ISIC.ARPA.  CNAME   C.ISI.EDU.

73.0.0.26.IN-ADDR.ARPA.  PTR    SRI-NIC.ARPA.
65.0.6.26.IN-ADDR.ARPA.  PTR    ACC.ARPA.
51.0.0.10.IN-ADDR.ARPA.  PTR    SRI-NIC.ARPA.
52.0.0.10.IN-ADDR.ARPA.  PTR    C.ISI.EDU.
103.0.3.26.IN-ADDR.ARPA. PTR    A.ISI.EDU.

A.ISI.EDU. 86400 A      26.3.0.103
C.ISI.EDU. 86400 A      10.0.0.52
`;

/** Relative to the origin EDU. */
export const eduText = `
EDU.  IN SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. (
                        870729 ;serial
                        1800 ;refresh every 30 minutes
                        300 ;retry every 5 minutes
                        604800 ;expire after a week
                        86400 ;minimum of a day
                        )
                NS SRI-NIC.ARPA.
                NS C.ISI.EDU.

UCI 172800 NS ICS.UCI
                172800 NS ROME.UCI
ICS.UCI 172800 A 192.5.19.1
ROME.UCI 172800 A 192.5.19.31

ISI 172800 NS VAXA.ISI
                172800 NS A.ISI
                172800 NS VENERA.ISI.EDU.
VAXA.ISI 172800 A 10.2.0.27
                172800 A 128.9.0.33
VENERA.ISI.EDU. 172800 A 10.1.0.52
                172800 A 128.9.0.32
A.ISI 172800 A 26.3.0.103

UDEL.EDU.  172800 NS LOUIE.UDEL.EDU.
                172800 NS UMN-REI-UC.ARPA.
LOUIE.UDEL.EDU. 172800 A 10.0.0.96
                172800 A 192.5.39.3

YALE.EDU.  172800 NS YALE.ARPA.
YALE.EDU.  172800 NS YALE-BULLDOG.ARPA.

MIT.EDU.  43200 NS XX.LCS.MIT.EDU.
                  43200 NS ACHILLES.MIT.EDU.
XX.LCS.MIT.EDU.  43200 A 10.0.0.44
ACHILLES.MIT.EDU. 43200 A 18.72.0.8
`;

/** What §6.2.7 and §6.3.1 let the ISI.EDU zone hold; the RFC does not print it. */
const isiText = `
$TTL 86400
@       SOA     VENERA HOSTMASTER 1 1800 300 604800 86400
        NS      VAXA
        NS      A
        NS      VENERA
        MX      10 VENERA
        MX      20 VAXA
A       A       26.3.0.103
C       A       10.0.0.52
VAXA    172800 A 10.2.0.27
        172800 A 128.9.0.33
VENERA  172800 A 10.1.0.52
        172800 A 128.9.0.32
`;

export const zoneFrom = (text: string, origin?: string): Zone => {
  const zone = parseZone(text, origin);
  if (!zone.ok) throw new Error(JSON.stringify(zone.error));
  return zoneOf(zone.value);
};

const root = zoneFrom(rootText);
const isi = zoneFrom(isiText, 'ISI.EDU.');

/** By server: the name under which §6.2 asks it. */
export const servers = {'C.ISI.EDU.': [root, zoneFrom(eduText, 'EDU.')], 'A.ISI.EDU.': [root, isi]} as const;
