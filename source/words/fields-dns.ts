// What each field of DNS says, one sentence each, with the clause that defines it.
import {type FieldTexts, field} from './field-text.ts';

const header = 'RFC 1035 §4.1.1';
const question = 'RFC 1035 §4.1.2';
const record = 'RFC 1035 §4.1.3';
const opt = 'RFC 6891 §6.1.3';
const option = 'RFC 6891 §6.1.2';
const soa = 'RFC 1035 §3.3.13';
const srv = 'RFC 2782';

const headerFields: FieldTexts = {
  'dns.length': field(
    'RFC 1035 §4.2.2',
    'bytes of the message that follows, because TCP itself marks no end.',
    '后面这条报文的字节数，因为 TCP 本身不标明边界。',
  ),
  'dns.id': field(
    header,
    'chosen by whoever asks and copied into the answer, which is how the two find each other.',
    '由提问方选定，回答里原样带回，靠它把问和答对上。',
  ),
  'dns.flags': field(header, 'what kind of message this is, and how it went.', '这是哪种报文，结果如何。'),
  'dns.flags.response': field(header, '0 is a question, 1 an answer.', '0 是查询，1 是响应。'),
  'dns.flags.opcode': field(
    header,
    'the kind of question: 0 is an ordinary one.',
    '查询的种类：0 是普通查询。',
  ),
  'dns.flags.authoritative': field(
    header,
    '1 means the server holds the zone itself and did not hear it from others.',
    '1 表示服务器自己就管这个区，不是从别处听来的。',
  ),
  'dns.flags.truncated': field(
    'RFC 2181 §9',
    '1 means not all of it fitted, so ask once more over TCP.',
    '1 表示内容没放下，请改用 TCP 再问。',
  ),
  'dns.flags.recdesired': field(
    header,
    '1 asks the server to find the answer, whomever it has to ask for that.',
    '1 表示请服务器把答案找到，不论要去问谁。',
  ),
  'dns.flags.recavail': field(
    header,
    '1 means this server would do the asking for others.',
    '1 表示这台服务器愿意替别人去查。',
  ),
  'dns.flags.z': field(header, 'a reserved bit, 0.', '保留位，为 0。'),
  'dns.flags.authenticated': field(
    'RFC 4035 §3.2.3',
    '1 in an answer: the server has checked its signatures.',
    '响应里为 1：服务器已验证签名。',
  ),
  'dns.flags.checkdisable': field(
    'RFC 4035 §3.2.2',
    '1 means answer even where signatures do not hold.',
    '1 表示即使签名验证不通过也请回答。',
  ),
  'dns.flags.rcode': field(
    header,
    'how it went: 0 no error, 2 server failure, 3 no such name, 5 refused.',
    '结果：0 无差错，2 服务器失败，3 没有这个名字，5 拒绝。',
  ),
  'dns.count.queries': field(
    header,
    'how many questions follow, nearly always one.',
    '问题的个数，几乎总是一个。',
  ),
  'dns.count.answers': field(header, 'records that answer the question.', '回答部分的记录数。'),
  'dns.count.auth_rr': field(
    header,
    'records that name the servers in charge, or the SOA of a negative answer.',
    '权威部分的记录数：主管的服务器，或否定回答里的 SOA。',
  ),
  'dns.count.add_rr': field(
    header,
    'records that may save another question, such as addresses of servers.',
    '附加部分的记录数：省得再问的内容，如服务器的地址。',
  ),
};

const questionFields: FieldTexts = {
  'dns.qry.name': field(question, 'the name that is asked about.', '所问的名字。'),
  'dns.qry.name.len': field(question, 'characters of the name as it is written.', '名字写出来的字符数。'),
  'dns.count.labels': field(
    'RFC 1035 §3.1',
    'labels of the name, from the leftmost to the top-level domain.',
    '名字的标号数，从最左边数到顶级域。',
  ),
  'dns.qry.type': field(
    'RFC 1035 §3.2.2',
    'which data are wanted: 1 an IPv4 address, 28 an IPv6 address.',
    '要哪种数据：1 是 IPv4 地址，28 是 IPv6 地址。',
  ),
  'dns.qry.class': field(
    'RFC 1035 §3.2.4',
    '1 is the Internet, today the only one in use.',
    '1 是互联网，如今只用它。',
  ),
};

