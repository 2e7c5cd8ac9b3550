// What the inspector says about the fields of TLS: records, handshake messages, extensions.
import {type FieldTexts, field} from './field-text.ts';

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

const extensionFields: FieldTexts = {
  'tls.handshake.extension.type': field('RFC 9846 §4.3', 'which extension this is.', '这是哪一种扩展。'),
  'tls.handshake.extension.len': field('RFC 9846 §4.3', 'bytes of the extension.', '扩展内容的字节数。'),
  'tls.handshake.extension.data': field(
    'RFC 9846 §4.3',
    'content that is not explained here.',
    '此处不作解释的内容。',
  ),
  'tls.handshake.extensions_server_name_list_len': field(
    'RFC 6066 §3',
    'bytes of the list of names.',
    '名称列表的字节数。',
  ),
  'tls.handshake.extensions_server_name_type': field('RFC 6066 §3', '0: the name of a host.', '0：主机名。'),
  'tls.handshake.extensions_server_name_len': field('RFC 6066 §3', 'bytes of the name.', '名称的字节数。'),
  'tls.handshake.extensions_server_name': field(
    'RFC 6066 §3',
    'site that the client wants (SNI), readable for everybody on the way.',
    '客户端要访问的站点（SNI），途中人人可读。',
  ),
  'tls.handshake.extensions_alpn_len': field(
    'RFC 7301 §3.1',
    'bytes of the list of protocols.',
    '协议列表的字节数。',
  ),
  'tls.handshake.extensions_alpn_str_len': field(
    'RFC 7301 §3.1',
    'bytes of the protocol’s name.',
    '协议名的字节数。',
  ),
  'tls.handshake.extensions_alpn_str': field(
    'RFC 7301 §3.1',
    'protocol to be spoken inside, such as http/1.1.',
    '加密之内使用的协议，例如 http/1.1。',
  ),
  'tls.handshake.extensions_supported_groups_length': field(
    'RFC 9846 §4.3.7',
    'bytes of the list of groups.',
    '群组列表的字节数。',
  ),
  'tls.handshake.extensions_supported_group': field(
    'RFC 9846 §4.3.7',
    'group or curve in which the client can agree on a secret.',
    '客户端可用来协商秘密的群组或曲线。',
  ),
  'tls.handshake.sig_hash_alg_len': field(
    'RFC 9846 §4.3.3',
    'bytes of the list of signature algorithms.',
    '签名算法列表的字节数。',
  ),
  'tls.handshake.sig_hash_alg': field(
    'RFC 9846 §4.3.3',
    'signature algorithm: offered in a hello, used in a signed message.',
    '签名算法：在 Hello 中是可选项，在签名消息中是所用的算法。',
  ),
  'tls.handshake.extensions_ec_point_formats_length': field(
    'RFC 8422 §5.1.2',
    'bytes of the list of formats.',
    '格式列表的字节数。',
  ),
  'tls.handshake.extensions_ec_point_format': field(
    'RFC 8422 §5.1.2',
    'how points of curves are written: 0 is uncompressed.',
    '曲线上点的写法：0 为不压缩。',
  ),
  'tls.handshake.extensions_reneg_info_len': field(
    'RFC 5746 §3.2',
    'bytes that bind this handshake to an earlier one; none in the first.',
    '把这次握手与前一次绑定的字节数；首次握手时为零。',
  ),
  'tls.handshake.extensions_reneg_info': field(
    'RFC 5746 §3.2',
    'binds a renegotiation to the handshake before it.',
    '把重新协商与之前的握手绑定。',
  ),
  'tls.handshake.extensions_status_request_type': field(
    'RFC 6066 §8',
    '1 asks for proof (OCSP) that the certificate was not revoked.',
    '1 表示请求 OCSP 证明，说明证书未吊销。',
  ),
  'tls.handshake.extensions_padding_data': field(
    'RFC 7685 §3',
    'zeros that make the hello longer.',
    '使 Hello 变长的零。',
  ),
  'tls.handshake.extensions.supported_versions_len': field(
    'RFC 9846 §4.3.1',
    'bytes of the list of versions.',
    '版本列表的字节数。',
  ),
  'tls.handshake.extensions.supported_version': field(
    'RFC 9846 §4.3.1',
    'version that the client offers, or that the server has chosen.',
    '客户端提供的版本，或服务器选定的版本。',
  ),
  'tls.handshake.extensions_key_share_client_length': field(
    'RFC 9846 §4.3.8',
    'bytes of all key shares together.',
    '所有密钥份额的总字节数。',
  ),
  'tls.handshake.extensions_key_share_group': field(
    'RFC 9846 §4.3.8',
    'group that this public key belongs to.',
    '这个公钥所属的群组。',
  ),
  'tls.handshake.extensions_key_share_key_exchange_length': field(
    'RFC 9846 §4.3.8',
    'bytes of the public key.',
    '公钥的字节数。',
  ),
  'tls.handshake.extensions_key_share_key_exchange': field(
    'RFC 9846 §4.3.8',
    'public key for this connection alone: both together give the secret.',
    '只用于这条连接的公钥：由双方的公钥得出共同的秘密。',
  ),
  'tls.handshake.extensions_key_share_selected_group': field(
    'RFC 9846 §4.3.8',
    'group for which the server wants a key share.',
    '服务器要求在这个群组中给出密钥份额。',
  ),
  'tls.extension.psk_ke_modes_length': field(
    'RFC 9846 §4.3.9',
    'bytes of the list of modes.',
    '模式列表的字节数。',
  ),
  'tls.extension.psk_ke_mode': field(
    'RFC 9846 §4.3.9',
    'how to resume: 0 with the old secret alone, 1 with a new key exchange.',
    '恢复的方式：0 只用旧秘密，1 另作新的密钥交换。',
  ),
  'tls.handshake.extensions.psk.identities.length': field(
    'RFC 9846 §4.3.11',
    'bytes of all identities together.',
    '所有标识的总字节数。',
  ),
  'tls.handshake.extensions.psk.identity.identity_length': field(
    'RFC 9846 §4.3.11',
    'bytes of the identity.',
    '标识的字节数。',
  ),
  'tls.handshake.extensions.psk.identity.identity': field(
    'RFC 9846 §4.3.11',
    'ticket from an earlier connection.',
    '之前的连接得到的票据。',
  ),
  'tls.handshake.extensions.psk.identity.obfuscated_ticket_age': field(
    'RFC 9846 §4.3.11.1',
    'age of the ticket in milliseconds, plus a number only the server knows.',
    '票据的年龄（毫秒），再加上一个只有服务器认得的数。',
  ),
  'tls.handshake.extensions.psk.binders_len': field(
    'RFC 9846 §4.3.11.2',
    'bytes of the binders, which prove that the client knows the secret.',
    'binder 的字节数；binder 证明客户端知道秘密。',
  ),
  'tls.handshake.extensions.psk.identity.selected': field(
    'RFC 9846 §4.3.11',
    'identity that the server takes, counted from 0.',
    '服务器选用的标识，从 0 起数。',
  ),
  'tls.early_data.max_early_data_size': field(
    'RFC 9846 §4.7.1',
    'bytes that the client may send early, before the handshake ends.',
    '客户端在握手结束前最多可以发送的字节数。',
  ),
  'tls.handshake.extensions.cookie_len': field(
    'RFC 9846 §4.3.2',
    'bytes of the cookie.',
    'cookie 的字节数。',
  ),
  'tls.handshake.extensions.cookie': field(
    'RFC 9846 §4.3.2',
    'the client sends it back, so that the server need not remember the first hello.',
    '客户端原样送回，服务器因此不必记住第一个 Hello。',
  ),
};

export const tlsFields: FieldTexts = {...recordFields, ...messageFields, ...extensionFields};
