// A client that asks for a cookie, uses it, and is refused once (RFC 7413 §4.2.2).
export const fastOpening = `
--tolerance_usecs=10000
\`sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_min_tso_segs=1\`
0.0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
0.0 sendto(3, ..., 300, MSG_FASTOPEN|MSG_DONTWAIT, ..., ...) = -1 EINPROGRESS
0.0 > S 0:0(0) win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 7,FO,nop,nop>
0.1 < S. 0:0(0) ack 1 win 30000 <mss 1000,nop,nop,sackOK,nop,wscale 7,FO 0102030405060708,nop,nop>
0.1 > . 1:1(0) ack 1
0.2 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
0.2 sendto(4, ..., 2000, MSG_FASTOPEN|MSG_DONTWAIT, ..., ...) = 960
0.2 > S 0:960(960) win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 7,FO 0102030405060708,nop,nop>
0.3 < S. 0:0(0) ack 961 win 30000 <mss 1000,nop,nop,sackOK,nop,wscale 7>
0.3 > . 961:961(0) ack 1
0.3 %{ assert tcpi_options & TCPI_OPT_SYN_DATA != 0 }%
0.4 socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
0.4 sendto(5, ..., 500, MSG_FASTOPEN|MSG_DONTWAIT, ..., ...) = 500
0.4 > S 0:500(500) win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 7,FO 0102030405060708,nop,nop>
0.5 < S. 0:0(0) ack 101 win 30000 <mss 1000,nop,nop,sackOK,nop,wscale 7>
0.5 > P. 101:501(400) ack 1
0.5 %{ assert (tcpi_options & TCPI_OPT_SYN_DATA) == 0 }%
`;

/** A SYN with another number, before a child of Fast Open has heard the third segment: 50 is no number of its handshake. */
export const strangerDials = `
\`sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_fastopen=0x602\`
0.0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
0.0 bind(3, ..., ...) = 0
0.0 listen(3, 5) = 0
0.0 < S 0:10(10) win 5000 <mss 1000,nop,nop,sackOK,nop,wscale 7>
0.0 > S. 0:0(0) ack 11 win 64240 <mss 1460,nop,nop,sackOK,nop,wscale 7>
0.0 accept(3, ..., ...) = 4
0.1 < S 50:50(0) win 257 <mss 1000>
0.1 > R. 0:0(0) ack 51
0.1 %{ assert tcpi_state == TCP_SYN_RECV }%
0.2 < . 11:11(0) ack 1 win 257
0.2 %{ assert tcpi_state == TCP_ESTABLISHED }%
0.2 read(4, ..., 100) = 10
`;
