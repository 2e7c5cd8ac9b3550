// The settings of a TCP machine: every difference between systems, as data. A lesson changes single values of a profile.

/**
 * A known time of an ACK: it is sent `waitUs` after `octets` have arrived since the SYN (FIN counts as one); 0 means at once. With `sacked`
 * it is a further ACK whose first SACK block is this one, counted from the peer's ISN.
 */
export type AckPoint = {
  readonly octets: number;
  readonly waitUs: number;
  readonly sacked?: readonly [left: number, right: number];
};

export type TcpSettings = {
  /** The largest payload that this host announces (MSS option), in bytes. */
  readonly mss: number;
  /** The receive buffer in bytes, from which the window is taken. */
  readonly rcvBufferBytes: number;
  /** The limit for the size of a full segment: only the path (`path`), or also half of the peer's largest window (`half-window`). */
  readonly segments: 'path' | 'half-window';
  /** The window scale shift count that a SYN offers (RFC 7323 §2.2), 0 … 14; `off`: the option is not sent. */
  readonly windowScale: number | 'off';
  /** Whether a SYN offers SACK-permitted and ACKs of data beyond a gap contain SACK blocks (RFC 2018). */
  readonly sackPermitted: boolean;
  /** The wait before a pure ACK is sent; 0 sends every ACK at once (RFC 9293 §3.8.6.3). */
  readonly delayedAckUs: number;
  /**
   * The times at which the receiver acknowledges, if a capture shows them (known-acks.ts); empty: the settings `acks` and `delayedAckUs`
   * decide.
   */
  readonly acknowledging: readonly AckPoint[];
  /** Whether timers expire at their exact time, or, one after another, as late as Linux's timer wheel lets them. */
  readonly timers: 'exact' | 'wheel';
  /**
   * When data in order are acknowledged: by `delayedAckUs` alone (`delayed`), or paced by what arrives and what the program does (`paced`,
   * ack-pace.ts).
   */
  readonly acks: 'delayed' | 'paced';
  /** TCP_QUICKACK on a connection with paced ACKs. True: ACKs leave at once for now; false: they wait for the program's data. */
  readonly quickAck: boolean;
  /**
   * The source of SACK blocks: the data that wait beyond a gap (`waiting`), or a list of the last four blocks, in which a FIN counts
   * (`remembered`, sack-list.ts).
   */
  readonly sackBlocks: 'waiting' | 'remembered';
  /**
   * The receive buffer as bytes of memory (receive-memory.ts), used instead of `rcvBufferBytes`; `off`: the buffer counts octets of data.
   */
  readonly rcvMemoryBytes: number | 'off';
  /**
   * The size to which the receive buffer's memory may grow, whether it grows with what the program reads, and whether the program has set
   * it.
   */
  readonly rcvMemoryMaxBytes: number;
  readonly rcvMemoryGrows: boolean;
  readonly rcvMemoryLocked: boolean;
  readonly initialRtoUs: number;
  readonly minRtoUs: number;
  readonly maxRtoUs: number;
  /** The value that the smallest RTO limits. `rto`: RTO = max(min, …) as in RFC 6298; `variance`: SRTT + max(min, 4·RTTVAR) as in Linux. */
  readonly minRtoAppliesTo: 'rto' | 'variance';
  /**
   * How RTTVAR is computed: it follows each sample (`sample`, RFC 6298 §2.3), or is the largest deviation in a round trip (`round-trip`,
   * Linux).
   */
  readonly rttVariation: 'sample' | 'round-trip';
  /** Whether the timestamp echoed in the answer to a repeated SYN gives a sample of the round-trip time (RFC 7323 §4.1). */
  readonly rttOfRepeatedSyn: 'none' | 'echo';
  /**
   * The number of retransmissions of a SYN or SYN,ACK after which data begin with a cwnd of one segment (RFC 5681 §3.1: one); at least one
   * of them must be by the timer.
   */
  readonly synTimeoutsToOneSegment: number;
  /** The RTO when data begin, in µs, if the SYN timed out (RFC 6298 §5.7); 0: the initial RTO. */
  readonly rtoAfterSynTimeoutUs: number;
  /** The most retransmissions of a SYN, of a SYN,ACK and of anything later before the connection is given up. */
  readonly synRetries: number;
  readonly synAckRetries: number;
  /**
   * Whether a connection attempt also ends once `synRetries` doubling timeouts would have passed, which is earlier if the first timeouts
   * are equally long.
   */
  readonly synRetriesInTime: boolean;
  readonly dataRetries: number;
  /** The number of first SYN timeouts that keep the same length, in addition to `synRetries` (Linux ≥ 6.5: 4). */
  readonly synLinearTimeouts: number;
  /**
   * The most retransmissions once no program has the socket open any more, with loss recovery `rack`; 0: as many as for any other
   * connection.
   */
  readonly orphanRetries: number;
  readonly timeWaitUs: number;
  /** The time after which FIN-WAIT-2 ends if no program can read any more; 0: it lasts for ever. */
  readonly finTimeoutUs: number;
  /** The smallest number of RTOs that FIN-WAIT-2 lasts if no program can read any more; 0: no such rule. */
  readonly finTimeoutRtos: number;
  /**
   * How a SYN,ACK with the peer's known ISN is taken in a simultaneous open. `accept`: as in RFC 9293 figure 7 (four segments);
   * `accept-whole`: so if it acknowledges all that was sent (Linux); `acknowledge`: by the window test of §3.10.7.4 (six segments).
   */
  readonly repeatedSynAck: 'accept' | 'accept-whole' | 'acknowledge';
  /**
   * The answer to a repetition of the same SYN in SYN-RECEIVED: an ACK (RFC 9293 §3.10.7.4), or the SYN,ACK again, whose timer may restart
   * (Linux).
   */
  readonly duplicateSyn: 'acknowledge' | 'repeat-syn-ack' | 'repeat-and-restart';
  /** The answer to a different SYN in SYN-RECEIVED, which ends the handshake: none (RFC 9293 §3.10.7.4), or an RST (Linux). */
  readonly otherSyn: 'forgets' | 'resets';
  /** The results of calls and the errors for programs: those of RFC 9293 §3.10's abstract calls, or those of a system's sockets. */
  readonly calls: 'rfc' | 'linux' | 'bsd';
  /** Whether the RST that an ABORT sends carries ACK (RFC 9293 §3.10.5: no; Linux: yes). */
  readonly abortCarriesAck: boolean;
  /**
   * The segments that are answered with an RST once nobody can read any more: those with data (RFC 9293 §3.6.1); or also a FIN beyond a
   * gap, and data that begin below RCV.NXT and continue after the peer's FIN (Linux).
   */
  readonly unread: 'text' | 'text-or-fin';
  /** The segment that a CLOSE of the whole socket sends if received data are unread: a FIN, or an RST (RFC 2525 §2.17). */
  readonly closeUnread: 'fin' | 'reset';
  /**
   * The sequence numbers at which an RST ends a connection: RCV.NXT (RFC 5961 §3.2); or also the end of what is SACKed, and the peer's FIN
   * (Linux).
   */
  readonly rstAt: 'next' | 'next-or-sack';
  /**
   * The sequence number of a segment without data if the window has shrunk below SND.NXT: SND.NXT all the same, or the end of the window.
   */
  readonly bareSeq: 'next' | 'in-window';
  /** Whether RST anywhere in the window resets, as before RFC 5961 §3.2. */
  readonly insecureRst: boolean;
  /** Whether SYN in the window of a synchronised connection ends it with RST, as before RFC 5961 §4.2. */
  readonly insecureSyn: boolean;
  /** Whether a segment with both SYN and FIN is dropped unread. */
  readonly dropSynFin: boolean;
  /** Whether a segment with an MD5 signature option (RFC 2385) is dropped, because no host here has a key to check it. */
  readonly dropSigned: boolean;
  /**
   * The treatment of data and FIN on a SYN to a listener: kept for ESTABLISHED (RFC 9293 §3.10.7.2), or dropped so that the peer repeats
   * them; a SYN with FIN may be dropped as a whole.
   */
  readonly listenerText: 'keep' | 'drop' | 'drop-unless-fin';
  /**
   * Whether urgent data stay in the stream (RFC 6093), or their last byte is taken out of it. That is the byte before the pointer, or the
   * first byte if the pointer is 0; or it is the byte that the pointer names (Linux with tcp_stdurg).
   */
  readonly urgentByte: 'in-stream' | 'before-pointer' | 'at-pointer';
  /**
   * The treatment of data and FIN on a SYN,ACK, or on a SYN that crosses this end's: kept for ESTABLISHED (RFC 9293 §3.10.7.3), or dropped
   * so that the peer repeats them.
   */
  readonly synAckText: 'keep' | 'drop';
  /** The smallest MSS in bytes that this end uses for sending, however small the MSS that the peer announces (Linux tcp_min_snd_mss). */
  readonly leastSendMss: number;
  /** The contents of an RST that this end sends by itself: no window and no options, or those of every segment. */
  readonly abortCarries: 'nothing' | 'all';
  /**
   * The error that an RST causes once both ends have sent FIN and this end's is unacknowledged: none (`silent`), or ECONNRESET (`error`).
   */
  readonly resetWhileClosing: 'silent' | 'error';
  /** Whether the ACK of the peer's FIN on entering CLOSING also carries this end's unacknowledged FIN again. */
  readonly closingRepeatsFin: boolean;
  /**
   * The effect of RST in TIME-WAIT: it ends the state (RFC 9293 §3.10.7.4), with the hazard of RFC 1337, or is ignored (RFC 1337 §4 F1).
   */
  readonly timeWaitReset: 'ends' | 'ignored';
  /**
   * Whether a new SYN with a sequence number beyond the old ones or with a newer timestamp opens a new connection in TIME-WAIT
   * (RFC 9293 §3.6.1 MAY-2, RFC 6191).
   */
  readonly timeWaitReuse: boolean;
  /**
   * The segments that TIME-WAIT answers: `rfc` the unacceptable ones; `bsd` every ACK except one without news; `linux` all except resets
   * and segments without data exactly at RCV.NXT.
   */
  readonly timeWaitAnswers: 'rfc' | 'bsd' | 'linux';
  /**
   * The least time in µs between two challenge ACKs or other answers to unacceptable segments without data, per connection (RFC 5961 §7);
   * 0: no limit.
   */
  readonly challengeAckIntervalUs: number;
  /** Whether an ICMP error may end a connection in SYN-SENT. */
  readonly icmpMayReset: boolean;
  /**
   * The ICMP errors that end a connection in SYN-SENT: the hard ones (RFC 1122 §4.2.3.9), these and exceeded TTL, or all (RFC 5461 §2.2).
   * Others are kept, and reported instead of ETIMEDOUT when the retries end.
   */
  readonly icmpAbortsOpening: 'hard' | 'hard-and-ttl' | 'all';
  /** Whether hard ICMP errors end a synchronised connection (RFC 1122 §4.2.3.9), against RFC 5927 §5.2. */
  readonly icmpAbortsSynchronised: boolean;
  /**
   * How an ICMP error is reported to the program. `by-code`: each ICMP code has the error that belongs to it. `bsd`: errors that last and
   * prohibitions give ECONNREFUSED, all others EHOSTUNREACH.
   */
  readonly icmpErrors: 'by-code' | 'bsd';
  /** The µs that are added to every RTO as slop, except to the first one of a SYN or SYN,ACK. */
  readonly rtoSlopUs: number;
  /** Whether the SYN offers only the MSS from the third retransmission on, because a middlebox may drop other options. */
  readonly dropSynOptions: boolean;
  /**
   * The wait in µs before the SYN is sent again after an unacceptable ACK, which was answered with an RST; 0: the retransmission timer
   * continues.
   */
  readonly synRetryAfterBadAckUs: number;
  /** The longest duration of a connection attempt in µs; 0: as long as the retries take. */
  readonly connectTimeoutUs: number;
  /** Whether an idle connection is probed (RFC 9293 §3.8.4), and the idle time, the interval and the number of probes. */
  readonly keepAlive: boolean;
  readonly keepAliveIdleUs: number;
  readonly keepAliveIntervalUs: number;
  readonly keepAliveProbes: number;
  /** Whether the user timeout limits probing, too: that of an idle peer, instead of `keepAliveProbes`, and that of a closed window. */
  readonly userTimeoutEndsProbes: boolean;
  /** The time for which data may stay unacknowledged (RFC 9293 §3.9.1 user timeout, RFC 5482); 0: as long as the retries take. */
  readonly userTimeoutUs: number;
  /**
   * The most connections of a listener in SYN-RECEIVED, and the most complete ones that no program has accepted; OPEN may ask for fewer
   * (somaxconn).
   */
  readonly synQueue: number;
  readonly acceptQueue: number;
  /**
   * The size of a SYN cache for half-open connections (RFC 4987 §3.5), which no backlog limits; `off`: they wait in the listener's own
   * queue.
   */
  readonly synCache: number | 'off';
  /** The fate of a SYN for which the SYN queue has no room: it is dropped, or replaces the oldest half-open connection (RFC 4987 §3.4). */
  readonly synOverflow: 'drop' | 'recycle';
  /**
   * The fate of the third segment of a handshake if the accept queue is full: it is ignored, so that the SYN,ACK is repeated, or answered
   * with an RST.
   */
  readonly acceptOverflow: 'ignore' | 'reset';
  /** The use of SYN cookies (RFC 4987 §3.6): never, when the SYN queue is full, or for every SYN. */
  readonly synCookies: 'off' | 'onOverflow' | 'always';
  /**
   * The use of explicit congestion notification (RFC 3168 §6.1.1): never, requested by this end's SYNs, or only accepted if the peer
   * requests it.
   */
  readonly ecn: 'off' | 'request' | 'accept';
  /** TCP Fast Open (RFC 7413), as bits of Linux's tcp_fastopen; `off`: data given to OPEN travel on the SYN as in RFC 9293 §3.10.1. */
  readonly fastOpen: number | 'off';
  /**
   * The key, or two keys, with which a server makes Fast Open cookies, as in Linux's tcp_fastopen_key; empty: a key from this host's own
   * secret.
   */
  readonly fastOpenKeys: string;
  /**
   * The most Fast Open connections of a listener with an incomplete handshake (TCP_FASTOPEN); `off`: its backlog if `fastOpen` has the bit
   * 0x400, otherwise none.
   */
  readonly fastOpenQueue: number | 'off';
  /** Whether Fast Open sends and accepts data on a SYN without a cookie (TCP_FASTOPEN_NO_COOKIE). */
  readonly fastOpenWithoutCookie: boolean;
  /**
   * The time in µs for which a client does not use Fast Open after the path first swallowed its packets (Linux
   * tcp_fastopen_blackhole_timeout_sec); 0: no pause.
   */
  readonly fastOpenPauseUs: number;
  /** The fate of a connection that ends before ACCEPT: it leaves the accept queue, or ACCEPT returns it although it has ended (Linux). */
  readonly endedInQueue: 'leaves' | 'stays';
  /** The number of retransmissions of a SYN that still ask for ECN. */
  readonly ecnSynRetries: number;
  /**
   * The timestamp echoes with which a SYN,ACK is accepted: any, or only a timestamp of this end's SYNs; others are then answered with an
   * RST (Linux).
   */
  readonly synAckEcho: 'any' | 'own';
  /** Whether SYNs offer RFC 7323 timestamps, which every segment then carries if both ends do. */
  readonly timestamps: boolean;
  /** When TS.Recent is updated from a segment: before its ACK is checked (RFC 7323 §4.3), or once the ACK is acceptable. */
  readonly tsRecentUpdate: 'before-ack' | 'after-ack';
  /**
   * The segments with old timestamps that PAWS accepts: none; or ACKs without news and those one tick old, while old segments below RCV.NXT
   * get no answer (Linux).
   */
  readonly pawsSpares: 'nothing' | 'old-acks';
  /** Whether a segment without timestamps is accepted on a connection that agreed on them (RFC 7323 §3.2: drop it silently). */
  readonly tolerateMissingTimestamps: boolean;
  /** Whether a SYN carries no options at all. */
  readonly noOptions: boolean;
  /** The order and padding of a SYN's options, in which the systems differ. */
  readonly synOptionLayout: 'sack-first' | 'scale-first';
  /**
   * The options of the SYN,ACK in a simultaneous open: those that both SYNs offer (RFC 7323 §2.2, §3.2), or all that this end's SYN had.
   */
  readonly crossedSynOptions: 'agreed' | 'own';
  /** Whether data that arrive twice are reported by the first SACK block (D-SACK, RFC 2883). */
  readonly dsack: boolean;
  /** The bytes that SEND may put into the send buffer; a larger SEND continues as acknowledgments make room. */
  readonly sndBufferBytes: number;
  /** The initial congestion window: RFC 6928 (ten segments, or fewer large ones), RFC 5681 §3.1 (two to four), or ten of any size. */
  readonly initialWindow: 'rfc6928' | 'rfc5681' | 'ten-segments';
  /** The algorithm by which cwnd grows: Reno (RFC 5681) or CUBIC (RFC 9438). */
  readonly congestion: 'reno' | 'cubic';
  /** The unit of cwnd: octets, as in the RFCs, or whole segments of any size (Linux). */
  readonly cwndCounts: 'octets' | 'segments';
  /** The most segments by which one ACK of slow start grows cwnd (RFC 3465 §2.2: L); RFC 5681 §3.1: 1; `all`: all that it acknowledges. */
  readonly ackCountingLimit: number | 'all';
  /**
   * The way in which a TCP sender detects losses: by three duplicate ACKs (RFC 5681, 6582, 6675), or by time with PRR and undo (RFC 8985),
   * where cwnd counts segments.
   */
  readonly lossRecovery: 'duplicates' | 'rack';
  /**
   * The settings of RACK: the number of duplicates that indicate a loss while no reordering was seen; whether duplicates indicate one at
   * all; whether D-SACKs widen the reordering window.
   */
  readonly reordering: number;
  readonly rackDuplicates: boolean;
  readonly rackAdapts: boolean;
  /** Whether a TCP sender sends a tail loss probe after two round trips without an ACK (RFC 8985 §7). */
  readonly tailLossProbe: boolean;
  /** Whether ACKs of new data may show that a retransmission timeout was premature (F-RTO, RFC 5682). */
  readonly frto: boolean;
  /** Whether RTO does not double for the first six timeouts while hardly any segments are in flight (Linux's tcp_thin_linear_timeouts). */
  readonly thinLinearTimeouts: boolean;
  /** Whether a TCP sender sends new data on the first two duplicate ACKs (limited transmit, RFC 3042). */
  readonly limitedTransmit: boolean;
  /**
   * Whether, with nothing else to send in recovery, data neither lost nor SACKed and then the last segment are retransmitted (RFC 6675 §4,
   * rules 3 and 4).
   */
  readonly repeatsDoubtful: boolean;
  /**
   * The effect on cwnd of a pause in sending as long as RTO: it falls to the initial window (RFC 5681 §4.1), halves for each RTO (RFC
   * 2861), or stays.
   */
  readonly idleRestart: 'initial-window' | 'halves' | 'off';
  /** Whether small segments are sent at once although earlier data are unacknowledged: TCP_NODELAY, which turns the Nagle algorithm off. */
  readonly noDelay: boolean;
  /** Whether small segments are kept back until they are full or the persist timer releases them: TCP_CORK. */
  readonly cork: boolean;
  /** The effect of a SEND without PUSH: nothing is sent, or its full segments are sent and the rest waits (Linux MSG_MORE). */
  readonly unpushed: 'waits' | 'rest-waits';
  /**
   * The data that make the Nagle algorithm keep a small segment back: any unacknowledged data (RFC 9293 §3.7.4), or only an unacknowledged
   * small segment (Minshall).
   */
  readonly nagle: 'any' | 'small';
  /**
   * The segments on which a sender sets PSH: the end of each SEND; also the end of a burst of several segments; also the end of each large
   * packet that the network card cuts (Linux; large-packet.ts); or the segment that empties the buffer.
   */
  readonly push: 'send' | 'burst' | 'packet' | 'emptied';
  /** The state of the host's network interface: it accepts packets, or its queue is full and every segment is dropped. */
  readonly deviceQueue: 'open' | 'full';
  /** The least number of segments in a large packet, if there are as many. */
  readonly packetSegments: number;
  /**
   * Whether PSH is also set where SEND fills a segment and half of the peer's largest window has been written since the last one, and on
   * probes with data.
   */
  readonly forcedPush: boolean;
  /**
   * Whether the network card cuts large packets, joins arriving ones, and fills in checksums (TSO, GRO): a capture on the host sees neither
   * done.
   */
  readonly offload: boolean;
  /** Whether the window of a SYN counts as offered (MAX.SND.WND). In Linux a child's windows begin with the third segment. */
  readonly synWindowCounts: boolean;
  /**
   * When a sender sends a segment that the peer's window cuts short: if it is at least half of the largest window offered
   * (RFC 9293 §3.8.6.2.1), or only when the persist timer expires.
   */
  readonly sendsCut: 'half-window' | 'never';
  /**
   * The segments that can make the send window smaller: all that are not older than the last update, or only those with a new sequence
   * number, a new acknowledgment or a window of 0 (Linux).
   */
  readonly smallerWindow: 'taken' | 'with-news';
  /** The form of a zero-window probe: an empty segment with a number below SND.NXT, or the next byte of data (RFC 9293 §3.8.6.1). */
  readonly zeroWindowProbe: 'below' | 'byte';
  /** The instant from which a sender waits for the next zero-window probe: the last probe, or the answer to it (Linux's tcp_ack_probe). */
  readonly probeWaitsFrom: 'probe' | 'answer';
  /**
   * The sequence numbers that a receiver accepts: those in the announced window, or all that the buffer has room for; `whole`: whole
   * segments, of which one may cross the right edge only while nothing is unread (Linux's tcp_sequence).
   */
  readonly acceptWindow: 'told' | 'buffer' | 'whole';
  /** Whether the receive buffer's size is rounded up to whole segments of the agreed MSS. */
  readonly rcvBufferWholeSegments: boolean;
  /** The steps of the right edge: at least a full segment or half the buffer (RFC 9293 §3.8.6.2.2), or every byte read. */
  readonly windowGrowth: 'full-segment' | 'every-byte';
  /**
   * The bytes that a RECEIVE must free before a window update is sent: two segments or half the buffer; the same and a quarter of the
   * buffer; as much as is still offered, if that is at most half the buffer (Linux's tcp_cleanup_rbuf).
   */
  readonly windowUpdate: 'two-segments' | 'quarter-buffer' | 'doubled';
  /** Whether the ACK of the peer's FIN may wait up to `delayedAckUs`, so that this end's own FIN can carry it. */
  readonly delayFinAck: boolean;
  /** The segments that count for "an ACK for at least every second segment" of delayed ACKs: full ones, or any with data. */
  readonly delayedAckCounts: 'full-segments' | 'segments';
  /** Not TCP: a listener's child is ESTABLISHED as soon as it has answered the SYN (counterfactual.ts). */
  readonly counterfactualAcceptWithoutThirdStep: boolean;
  /** A deliberate deviation from TCP: a connection is CLOSED where TIME-WAIT would begin. */
  readonly counterfactualSkipTimeWait: boolean;
};

export type ProfileName = 'linux' | 'rfc' | 'freebsd';
