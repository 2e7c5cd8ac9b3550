// What the inspector says about the fields of TLS: records and handshake messages.
import {type FieldTexts, field} from './field-text.ts';
import {tlsExtensionFields} from './fields-tls-extensions.ts';

const recordFields: FieldTexts = {
  'tls.record.content_type': field(
    'RFC 9846 §5.1',
    'what the record carries; of a protected one in TLS 1.3 always 23.',
    '记录承载的内容；TLS 1.3 中受保护的记录一律为 23。',
  ),
  'tls.record.version': field(
    'RFC 9846 §5.1',
    'kept for old devices on the way, and ignored: the hello negotiates the version.',
    '只为照顾途中的旧设备而保留，接收方忽略；版本在 Hello 中协商。',
  ),
  'tls.record.length': field(
    'RFC 9846 §5.1',
    'bytes behind this header, 16,384 at most, a little more if protected.',
    '本首部之后的字节数，最多 16384，受保护时可略多。',
  ),
  'tls.app_data': field(
    'RFC 9846 §5.2',
    'encrypted bytes: without the keys only their number can be read.',
    '密文：没有密钥，只能看出长度。',
  ),
  'tls.change_cipher_spec': field(
    'RFC 5246 §7.1',
    'from here on this side encrypts; in TLS 1.3 it says nothing.',
    '本端此后开始加密；在 TLS 1.3 中没有含义。',
  ),
  'tls.alert_message': field(
    'RFC 9846 §6',
    'encrypted alert: why, the other end alone can read.',
    '加密的警报：原因只有对端能读。',
  ),
  'tls.alert_message.level': field(
    'RFC 9846 §6',
    '1 is a warning, 2 is fatal; TLS 1.3 ignores the level.',
    '1 为警告，2 为致命；TLS 1.3 忽略级别。',
  ),
  'tls.alert_message.desc': field(
    'RFC 9846 §6',
    'what has happened, by its number.',
    '发生了什么，用编号表示。',
  ),
  'tls.segment.data': field(
    'RFC 9846 §5.1',
    'part of a record: the rest is in other segments.',
    '记录的一部分，其余在别的报文段里。',
  ),
};

