// The explanation of each packet field, by its Wireshark name, and the RFC section or other clause that defines the field.
import {type Text, textOf} from '../lesson/text.ts';
import {fieldTexts} from './catalogue/fields.ts';

/** The clause that defines a packet field, and its explanation, which follows “NAME = VALUE: ”. */
export type FieldText = {readonly clause: string; readonly text: Text};

/** Maps each clause of an RFC or a standard to the Wireshark names of the fields that it defines. */
const defined = {
  'IEEE 802.3 §3.2.4': 'eth.dst',
  'IEEE 802.3 §3.2.5': 'eth.src',
  'IEEE 802.3 §3.2.6': 'eth.type eth.len',
  'IEEE 802.3 §3.2.7': 'eth.padding eth.trailer vlan.trailer',
  'IEEE 802.1Q §9.6': 'vlan.priority vlan.dei vlan.id vlan.etype',
  'RFC 2784 §2':
    'gre.flags_and_version gre.flags.checksum gre.flags.version gre.proto gre.checksum gre.offset',
  'RFC 2890 §2': 'gre.flags.key gre.flags.sequence_number gre.key gre.sequence_number',
  'RFC 7348 §5': 'vxlan.flags vxlan.flag_i vxlan.gbp vxlan.vni vxlan.reserved8',
  'RFC 2131 §2':
    'dhcp.type dhcp.hw.type dhcp.hw.len dhcp.hops dhcp.id dhcp.secs dhcp.flags dhcp.flags.bc dhcp.ip.client ' +
    'dhcp.ip.your dhcp.ip.server dhcp.ip.relay dhcp.hw.mac_addr',
  'RFC 2132 §2': 'dhcp.cookie dhcp.option.type dhcp.option.length dhcp.option.value',
  'RFC 2132 §3':
    'dhcp.option.end dhcp.option.subnet_mask dhcp.option.router dhcp.option.domain_name_server ' +
    'dhcp.option.hostname dhcp.option.domain_name dhcp.option.broadcast_address',
  'RFC 2132 §9':
    'dhcp.option.dhcp dhcp.option.requested_ip_address dhcp.option.ip_address_lease_time ' +
    'dhcp.option.dhcp_server_id dhcp.option.request_list_item dhcp.option.dhcp_max_message_size ' +
    'dhcp.option.renewal_time_value dhcp.option.rebinding_time_value dhcp.option.vendor_class_id',
  'RFC 826':
    'arp.hw.type arp.proto.type arp.hw.size arp.proto.size arp.opcode arp.src.hw_mac arp.src.hw ' +
    'arp.src.proto_ipv4 arp.src.proto arp.dst.hw_mac arp.dst.hw arp.dst.proto_ipv4 arp.dst.proto',
  'RFC 791 §3.1':
    'ip.version ip.hdr_len ip.len ip.flags ip.flags.rb ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ' +
    'ip.proto ip.checksum ip.checksum.status ip.src ip.dst ip.options',
  'RFC 2474 §3': 'ip.dsfield ip.dsfield.dscp ipv6.tclass.dscp',
  'RFC 3168 §5': 'ip.dsfield.ecn ipv6.tclass.ecn',
  'RFC 6864 §4': 'ip.id',
  'RFC 8200 §3': 'ipv6.version ipv6.plen ipv6.nxt ipv6.hlim ipv6.src ipv6.dst',
  'RFC 8200 §7': 'ipv6.tclass',
  'RFC 6437 §2': 'ipv6.flow',
  'RFC 8200 §4.3': 'ipv6.hopopts.nxt ipv6.hopopts.len',
  'RFC 8200 §4.6': 'ipv6.dstopts.nxt ipv6.dstopts.len',
  'RFC 8200 §4.4': 'ipv6.routing.nxt ipv6.routing.len ipv6.routing.type ipv6.routing.segleft',
  'RFC 8200 §4.5':
    'ipv6.fraghdr.nxt ipv6.fraghdr.offset ipv6.fraghdr.reserved_bits ipv6.fraghdr.more ' +
    'ipv6.fraghdr.ident',
  'RFC 792':
    'icmp.type icmp.code icmp.checksum icmp.checksum.status icmp.ident icmp.ident_le icmp.seq ' +
    'icmp.seq_le icmp.unused icmp.pointer icmp.redir_gw icmp.originate_timestamp icmp.receive_timestamp ' +
    'icmp.transmit_timestamp',
  'RFC 1191 §4': 'icmp.mtu',
  'RFC 4443 §2.1': 'icmpv6.type icmpv6.code icmpv6.reserved',
  'RFC 4443 §2.3': 'icmpv6.checksum icmpv6.checksum.status',
  'RFC 4443 §3.2': 'icmpv6.mtu',
  'RFC 4443 §3.4': 'icmpv6.pointer',
  'RFC 4443 §4.1': 'icmpv6.echo.identifier icmpv6.echo.sequence_number',
  'RFC 4861 §4.2':
    'icmpv6.nd.ra.cur_hop_limit icmpv6.nd.ra.flag icmpv6.nd.ra.flag.m icmpv6.nd.ra.flag.o ' +
    'icmpv6.nd.ra.router_lifetime icmpv6.nd.ra.reachable_time icmpv6.nd.ra.retrans_timer',
  'RFC 4861 §4.3': 'icmpv6.nd.ns.target_address',
  'RFC 4861 §4.4':
    'icmpv6.nd.na.flag icmpv6.nd.na.flag.r icmpv6.nd.na.flag.s icmpv6.nd.na.flag.o ' +
    'icmpv6.nd.na.flag.rsv icmpv6.nd.na.target_address',
  'RFC 4861 §4.6': 'icmpv6.opt.type icmpv6.opt.length',
  'RFC 4861 §4.6.1': 'icmpv6.opt.linkaddr',
  'RFC 4861 §4.6.4': 'icmpv6.opt.mtu',
  'RFC 3810 §5.2': 'icmpv6.mldr.nb_mcast_records',
  // Fields that no RFC defines: undecoded data, and headers that only the capturing system writes.
  '':
    'data.data data.len sll.pkttype sll.hatype sll.halen sll.etype sll.ltype sll.ifindex sll.src.eth ' +
    'sll.src.ipv4 sll.src.other sll.unused null.family',
  'RFC 9293 §3.1':
    'tcp.len tcp.srcport tcp.dstport tcp.hdr_len tcp.flags tcp.flags.res tcp.flags.urg tcp.flags.ack ' +
    'tcp.flags.str tcp.checksum tcp.checksum.status tcp.payload',
  'RFC 9293 §3.4': 'tcp.seq_raw tcp.ack_raw',
  'RFC 9768 §3': 'tcp.flags.ae',
  'RFC 3168 §6.1.2': 'tcp.flags.cwr',
  'RFC 3168 §6.1.3': 'tcp.flags.ece',
  'RFC 9293 §3.9.1.2': 'tcp.flags.push',
  'RFC 9293 §3.5.2': 'tcp.flags.reset',
  'RFC 9293 §3.5': 'tcp.flags.syn',
  'RFC 9293 §3.6': 'tcp.flags.fin',
  'RFC 9293 §3.8.6': 'tcp.window_size_value',
  'RFC 9293 §3.8.5': 'tcp.urgent_pointer',
  'RFC 9293 §3.2': 'tcp.options tcp.option_kind tcp.option_len tcp.options.eol tcp.options.nop',
  'RFC 9293 §3.7.1': 'tcp.options.mss tcp.options.mss_val',
  'RFC 7323 §2': 'tcp.options.wscale',
  'RFC 7323 §2.2': 'tcp.options.wscale.shift',
  'RFC 7323 §2.3': 'tcp.options.wscale.multiplier',
  'RFC 2018 §2': 'tcp.options.sack_perm',
  'RFC 2018 §3': 'tcp.options.sack tcp.options.sack_le tcp.options.sack_re tcp.options.sack.count',
  'RFC 7323 §3': 'tcp.options.timestamp',
  'RFC 7323 §3.2': 'tcp.options.timestamp.tsval tcp.options.timestamp.tsecr',
  'RFC 768': 'udp.srcport udp.dstport udp.length udp.checksum udp.checksum.status udp.payload',
  'RFC 9112 §2.1': 'http.request http.response',
  'RFC 9110 §9.1': 'http.request.method',
  'RFC 9112 §3.2': 'http.request.uri',
  'RFC 9112 §2.3': 'http.request.version http.response.version',
  'RFC 9112 §5': 'http.request.line http.response.line',
  'RFC 9110 §7.2': 'http.host',
  'RFC 9110 §10.1.5': 'http.user_agent',
  'RFC 9110 §12.5.1': 'http.accept',
  'RFC 9110 §12.5.4': 'http.accept_language',
  'RFC 9110 §12.5.3': 'http.accept_encoding',
  'RFC 9110 §10.1.3': 'http.referer',
  'RFC 9110 §11.6.2': 'http.authorization',
  'RFC 6265 §4.2': 'http.cookie',
  'RFC 6265 §4.2.1': 'http.cookie_pair',
  'RFC 9110 §15': 'http.response.code',
  'RFC 9112 §4': 'http.response.phrase',
  'RFC 6265 §4.1': 'http.set_cookie',
  'RFC 9110 §10.2.2': 'http.location',
  'RFC 9110 §10.2.4': 'http.server',
  'RFC 9110 §11.6.1': 'http.www_authenticate',
  'RFC 9110 §8.8.2': 'http.last_modified',
  'RFC 9110 §8.3': 'http.content_type',
  'RFC 9110 §8.6': 'http.content_length_header',
  'RFC 9110 §8.4': 'http.content_encoding',
  'RFC 9112 §6.1': 'http.transfer_encoding',
  'RFC 9110 §7.6.1': 'http.connection',
  'RFC 9110 §7.8': 'http.upgrade',
  'RFC 9111 §5.2': 'http.cache_control',
  'RFC 9110 §6.6.1': 'http.date',
  'RFC 9113 §3.4': 'http2.magic',
  'RFC 9113 §4.1': 'http2.length http2.type http2.flags http2.flags.unused http2.r http2.streamid',
  'RFC 9113 §4.3': 'http2.headers http2.header.count',
  'RFC 9113 §5.5': 'http2.unknown',
  'RFC 9113 §6.1':
    'http2.flags.end_stream http2.flags.padded http2.flags.unused_data http2.pad_length http2.data.data ' +
    'http2.data.padding',
  'RFC 9113 §6.2': 'http2.flags.eh http2.flags.priority http2.flags.unused_headers',
  'RFC 7540 §5.3.1': 'http2.exclusive http2.stream_dependency',
  'RFC 7540 §5.3.2': 'http2.headers.weight http2.headers.weight_real',
  'RFC 9113 §6.4': 'http2.rst_stream.error',
  'RFC 9113 §6.5': 'http2.flags.ack.settings http2.flags.unused_settings',
  'RFC 9113 §6.5.1': 'http2.settings.id http2.settings.unknown',
  'RFC 9113 §6.5.2':
    'http2.settings.header_table_size http2.settings.enable_push http2.settings.max_concurrent_streams ' +
    'http2.settings.initial_window_size http2.settings.max_frame_size ' +
    'http2.settings.max_header_list_size',
  'RFC 8441 §3': 'http2.settings.extended_connect',
  'RFC 9113 §6.6':
    'http2.flags.unused_push_promise http2.push_promise.r http2.push_promise.promised_stream_id ' +
    'http2.push_promise.header',
  'RFC 9113 §6.7': 'http2.flags.ack.ping http2.flags.unused_ping http2.ping http2.pong',
  'RFC 9113 §6.8': 'http2.goway.r http2.goaway.last_stream_id http2.goaway.error http2.goaway.addata',
  'RFC 9113 §6.9': 'http2.window_update.r http2.window_update.window_size_increment',
  'RFC 9113 §6.10': 'http2.flags.unused_continuation',
  'RFC 6455 §5.2':
    'websocket.fin websocket.rsv websocket.opcode websocket.mask websocket.payload_length ' +
    'websocket.payload_length_ext_16 websocket.payload_length_ext_64',
  'RFC 6455 §5.3': 'websocket.masking_key',
  'RFC 6455 §5.4': 'websocket.payload.continue',
  'RFC 6455 §5.5.1': 'websocket.payload.close.reason',
  'RFC 6455 §7.4.1': 'websocket.payload.close.status_code',
  'RFC 6455 §5.5.2': 'websocket.payload.ping',
  'RFC 6455 §5.5.3': 'websocket.payload.pong',
  'RFC 6455 §5.6': 'websocket.payload.text websocket.payload.unknown',
  'RFC 9113 §8.2': 'http2.header.name http2.header.value',
  'RFC 7541 §2.3.3': 'http2.header.index',
  'RFC 7541 §6': 'http2.header.repr',
  'RFC 7541 §6.3': 'http2.header_table_size_update.header_table_size',
  'RFC 1035 §4.2.2': 'dns.length',
  'RFC 1035 §4.1.1':
    'dns.id dns.flags dns.flags.response dns.flags.opcode dns.flags.authoritative dns.flags.recdesired ' +
    'dns.flags.recavail dns.flags.z dns.flags.rcode dns.count.queries dns.count.answers ' +
    'dns.count.auth_rr dns.count.add_rr',
  'RFC 2181 §9': 'dns.flags.truncated',
  'RFC 4035 §3.2.3': 'dns.flags.authenticated',
  'RFC 4035 §3.2.2': 'dns.flags.checkdisable',
  'RFC 1035 §4.1.2': 'dns.qry.name dns.qry.name.len',
  'RFC 1035 §3.1': 'dns.count.labels',
  'RFC 1035 §3.2.2': 'dns.qry.type dns.resp.type',
  'RFC 1035 §3.2.4': 'dns.qry.class dns.resp.class',
  'RFC 1035 §4.1.3': 'dns.resp.name dns.resp.len',
  'RFC 2181 §8': 'dns.resp.ttl',
  'RFC 3597 §3': 'dns.data',
  'RFC 1035 §3.4.1': 'dns.a',
  'RFC 3596 §2.2': 'dns.aaaa',
  'RFC 1035 §3.3.11': 'dns.ns',
  'RFC 1035 §3.3.1': 'dns.cname',
  'RFC 1035 §3.3.12': 'dns.ptr.domain_name',
  'RFC 1035 §3.3.9': 'dns.mx.preference dns.mx.mail_exchange',
  'RFC 1035 §3.3.14': 'dns.txt',
  'RFC 1035 §3.3': 'dns.txt.length',
  'RFC 1035 §3.3.13':
    'dns.soa.mname dns.soa.rname dns.soa.serial_number dns.soa.refresh_interval dns.soa.retry_interval ' +
    'dns.soa.expire_limit',
  'RFC 2308 §4': 'dns.soa.minimum_ttl',
  'RFC 2782': 'dns.srv.priority dns.srv.weight dns.srv.port dns.srv.target',
  'RFC 6891 §6.1.3':
    'dns.rr.udp_payload_size dns.resp.ext_rcode dns.resp.edns0_version dns.resp.z dns.resp.z.reserved',
  'RFC 3225 §3': 'dns.resp.z.do',
  'RFC 6891 §6.1.2': 'dns.opt.code dns.opt.len dns.opt.data',
  'RFC 7873 §4.1': 'dns.opt.cookie.client',
  'RFC 7873 §4.2': 'dns.opt.cookie.server',
  'RFC 6672 §2.1': 'dns.dname',
  'RFC 4034 §3.1':
    'dns.rrsig.type_covered dns.rrsig.algorithm dns.rrsig.labels ' +
    'dns.rrsig.original_ttl dns.rrsig.signature_expiration dns.rrsig.signature_inception ' +
    'dns.rrsig.key_tag dns.rrsig.signers_name dns.rrsig.signature',
  'RFC 4034 §2.1':
    'dns.dnskey.flags dns.dnskey.flags.zone_key dns.dnskey.flags.secure_entry_point ' +
    'dns.dnskey.flags.reserved dns.dnskey.protocol dns.dnskey.algorithm ' +
    'dns.dnskey.public_key',
  'RFC 5011 §3': 'dns.dnskey.flags.key_revoked',
  'RFC 4034 §B': 'dns.dnskey.key_id',
  'RFC 4034 §5.1': 'dns.ds.key_id dns.ds.algorithm dns.ds.digest_type dns.ds.digest',
  'RFC 4034 §4.1': 'dns.nsec.next_domain_name',
  'RFC 5155 §3':
    'dns.nsec3.algo dns.nsec3.flags dns.nsec3.flags.opt_out ' +
    'dns.nsec3.iterations dns.nsec3.salt_length dns.nsec3.salt_value ' +
    'dns.nsec3.hash_length dns.nsec3.hash_value',
  'RFC 9460 §2.2':
    'dns.svcb.svcpriority dns.svcb.targetname dns.svcb.svcparam.key ' +
    'dns.svcb.svcparam.value.length dns.svcb.svcparam.value',
  'RFC 9460 §8': 'dns.svcb.svcparam.mandatory.key',
  'RFC 9460 §7.1.1': 'dns.svcb.svcparam.alpn.length',
  'RFC 9460 §7.1': 'dns.svcb.svcparam.alpn',
  'RFC 9460 §7.2': 'dns.svcb.svcparam.port',
  'RFC 9460 §7.3': 'dns.svcb.svcparam.ipv4hint.ip dns.svcb.svcparam.ipv6hint.ip',
  'RFC 9848 §3': 'dns.svcb.svcparam.echconfig',
  'RFC 8914 §2': 'dns.opt.ext_error.info_code dns.opt.ext_error.extra_text',
  'RFC 7871 §6':
    'dns.opt.client.family dns.opt.client.netmask dns.opt.client.scope ' +
    'dns.opt.client.addr4 dns.opt.client.addr6',
  'RFC 7828 §3.1': 'dns.opt.edns_tcp_keepalive.timeout',
  'RFC 7830 §3': 'dns.opt.padding',
  'RFC 9846 §5.1': 'tls.record.content_type tls.record.version tls.record.length tls.segment.data',
  'RFC 9846 §5.2': 'tls.app_data',
  'RFC 9846 §5': 'tls.change_cipher_spec',
  'RFC 9846 §6': 'tls.alert_message tls.alert_message.level tls.alert_message.desc',
  'RFC 9846 §4': 'tls.handshake tls.handshake.type tls.handshake.length',
  'RFC 9846 §4.2.2':
    'tls.handshake.version tls.handshake.random tls.handshake.session_id_length ' +
    'tls.handshake.session_id tls.handshake.cipher_suites_length tls.handshake.ciphersuite ' +
    'tls.handshake.comp_methods_length tls.handshake.comp_method',
  'RFC 9846 §4.3':
    'tls.handshake.extensions_length tls.handshake.extension.type tls.handshake.extension.len ' +
    'tls.handshake.extension.data',
  'RFC 5280 §4.1': 'tls.handshake.certificate',
  'RFC 9846 §4.5.1':
    'tls.handshake.certificates_length tls.handshake.certificate_length ' +
    'tls.handshake.certificate_request_context_length tls.handshake.certificate_request_context',
  'RFC 5246 §7.4.4':
    'tls.handshake.cert_types_count tls.handshake.cert_type tls.handshake.dnames_len ' +
    'tls.handshake.dname_len tls.handshake.dname',
  'RFC 8422 §5.4':
    'tls.handshake.server_curve_type tls.handshake.server_named_curve tls.handshake.server_point_len ' +
    'tls.handshake.server_point tls.handshake.sig',
  'RFC 5246 §4.7': 'tls.handshake.sig_len',
  'RFC 9846 §4.5.2': 'tls.handshake.client_cert_vrfy.sig_len tls.handshake.client_cert_vrfy.sig',
  'RFC 8422 §5.7': 'tls.handshake.client_point_len tls.handshake.client_point',
  'RFC 5246 §7.4.7.1': 'tls.handshake.epms_len tls.handshake.epms',
  'RFC 9846 §4.5.3': 'tls.handshake.verify_data',
  'RFC 9846 §4.7.1':
    'tls.handshake.session_ticket_lifetime_hint tls.handshake.session_ticket_age_add ' +
    'tls.handshake.session_ticket_nonce_length tls.handshake.session_ticket_nonce ' +
    'tls.handshake.session_ticket_length tls.handshake.session_ticket ' +
    'tls.early_data.max_early_data_size',
  'RFC 6066 §8': 'tls.handshake.ocsp_response_len tls.handshake.extensions_status_request_type',
  'RFC 9846 §4.7.3': 'tls.handshake.key_update.request_update',
  'RFC 6066 §3':
    'tls.handshake.extensions_server_name_list_len tls.handshake.extensions_server_name_type ' +
    'tls.handshake.extensions_server_name_len tls.handshake.extensions_server_name',
  'RFC 7301 §3.1':
    'tls.handshake.extensions_alpn_len tls.handshake.extensions_alpn_str_len ' +
    'tls.handshake.extensions_alpn_str',
  'RFC 9846 §4.3.7':
    'tls.handshake.extensions_supported_groups_length tls.handshake.extensions_supported_group',
  'RFC 9846 §4.3.3': 'tls.handshake.sig_hash_alg_len tls.handshake.sig_hash_alg',
  'RFC 8422 §5.1.2':
    'tls.handshake.extensions_ec_point_formats_length tls.handshake.extensions_ec_point_format',
  'RFC 5746 §3.2': 'tls.handshake.extensions_reneg_info_len tls.handshake.extensions_reneg_info',
  'RFC 6066 §4': 'tls.handshake.max_fragment_length',
  'RFC 8449 §4': 'tls.record_size_limit',
  'RFC 7685 §3': 'tls.handshake.extensions_padding_data',
  'RFC 9846 §4.3.1':
    'tls.handshake.extensions.supported_versions_len tls.handshake.extensions.supported_version',
  'RFC 9846 §4.3.8':
    'tls.handshake.extensions_key_share_client_length tls.handshake.extensions_key_share_group ' +
    'tls.handshake.extensions_key_share_key_exchange_length ' +
    'tls.handshake.extensions_key_share_key_exchange tls.handshake.extensions_key_share_selected_group',
  'RFC 9846 §4.3.9': 'tls.extension.psk_ke_modes_length tls.extension.psk_ke_mode',
  'RFC 9846 §4.3.11':
    'tls.handshake.extensions.psk.identities.length ' +
    'tls.handshake.extensions.psk.identity.identity_length ' +
    'tls.handshake.extensions.psk.identity.identity tls.handshake.extensions.psk.identity.selected',
  'RFC 9846 §4.3.11.1': 'tls.handshake.extensions.psk.identity.obfuscated_ticket_age',
  'RFC 9846 §4.3.11.2': 'tls.handshake.extensions.psk.binders_len',
  'RFC 9846 §4.3.2': 'tls.handshake.extensions.cookie_len tls.handshake.extensions.cookie',
  'RFC 5280 §4.1.2.1': 'x509af.version',
  'RFC 5280 §4.1.2.2': 'x509af.serialNumber',
  'RFC 5280 §4.1.1.2': 'x509af.algorithm.id',
  'RFC 5280 §4.1.2.4':
    'x509if.oid x509sat.uTF8String x509sat.printableString x509sat.IA5String x509sat.teletexString',
  'RFC 5280 §4.1.2.5': 'x509af.utcTime x509af.generalizedTime',
  'RFC 5280 §4.1.2.7': 'x509af.subjectPublicKey',
  'RFC 5480 §2.1.1': 'pkixalgs.namedCurve',
  'RFC 8017 §3.1': 'pkcs1.modulus pkcs1.publicExponent',
  'RFC 5280 §4.2': 'x509af.extension.id x509af.critical',
  'RFC 9525 §6.3': 'x509ce.dNSName',
  'RFC 9525 §6.5': 'x509ce.IPAddress.ipv4 x509ce.IPAddress.ipv6',
  'RFC 5280 §4.2.1.9': 'x509ce.cA x509ce.pathLenConstraint',
  'RFC 5280 §4.2.1.3': 'x509ce.KeyUsage',
  'RFC 5280 §4.2.1.12': 'x509ce.KeyPurposeId',
  'RFC 5280 §4.2.1.2': 'x509ce.SubjectKeyIdentifier',
  'RFC 5280 §4.2.1.1': 'x509ce.keyIdentifier',
  'RFC 5280 §4.1.1.3': 'x509af.encrypted',
} as const;