const recordFields: FieldTexts = {
  'dns.resp.name': field(
    record,
    'the name that the data belong to; bytes from c0 on point back to an earlier one.',
    '数据属于哪个名字；c0 及以上的字节指回前面出现过的名字。',
  ),
  'dns.resp.type': field(
    'RFC 1035 §3.2.2',
    'what the data are: an address, a server, an alias.',
    '数据的种类：地址、服务器、别名等。',
  ),
  'dns.resp.class': field(
    'RFC 1035 §3.2.4',
    '1 is the Internet, today the only one in use.',
    '1 是互联网，如今只用它。',
  ),
  'dns.resp.ttl': field(
    'RFC 2181 §8',
    'seconds for which this may be kept and handed on.',
    '这条记录可以缓存多少秒。',
  ),
  'dns.resp.len': field(record, 'bytes of the data that follow.', '后面数据的字节数。'),
  'dns.data': field('RFC 3597 §3', 'bytes that are not read here.', '这里不解读的字节。'),
  'dns.a': field('RFC 1035 §3.4.1', 'an IPv4 address of that name.', '这个名字的一个 IPv4 地址。'),
  'dns.aaaa': field('RFC 3596 §2.2', 'an IPv6 address of that name.', '这个名字的一个 IPv6 地址。'),
  'dns.ns': field(
    'RFC 1035 §3.3.11',
    'a server that is in charge of that name.',
    '主管这个名字的一台服务器。',
  ),
  'dns.cname': field(
    'RFC 1035 §3.3.1',
    'the real name; the one asked about is an alias of it.',
    '真正的名字；所问的只是它的别名。',
  ),
  'dns.ptr.domain_name': field('RFC 1035 §3.3.12', 'the name that an address points to.', '地址指向的名字。'),
  'dns.mx.preference': field(
    'RFC 1035 §3.3.9',
    'mail tries the lowest number first.',
    '投递邮件时先试数字最小的。',
  ),
  'dns.mx.mail_exchange': field(
    'RFC 1035 §3.3.9',
    'a host that takes mail for that name.',
    '替这个名字收邮件的主机。',
  ),
  'dns.txt': field(
    'RFC 1035 §3.3.14',
    'text, whose meaning its readers agree upon.',
    '文本，含义由使用者约定。',
  ),
  'dns.txt.length': field(
    'RFC 1035 §3.3',
    'bytes of the text that follows, at most 255.',
    '后面文本的字节数，最多 255。',
  ),
};

const soaFields: FieldTexts = {
  'dns.soa.mname': field(soa, 'the server where the zone is edited.', '编辑这个区的主服务器。'),
  'dns.soa.rname': field(
    soa,
    'the mailbox of the person in charge, with a dot in place of the @.',
    '负责人的邮箱，@ 写成点。',
  ),
  'dns.soa.serial_number': field(
    soa,
    'goes up with every change, so that the other servers fetch the zone anew.',
    '每次修改都增大，其他服务器据此重新取区数据。',
  ),
  'dns.soa.refresh_interval': field(
    soa,
    'seconds after which the other servers look for a new serial number.',
    '其他服务器每隔多少秒检查一次序列号。',
  ),
  'dns.soa.retry_interval': field(
    soa,
    'seconds until they try again where that failed.',
    '检查失败后，隔多少秒再试。',
  ),
  'dns.soa.expire_limit': field(
    soa,
    'seconds after which they stop to answer from a copy that they cannot renew.',
    '副本无法更新时，多少秒后停止用它回答。',
  ),
  'dns.soa.minimum_ttl': field(
    'RFC 2308 §4',
    'seconds for which “there is no such thing” may be kept, if the TTL is not less.',
    '「没有」这个回答可以缓存多少秒，TTL 更小时以 TTL 为准。',
  ),
};

const optFields: FieldTexts = {
  'dns.rr.udp_payload_size': field(
    opt,
    'bytes of DNS that the sender can take in one datagram; without this record 512.',
    '发送方一个数据报能收下多少字节的 DNS；没有这条记录时为 512。',
  ),
  'dns.resp.ext_rcode': field(
    opt,
    'eight more bits above the four of the RCODE.',
    '加在 RCODE 四位之上的高八位。',
  ),
  'dns.resp.edns0_version': field(opt, 'the version of EDNS: 0.', 'EDNS 的版本：0。'),
  'dns.resp.z': field(opt, 'DO and fifteen reserved bits.', 'DO 位和十五个保留位。'),
  'dns.resp.z.do': field('RFC 3225 §3', '1 means send the signatures along.', '1 表示请把签名一并发来。'),
  'dns.resp.z.reserved': field(opt, 'reserved bits, 0.', '保留位，为 0。'),
  'dns.opt.code': field(option, 'which option this is: 10 is a cookie.', '选项的种类：10 是 Cookie。'),
  'dns.opt.len': field(option, 'bytes of the option’s data.', '选项数据的字节数。'),
  'dns.opt.data': field(option, 'the option’s data.', '选项的数据。'),
  'dns.opt.cookie.client': field(
    'RFC 7873 §4.1',
    'a number that only this client and this server have seen, against forged answers.',
    '只有这对客户端和服务器见过的数，用来防伪造的回答。',
  ),
  'dns.opt.cookie.server': field(
    'RFC 7873 §4.2',
    'what the server gave this client before, so that it is known again.',
    '服务器先前发给这个客户端的数，凭它再次相认。',
  ),
};

const srvFields: FieldTexts = {
  'dns.srv.priority': field(srv, 'the lowest number is tried first.', '先试数字最小的。'),
  'dns.srv.weight': field(srv, 'how large a share it gets among equals.', '优先级相同时所占的份额。'),
  'dns.srv.port': field(srv, 'the port of the service.', '服务的端口。'),
  'dns.srv.target': field(srv, 'the host that offers the service.', '提供服务的主机。'),
};

export const dnsFields: FieldTexts = {
  ...headerFields,
  ...questionFields,
  ...recordFields,
  ...soaFields,
  ...srvFields,
  ...optFields,
};
