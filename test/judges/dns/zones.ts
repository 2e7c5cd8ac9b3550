// Zones with a bit of everything: what a real server and ours are asked about.
import type {ZoneData} from '../../../source/stack/dns/zone-check.ts';
import {parseZone} from '../../../source/stack/dns/zone-file.ts';

const long = Array.from({length: 9}, (_, n) => `"${String(n).repeat(99)}"`).join(' ');

/** File text by origin. */
export const zoneTexts: Readonly<Record<string, string>> = {
  'abc.com.': `
$TTL 300
@           86400 IN SOA dns hostmaster ( 2026010100 2h 15m 2w 60 )
            NS    dns
            NS    ns.elsewhere.net.
            MX    10 mail
            MX    20 mail.sub
            TXT   "v=spf1 mx -all"
dns         A     203.0.113.53
            AAAA  2001:db8::53
mail        A     203.0.113.25
y           A     203.0.113.80
            A     203.0.113.81
            AAAA  2001:db8::80
            TXT   "two" "strings; with \\"quotes\\""
www         CNAME y
chain       CNAME www
out         CNAME www.elsewhere.net.
across      CNAME host.xyz.com.
gone        CNAME nobody
gone-across CNAME nobody.xyz.com.
to-sub      CNAME host.sub
to-star     CNAME any.wild
a.b.c       A     203.0.113.3
*.wild      TXT   "wild"
            MX    5 mail
*.star      CNAME y
deep.under.star A 203.0.113.4
_sip._tcp   SRV   1 2 5060 y
            SRV   2 2 5060 mail.sub
80          PTR   y
big         TXT   ${long}
odd         TYPE731 \\# 6 abcdef012345
Escaped\\.dot A   203.0.113.5
sub         NS    ns.sub
            NS    ns2.sub
            NS    mail
ns.sub      A     203.0.113.54
ns2.sub     AAAA  2001:db8::54
mail.sub    A     203.0.113.26
glueless    NS    ns.elsewhere.net.
`,
  'xyz.com.': `
$TTL 600
@           IN SOA dns.abc.com. hostmaster 7 7200 900 1209600 3600
            NS    dns.abc.com.
host        A     192.0.2.10
back        CNAME www.abc.com.
`,
};

export const zoneData = Object.entries(zoneTexts).map(([origin, text]): ZoneData => {
  const zone = parseZone(text, origin);
  if (!zone.ok) throw new Error(JSON.stringify(zone.error));
  return zone.value;
});

/** `NAME TYPE`: each a different turn of RFC 1034 §4.3.2. */
export const questions: readonly string[] = [
  'y.abc.com. A',
  'y.abc.com. AAAA',
  'y.abc.com. TXT',
  'y.abc.com. MX',
  'abc.com. SOA',
  'abc.com. NS',
  'abc.com. MX',
  'abc.com. A',
  'mail.abc.com. AAAA',
  'www.abc.com. A',
  'www.abc.com. CNAME',
  'www.abc.com. MX',
  'chain.abc.com. AAAA',
  'out.abc.com. A',
  'gone.abc.com. A',
  'to-sub.abc.com. A',
  'to-star.abc.com. TXT',
  'to-star.abc.com. A',
  'nobody.abc.com. A',
  'below.y.abc.com. A',
  'c.abc.com. A',
  'b.c.abc.com. TXT',
  'x.b.c.abc.com. A',
  'a.b.c.abc.com. A',
  'wild.abc.com. TXT',
  'any.wild.abc.com. TXT',
  'far.below.wild.abc.com. MX',
  'any.wild.abc.com. A',
  '*.wild.abc.com. TXT',
  'below.*.wild.abc.com. TXT',
  'any.star.abc.com. A',
  'any.star.abc.com. CNAME',
  'any.star.abc.com. MX',
  'under.star.abc.com. A',
  'x.under.star.abc.com. A',
  '_sip._tcp.abc.com. SRV',
  '_tcp.abc.com. SRV',
  '80.abc.com. PTR',
  'odd.abc.com. TYPE731',
  'Escaped\\.dot.abc.com. A',
  'escaped.dot.abc.com. A',
  'sub.abc.com. A',
  'sub.abc.com. NS',
  'host.sub.abc.com. A',
  'ns.sub.abc.com. A',
  'glueless.abc.com. MX',
  'x.glueless.abc.com. A',
  'xyz.com. NS',
  'host.xyz.com. A',
  'across.abc.com. A',
  'across.abc.com. MX',
  'gone-across.abc.com. A',
  'back.xyz.com. A',
  'com. NS',
  'www.example.net. A',
];