/** The TLS fields that TLS 1.2 defines, too, by the clause of its RFC; the same names have other clauses in TLS 1.3. */
const definedIn12 = {
  'RFC 5246 §6.2.1': 'tls.record.content_type tls.record.version tls.record.length tls.segment.data',
  'RFC 5246 §6.2.3': 'tls.app_data',
  'RFC 5246 §7.1': 'tls.change_cipher_spec',
  'RFC 5246 §7.2': 'tls.alert_message tls.alert_message.level tls.alert_message.desc',
  'RFC 5246 §7.4': 'tls.handshake tls.handshake.type tls.handshake.length',
  'RFC 5246 §7.4.1':
    'tls.handshake.version tls.handshake.random tls.handshake.session_id_length ' +
    'tls.handshake.session_id tls.handshake.cipher_suites_length tls.handshake.ciphersuite ' +
    'tls.handshake.comp_methods_length tls.handshake.comp_method',
  'RFC 5246 §7.4.1.4':
    'tls.handshake.extensions_length tls.handshake.extension.type tls.handshake.extension.len ' +
    'tls.handshake.extension.data',
  'RFC 5246 §7.4.1.4.1': 'tls.handshake.sig_hash_alg_len tls.handshake.sig_hash_alg',
  'RFC 5246 §7.4.2': 'tls.handshake.certificates_length tls.handshake.certificate_length',
  'RFC 5246 §7.4.8': 'tls.handshake.client_cert_vrfy.sig_len tls.handshake.client_cert_vrfy.sig',
  'RFC 5246 §7.4.9': 'tls.handshake.verify_data',
  'RFC 5077 §3.3':
    'tls.handshake.session_ticket_lifetime_hint tls.handshake.session_ticket_length ' +
    'tls.handshake.session_ticket',
  'RFC 8422 §5.1.1':
    'tls.handshake.extensions_supported_groups_length tls.handshake.extensions_supported_group',
} as const;

const byName = (table: {readonly [clause: string]: string}): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([clause, names]) => names.split(' ').map((name) => [name, clause])));

const clauses = byName(defined);
const clausesOf12 = byName(definedIn12);

/**
 * Returns the clause and the explanation of a packet field by its Wireshark name; undefined if there is none. `is12`: the connection agreed
 * on TLS 1.2.
 */
export const fieldText = (name: string, is12 = false): FieldText | undefined => {
  const clause = (is12 ? clausesOf12.get(name) : undefined) ?? clauses.get(name);
  const text = textOf(fieldTexts, name);
  return clause === undefined || text === undefined ? undefined : {clause, text};
};

export const explainedFields: readonly string[] = Object.keys(fieldTexts);
