// What the inspector says about the extensions of TLS hellos and tickets.
import {type FieldTexts, field} from './field-text.ts';

export const tlsExtensionFields: FieldTexts = {
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
