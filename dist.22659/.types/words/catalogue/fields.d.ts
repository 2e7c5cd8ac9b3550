export declare const fieldTexts: {
    "eth.dst": {
        en: string;
        zh: string;
    };
    "eth.src": {
        en: string;
        zh: string;
    };
    "eth.type": {
        en: string;
        zh: string;
    };
    "eth.len": {
        en: string;
        zh: string;
    };
    "eth.padding": {
        en: string;
        zh: string;
    };
    "eth.trailer": {
        en: string;
        zh: string;
    };
    "vlan.priority": {
        en: string;
        zh: string;
    };
    "vlan.dei": {
        en: string;
        zh: string;
    };
    "vlan.id": {
        en: string;
        zh: string;
    };
    "vlan.trailer": {
        en: string;
        zh: string;
    };
    "vlan.etype": {
        en: string;
        zh: string;
    };
    "arp.hw.type": {
        en: string;
        zh: string;
    };
    "arp.proto.type": {
        en: string;
        zh: string;
    };
    "arp.hw.size": {
        en: string;
        zh: string;
    };
    "arp.proto.size": {
        en: string;
        zh: string;
    };
    "arp.opcode": {
        en: string;
        zh: string;
    };
    "arp.src.hw_mac": {
        en: string;
        zh: string;
    };
    "arp.src.hw": {
        en: string;
        zh: string;
    };
    "arp.src.proto_ipv4": {
        en: string;
        zh: string;
    };
    "arp.src.proto": {
        en: string;
        zh: string;
    };
    "arp.dst.hw_mac": {
        en: string;
        zh: string;
    };
    "arp.dst.hw": {
        en: string;
        zh: string;
    };
    "arp.dst.proto_ipv4": {
        en: string;
        zh: string;
    };
    "arp.dst.proto": {
        en: string;
        zh: string;
    };
    "ip.version": {
        en: string;
        zh: string;
    };
    "ip.hdr_len": {
        en: string;
        zh: string;
    };
    "ip.dsfield": {
        en: string;
        zh: string;
    };
    "ip.dsfield.dscp": {
        en: string;
        zh: string;
    };
    "ip.dsfield.ecn": {
        en: string;
        zh: string;
    };
    "ip.len": {
        en: string;
        zh: string;
    };
    "ip.id": {
        en: string;
        zh: string;
    };
    "ip.flags": {
        en: string;
        zh: string;
    };
    "ip.flags.rb": {
        en: string;
        zh: string;
    };
    "ip.flags.df": {
        en: string;
        zh: string;
    };
    "ip.flags.mf": {
        en: string;
        zh: string;
    };
    "ip.frag_offset": {
        en: string;
        zh: string;
    };
    "ip.ttl": {
        en: string;
        zh: string;
    };
    "ip.proto": {
        en: string;
        zh: string;
    };
    "ip.checksum": {
        en: string;
        zh: string;
    };
    "ip.checksum.status": {
        en: string;
        zh: string;
    };
    "ip.src": {
        en: string;
        zh: string;
    };
    "ip.dst": {
        en: string;
        zh: string;
    };
    "ip.options": {
        en: string;
        zh: string;
    };
    "ipv6.version": {
        en: string;
        zh: string;
    };
    "ipv6.tclass": {
        en: string;
        zh: string;
    };
    "ipv6.tclass.dscp": {
        en: string;
        zh: string;
    };
    "ipv6.tclass.ecn": {
        en: string;
        zh: string;
    };
    "ipv6.flow": {
        en: string;
        zh: string;
    };
    "ipv6.plen": {
        en: string;
        zh: string;
    };
    "ipv6.nxt": {
        en: string;
        zh: string;
    };
    "ipv6.hlim": {
        en: string;
        zh: string;
    };
    "ipv6.src": {
        en: string;
        zh: string;
    };
    "ipv6.dst": {
        en: string;
        zh: string;
    };
    "ipv6.hopopts.nxt": {
        en: string;
        zh: string;
    };
    "ipv6.hopopts.len": {
        en: string;
        zh: string;
    };
    "ipv6.dstopts.nxt": {
        en: string;
        zh: string;
    };
    "ipv6.dstopts.len": {
        en: string;
        zh: string;
    };
    "ipv6.routing.nxt": {
        en: string;
        zh: string;
    };
    "ipv6.routing.len": {
        en: string;
        zh: string;
    };
    "ipv6.routing.type": {
        en: string;
        zh: string;
    };
    "ipv6.routing.segleft": {
        en: string;
        zh: string;
    };
    "ipv6.fraghdr.nxt": {
        en: string;
        zh: string;
    };
    "ipv6.fraghdr.offset": {
        en: string;
        zh: string;
    };
    "ipv6.fraghdr.reserved_bits": {
        en: string;
        zh: string;
    };
    "ipv6.fraghdr.more": {
        en: string;
        zh: string;
    };
    "ipv6.fraghdr.ident": {
        en: string;
        zh: string;
    };
    "icmp.type": {
        en: string;
        zh: string;
    };
    "icmp.code": {
        en: string;
        zh: string;
    };
    "icmp.checksum": {
        en: string;
        zh: string;
    };
    "icmp.checksum.status": {
        en: string;
        zh: string;
    };
    "icmp.ident": {
        en: string;
        zh: string;
    };
    "icmp.ident_le": {
        en: string;
        zh: string;
    };
    "icmp.seq": {
        en: string;
        zh: string;
    };
    "icmp.seq_le": {
        en: string;
        zh: string;
    };
    "icmp.unused": {
        en: string;
        zh: string;
    };
    "icmp.mtu": {
        en: string;
        zh: string;
    };
    "icmp.pointer": {
        en: string;
        zh: string;
    };
    "icmp.redir_gw": {
        en: string;
        zh: string;
    };
    "icmp.originate_timestamp": {
        en: string;
        zh: string;
    };
    "icmp.receive_timestamp": {
        en: string;
        zh: string;
    };
    "icmp.transmit_timestamp": {
        en: string;
        zh: string;
    };
    "tcp.srcport": {
        en: string;
        zh: string;
    };
    "tcp.dstport": {
        en: string;
        zh: string;
    };
    "tcp.seq_raw": {
        en: string;
        zh: string;
    };
    "tcp.ack_raw": {
        en: string;
        zh: string;
    };
    "tcp.len": {
        en: string;
        zh: string;
    };
    "tcp.hdr_len": {
        en: string;
        zh: string;
    };
    "tcp.flags": {
        en: string;
        zh: string;
    };
    "tcp.flags.res": {
        en: string;
        zh: string;
    };
    "tcp.flags.ae": {
        en: string;
        zh: string;
    };
    "tcp.flags.cwr": {
        en: string;
        zh: string;
    };
    "tcp.flags.ece": {
        en: string;
        zh: string;
    };
    "tcp.flags.urg": {
        en: string;
        zh: string;
    };
    "tcp.flags.ack": {
        en: string;
        zh: string;
    };
    "tcp.flags.push": {
        en: string;
        zh: string;
    };
    "tcp.flags.reset": {
        en: string;
        zh: string;
    };
    "tcp.flags.syn": {
        en: string;
        zh: string;
    };
    "tcp.flags.fin": {
        en: string;
        zh: string;
    };
    "tcp.flags.str": {
        en: string;
        zh: string;
    };
    "tcp.window_size_value": {
        en: string;
        zh: string;
    };
    "tcp.checksum": {
        en: string;
        zh: string;
    };
    "tcp.checksum.status": {
        en: string;
        zh: string;
    };
    "tcp.urgent_pointer": {
        en: string;
        zh: string;
    };
    "tcp.options": {
        en: string;
        zh: string;
    };
    "tcp.option_kind": {
        en: string;
        zh: string;
    };
    "tcp.option_len": {
        en: string;
        zh: string;
    };
    "tcp.options.eol": {
        en: string;
        zh: string;
    };
    "tcp.options.nop": {
        en: string;
        zh: string;
    };
    "tcp.options.mss": {
        en: string;
        zh: string;
    };
    "tcp.options.mss_val": {
        en: string;
        zh: string;
    };
    "tcp.options.wscale": {
        en: string;
        zh: string;
    };
    "tcp.options.wscale.shift": {
        en: string;
        zh: string;
    };
    "tcp.options.wscale.multiplier": {
        en: string;
        zh: string;
    };
    "tcp.options.sack_perm": {
        en: string;
        zh: string;
    };
    "tcp.options.sack": {
        en: string;
        zh: string;
    };
    "tcp.options.sack_le": {
        en: string;
        zh: string;
    };
    "tcp.options.sack_re": {
        en: string;
        zh: string;
    };
    "tcp.options.sack.count": {
        en: string;
        zh: string;
    };
    "tcp.options.timestamp": {
        en: string;
        zh: string;
    };
    "tcp.options.timestamp.tsval": {
        en: string;
        zh: string;
    };
    "tcp.options.timestamp.tsecr": {
        en: string;
        zh: string;
    };
    "tcp.payload": {
        en: string;
        zh: string;
    };
    "udp.srcport": {
        en: string;
        zh: string;
    };
    "udp.dstport": {
        en: string;
        zh: string;
    };
    "udp.length": {
        en: string;
        zh: string;
    };
    "udp.checksum": {
        en: string;
        zh: string;
    };
    "udp.checksum.status": {
        en: string;
        zh: string;
    };
    "udp.payload": {
        en: string;
        zh: string;
    };
    "http.request": {
        en: string;
        zh: string;
    };
    "http.request.method": {
        en: string;
        zh: string;
    };
    "http.request.uri": {
        en: string;
        zh: string;
    };
    "http.request.version": {
        en: string;
        zh: string;
    };
    "http.request.line": {
        en: string;
        zh: string;
    };
    "http.host": {
        en: string;
        zh: string;
    };
    "http.user_agent": {
        en: string;
        zh: string;
    };
    "http.accept": {
        en: string;
        zh: string;
    };
    "http.accept_language": {
        en: string;
        zh: string;
    };
    "http.accept_encoding": {
        en: string;
        zh: string;
    };
    "http.referer": {
        en: string;
        zh: string;
    };
    "http.authorization": {
        en: string;
        zh: string;
    };
    "http.cookie": {
        en: string;
        zh: string;
    };
    "http.cookie_pair": {
        en: string;
        zh: string;
    };
    "http.response": {
        en: string;
        zh: string;
    };
    "http.response.version": {
        en: string;
        zh: string;
    };
    "http.response.code": {
        en: string;
        zh: string;
    };
    "http.response.phrase": {
        en: string;
        zh: string;
    };
    "http.response.line": {
        en: string;
        zh: string;
    };
    "http.set_cookie": {
        en: string;
        zh: string;
    };
    "http.location": {
        en: string;
        zh: string;
    };
    "http.server": {
        en: string;
        zh: string;
    };
    "http.www_authenticate": {
        en: string;
        zh: string;
    };
    "http.last_modified": {
        en: string;
        zh: string;
    };
    "http.content_type": {
        en: string;
        zh: string;
    };
    "http.content_length_header": {
        en: string;
        zh: string;
    };
    "http.content_encoding": {
        en: string;
        zh: string;
    };
    "http.transfer_encoding": {
        en: string;
        zh: string;
    };
    "http.connection": {
        en: string;
        zh: string;
    };
    "http.upgrade": {
        en: string;
        zh: string;
    };
    "http.cache_control": {
        en: string;
        zh: string;
    };
    "http.date": {
        en: string;
        zh: string;
    };
    "dns.length": {
        en: string;
        zh: string;
    };
    "dns.id": {
        en: string;
        zh: string;
    };
    "dns.flags": {
        en: string;
        zh: string;
    };
    "dns.flags.response": {
        en: string;
        zh: string;
    };
    "dns.flags.opcode": {
        en: string;
        zh: string;
    };
    "dns.flags.authoritative": {
        en: string;
        zh: string;
    };
    "dns.flags.truncated": {
        en: string;
        zh: string;
    };
    "dns.flags.recdesired": {
        en: string;
        zh: string;
    };
    "dns.flags.recavail": {
        en: string;
        zh: string;
    };
    "dns.flags.z": {
        en: string;
        zh: string;
    };
    "dns.flags.authenticated": {
        en: string;
        zh: string;
    };
    "dns.flags.checkdisable": {
        en: string;
        zh: string;
    };
    "dns.flags.rcode": {
        en: string;
        zh: string;
    };
    "dns.count.queries": {
        en: string;
        zh: string;
    };
    "dns.count.answers": {
        en: string;
        zh: string;
    };
    "dns.count.auth_rr": {
        en: string;
        zh: string;
    };
    "dns.count.add_rr": {
        en: string;
        zh: string;
    };
    "dns.qry.name": {
        en: string;
        zh: string;
    };
    "dns.qry.name.len": {
        en: string;
        zh: string;
    };
    "dns.count.labels": {
        en: string;
        zh: string;
    };
    "dns.qry.type": {
        en: string;
        zh: string;
    };
    "dns.qry.class": {
        en: string;
        zh: string;
    };
    "dns.resp.name": {
        en: string;
        zh: string;
    };
    "dns.resp.type": {
        en: string;
        zh: string;
    };
    "dns.resp.class": {
        en: string;
        zh: string;
    };
    "dns.resp.ttl": {
        en: string;
        zh: string;
    };
    "dns.resp.len": {
        en: string;
        zh: string;
    };
    "dns.data": {
        en: string;
        zh: string;
    };
    "dns.a": {
        en: string;
        zh: string;
    };
    "dns.aaaa": {
        en: string;
        zh: string;
    };
    "dns.ns": {
        en: string;
        zh: string;
    };
    "dns.cname": {
        en: string;
        zh: string;
    };
    "dns.ptr.domain_name": {
        en: string;
        zh: string;
    };
    "dns.mx.preference": {
        en: string;
        zh: string;
    };
    "dns.mx.mail_exchange": {
        en: string;
        zh: string;
    };
    "dns.txt": {
        en: string;
        zh: string;
    };
    "dns.txt.length": {
        en: string;
        zh: string;
    };
    "dns.soa.mname": {
        en: string;
        zh: string;
    };
    "dns.soa.rname": {
        en: string;
        zh: string;
    };
    "dns.soa.serial_number": {
        en: string;
        zh: string;
    };
    "dns.soa.refresh_interval": {
        en: string;
        zh: string;
    };
    "dns.soa.retry_interval": {
        en: string;
        zh: string;
    };
    "dns.soa.expire_limit": {
        en: string;
        zh: string;
    };
    "dns.soa.minimum_ttl": {
        en: string;
        zh: string;
    };
    "dns.srv.priority": {
        en: string;
        zh: string;
    };
    "dns.srv.weight": {
        en: string;
        zh: string;
    };
    "dns.srv.port": {
        en: string;
        zh: string;
    };
    "dns.srv.target": {
        en: string;
        zh: string;
    };
    "dns.rr.udp_payload_size": {
        en: string;
        zh: string;
    };
    "dns.resp.ext_rcode": {
        en: string;
        zh: string;
    };
    "dns.resp.edns0_version": {
        en: string;
        zh: string;
    };
    "dns.resp.z": {
        en: string;
        zh: string;
    };
    "dns.resp.z.do": {
        en: string;
        zh: string;
    };
    "dns.resp.z.reserved": {
        en: string;
        zh: string;
    };
    "dns.opt.code": {
        en: string;
        zh: string;
    };
    "dns.opt.len": {
        en: string;
        zh: string;
    };
    "dns.opt.data": {
        en: string;
        zh: string;
    };
    "dns.opt.cookie.client": {
        en: string;
        zh: string;
    };
    "dns.opt.cookie.server": {
        en: string;
        zh: string;
    };
    "tls.record.content_type": {
        en: string;
        zh: string;
    };
    "tls.record.version": {
        en: string;
        zh: string;
    };
    "tls.record.length": {
        en: string;
        zh: string;
    };
    "tls.app_data": {
        en: string;
        zh: string;
    };
    "tls.change_cipher_spec": {
        en: string;
        zh: string;
    };
    "tls.alert_message": {
        en: string;
        zh: string;
    };
    "tls.alert_message.level": {
        en: string;
        zh: string;
    };
    "tls.alert_message.desc": {
        en: string;
        zh: string;
    };
    "tls.segment.data": {
        en: string;
        zh: string;
    };
    "tls.handshake": {
        en: string;
        zh: string;
    };
    "tls.handshake.type": {
        en: string;
        zh: string;
    };
    "tls.handshake.length": {
        en: string;
        zh: string;
    };
    "tls.handshake.version": {
        en: string;
        zh: string;
    };
    "tls.handshake.random": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_id_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_id": {
        en: string;
        zh: string;
    };
    "tls.handshake.cipher_suites_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.ciphersuite": {
        en: string;
        zh: string;
    };
    "tls.handshake.comp_methods_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.comp_method": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.certificates_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.certificate_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.certificate": {
        en: string;
        zh: string;
    };
    "tls.handshake.certificate_request_context_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.certificate_request_context": {
        en: string;
        zh: string;
    };
    "tls.handshake.cert_types_count": {
        en: string;
        zh: string;
    };
    "tls.handshake.cert_type": {
        en: string;
        zh: string;
    };
    "tls.handshake.dnames_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.dname_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.dname": {
        en: string;
        zh: string;
    };
    "tls.handshake.server_curve_type": {
        en: string;
        zh: string;
    };
    "tls.handshake.server_named_curve": {
        en: string;
        zh: string;
    };
    "tls.handshake.server_point_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.server_point": {
        en: string;
        zh: string;
    };
    "tls.handshake.sig_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.sig": {
        en: string;
        zh: string;
    };
    "tls.handshake.client_cert_vrfy.sig_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.client_cert_vrfy.sig": {
        en: string;
        zh: string;
    };
    "tls.handshake.client_point_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.client_point": {
        en: string;
        zh: string;
    };
    "tls.handshake.epms_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.epms": {
        en: string;
        zh: string;
    };
    "tls.handshake.verify_data": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket_lifetime_hint": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket_age_add": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket_nonce_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket_nonce": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.session_ticket": {
        en: string;
        zh: string;
    };
    "tls.handshake.ocsp_response_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.key_update.request_update": {
        en: string;
        zh: string;
    };
    "tls.handshake.extension.type": {
        en: string;
        zh: string;
    };
    "tls.handshake.extension.len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extension.data": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_server_name_list_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_server_name_type": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_server_name_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_server_name": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_alpn_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_alpn_str_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_alpn_str": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_supported_groups_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_supported_group": {
        en: string;
        zh: string;
    };
    "tls.handshake.sig_hash_alg_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.sig_hash_alg": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_ec_point_formats_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_ec_point_format": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_reneg_info_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_reneg_info": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_status_request_type": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_padding_data": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.supported_versions_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.supported_version": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_key_share_client_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_key_share_group": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_key_share_key_exchange_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_key_share_key_exchange": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions_key_share_selected_group": {
        en: string;
        zh: string;
    };
    "tls.extension.psk_ke_modes_length": {
        en: string;
        zh: string;
    };
    "tls.extension.psk_ke_mode": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.identities.length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.identity.identity_length": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.identity.identity": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.identity.obfuscated_ticket_age": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.binders_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.psk.identity.selected": {
        en: string;
        zh: string;
    };
    "tls.early_data.max_early_data_size": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.cookie_len": {
        en: string;
        zh: string;
    };
    "tls.handshake.extensions.cookie": {
        en: string;
        zh: string;
    };
    "x509af.version": {
        en: string;
        zh: string;
    };
    "x509af.serialNumber": {
        en: string;
        zh: string;
    };
    "x509af.algorithm.id": {
        en: string;
        zh: string;
    };
    "x509if.oid": {
        en: string;
        zh: string;
    };
    "x509sat.uTF8String": {
        en: string;
        zh: string;
    };
    "x509sat.printableString": {
        en: string;
        zh: string;
    };
    "x509sat.IA5String": {
        en: string;
        zh: string;
    };
    "x509sat.teletexString": {
        en: string;
        zh: string;
    };
    "x509af.utcTime": {
        en: string;
        zh: string;
    };
    "x509af.generalizedTime": {
        en: string;
        zh: string;
    };
    "x509af.subjectPublicKey": {
        en: string;
        zh: string;
    };
    "pkixalgs.namedCurve": {
        en: string;
        zh: string;
    };
    "pkcs1.modulus": {
        en: string;
        zh: string;
    };
    "pkcs1.publicExponent": {
        en: string;
        zh: string;
    };
    "x509af.extension.id": {
        en: string;
        zh: string;
    };
    "x509af.critical": {
        en: string;
        zh: string;
    };
    "x509ce.dNSName": {
        en: string;
        zh: string;
    };
    "x509ce.iPAddress": {
        en: string;
        zh: string;
    };
    "x509ce.cA": {
        en: string;
        zh: string;
    };
    "x509ce.pathLenConstraint": {
        en: string;
        zh: string;
    };
    "x509ce.KeyUsage": {
        en: string;
        zh: string;
    };
    "x509ce.KeyPurposeId": {
        en: string;
        zh: string;
    };
    "x509ce.SubjectKeyIdentifier": {
        en: string;
        zh: string;
    };
    "x509ce.keyIdentifier": {
        en: string;
        zh: string;
    };
    "x509af.encrypted": {
        en: string;
        zh: string;
    };
    "data.data": {
        en: string;
        zh: string;
    };
    "data.len": {
        en: string;
        zh: string;
    };
};