const messageFields: FieldTexts = {
  'tls.handshake': field(
    'RFC 5246 §7.4',
    'encrypted handshake message, in TLS 1.2 Finished as a rule.',
    '加密的握手消息，在 TLS 1.2 中一般是 Finished。',
  ),
  'tls.handshake.type': field('RFC 9846 §4', 'which handshake message this is.', '这是哪一种握手消息。'),
  'tls.handshake.length': field('RFC 9846 §4', 'bytes behind type and length.', '类型和长度之后的字节数。'),
  'tls.handshake.version': field(
    'RFC 9846 §4.2.2',
    'highest version up to TLS 1.2; TLS 1.3 says 1.2 here and names itself in an extension.',
    '直到 TLS 1.2 的最高版本；TLS 1.3 在此写 1.2，真正的版本在扩展中。',
  ),
  'tls.handshake.random': field(
    'RFC 9846 §4.2.2',
    '32 random bytes, so that no handshake is like another.',
    '32 字节随机数，使每次握手都不相同。',
  ),
  'tls.handshake.session_id_length': field(
    'RFC 9846 §4.2.2',
    'bytes of the session ID.',
    '会话标识的字节数。',
  ),
  'tls.handshake.session_id': field(
    'RFC 9846 §4.2.2',
    'TLS 1.2 resumes sessions by it; TLS 1.3 sends it for old devices on the way.',
    'TLS 1.2 用它恢复会话；TLS 1.3 只为照顾途中的旧设备而发送。',
  ),
  'tls.handshake.cipher_suites_length': field(
    'RFC 9846 §4.2.2',
    'bytes of the list: two for each suite.',
    '列表的字节数，每个套件两个字节。',
  ),
  'tls.handshake.ciphersuite': field(
    'RFC 9846 §4.2.2',
    'cipher suite: which algorithms protect the connection.',
    '密码套件：用哪些算法保护连接。',
  ),
  'tls.handshake.comp_methods_length': field(
    'RFC 9846 §4.2.2',
    'bytes of the list of compression methods.',
    '压缩方法列表的字节数。',
  ),
  'tls.handshake.comp_method': field(
    'RFC 9846 §4.2.2',
    '0 is none: compressing before encrypting betrays what is inside.',
    '0 表示不压缩：先压缩再加密会泄露内容。',
  ),
  'tls.handshake.extensions_length': field(
    'RFC 9846 §4.3',
    'bytes of all extensions together.',
    '所有扩展的总字节数。',
  ),
  'tls.handshake.certificates_length': field(
    'RFC 5246 §7.4.2',
    'bytes of all certificates together.',
    '所有证书的总字节数。',
  ),
  'tls.handshake.certificate_length': field(
    'RFC 5246 §7.4.2',
    'bytes of this certificate.',
    '这张证书的字节数。',
  ),
  'tls.handshake.certificate': field(
    'RFC 5280 §4.1',
    'certificate: binds a name to a public key, signed by an authority.',
    '证书：把名字与公钥绑定，由证书机构签名。',
  ),
  'tls.handshake.certificate_request_context_length': field(
    'RFC 9846 §4.5.1',
    'bytes of the context; none in a first handshake.',
    '上下文的字节数；首次握手时为零。',
  ),
  'tls.handshake.certificate_request_context': field(
    'RFC 9846 §4.5.1',
    'tells which request this certificate answers.',
    '说明这张证书回应哪一次请求。',
  ),
  'tls.handshake.cert_types_count': field(
    'RFC 5246 §7.4.4',
    'number of kinds of certificates that follow.',
    '后面证书种类的个数。',
  ),
  'tls.handshake.cert_type': field(
    'RFC 5246 §7.4.4',
    'kind of key that a client certificate may have: 1 RSA, 64 ECDSA.',
    '客户端证书可以用哪种密钥：1 为 RSA，64 为 ECDSA。',
  ),
  'tls.handshake.dnames_len': field(
    'RFC 5246 §7.4.4',
    'bytes of the names of authorities.',
    '各证书机构名称的总字节数。',
  ),
  'tls.handshake.dname_len': field('RFC 5246 §7.4.4', 'bytes of this name.', '这个名称的字节数。'),
  'tls.handshake.dname': field(
    'RFC 5246 §7.4.4',
    'name of an authority whose certificates are taken.',
    '可以接受的证书机构的名称。',
  ),
  'tls.handshake.server_curve_type': field(
    'RFC 8422 §5.4',
    '3: the curve is given by its number.',
    '3：曲线用编号给出。',
  ),
  'tls.handshake.server_named_curve': field(
    'RFC 8422 §5.4',
    'curve on which both sides agree on a secret.',
    '双方用来协商秘密的曲线。',
  ),
  'tls.handshake.server_point_len': field(
    'RFC 8422 §5.4',
    'bytes of the server’s public key.',
    '服务器公钥的字节数。',
  ),
  'tls.handshake.server_point': field(
    'RFC 8422 §5.4',
    'public key that the server made for this connection alone.',
    '服务器只为这条连接生成的公钥。',
  ),
  'tls.handshake.sig_len': field('RFC 5246 §4.7', 'bytes of the signature.', '签名的字节数。'),
  'tls.handshake.sig': field(
    'RFC 8422 §5.4',
    'signed with the certificate’s key: both randoms and this public key.',
    '用证书的私钥签名，内容是双方的随机数和这个公钥。',
  ),
  'tls.handshake.client_cert_vrfy.sig_len': field(
    'RFC 9846 §4.5.2',
    'bytes of the signature.',
    '签名的字节数。',
  ),
  'tls.handshake.client_cert_vrfy.sig': field(
    'RFC 9846 §4.5.2',
    'proof that the sender holds the certificate’s private key.',
    '证明发送方持有证书的私钥。',
  ),
  'tls.handshake.client_point_len': field(
    'RFC 8422 §5.7',
    'bytes of the client’s public key.',
    '客户端公钥的字节数。',
  ),
  'tls.handshake.client_point': field(
    'RFC 8422 §5.7',
    'public key that the client made for this connection alone.',
    '客户端只为这条连接生成的公钥。',
  ),
  'tls.handshake.epms_len': field(
    'RFC 5246 §7.4.7.1',
    'bytes of the encrypted secret.',
    '加密后的秘密的字节数。',
  ),
  'tls.handshake.epms': field(
    'RFC 5246 §7.4.7.1',
    'secret made by the client, encrypted with the public key of the certificate.',
    '客户端生成的秘密，用证书中的公钥加密。',
  ),
  'tls.handshake.verify_data': field(
    'RFC 9846 §4.5.3',
    'checks that both sides have seen the same handshake.',
    '校验双方看到的握手是否一致。',
  ),
  'tls.handshake.session_ticket_lifetime_hint': field(
    'RFC 9846 §4.7.1',
    'seconds for which the ticket may be used.',
    '票据可用的秒数。',
  ),
  'tls.handshake.session_ticket_age_add': field(
    'RFC 9846 §4.7.1',
    'added to the ticket’s age, so that the age does not link connections.',
    '加到票据的年龄上，使旁人不能凭年龄把连接联系起来。',
  ),
  'tls.handshake.session_ticket_nonce_length': field(
    'RFC 9846 §4.7.1',
    'bytes of the nonce.',
    'nonce 的字节数。',
  ),
  'tls.handshake.session_ticket_nonce': field(
    'RFC 9846 §4.7.1',
    'makes the key of each ticket another one.',
    '使每张票据的密钥各不相同。',
  ),
  'tls.handshake.session_ticket_length': field('RFC 9846 §4.7.1', 'bytes of the ticket.', '票据的字节数。'),
  'tls.handshake.session_ticket': field(
    'RFC 9846 §4.7.1',
    'the client hands it back to resume the session; only the server can read it.',
    '客户端交回它来恢复会话；只有服务器能读懂。',
  ),
  'tls.handshake.ocsp_response_len': field('RFC 6066 §8', 'bytes of the response.', '响应的字节数。'),
  'tls.handshake.key_update.request_update': field(
    'RFC 9846 §4.7.3',
    '1 asks the other end to change its key as well.',
    '1 要求对端也更换密钥。',
  ),
};

export const tlsFields: FieldTexts = {...recordFields, ...messageFields, ...tlsExtensionFields};
