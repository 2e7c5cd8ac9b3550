// From where on something counts, wherever captures are judged: numbers of RFCs and of kernels, in microseconds where they are times.

/** Fast retransmit begins with this many duplicate ACKs (RFC 5681 §3.2). */
export const enoughDuplicates = 3;

/**
 * No stack in use repeats sooner by a timer, beside the round trip (Linux TCP_RTO_MIN, 200 ms, less what clocks and paths are wrong by);
 * RFC 6298 §2.4 asks for a second.
 */
export const leastTimerUs = 190_000;

/** The time for which TCP waits for an answer to its first SYN before it sends the SYN again (RFC 6298 §2.1). */
export const initialTimerUs = 1_000_000;

/** No timer of an ACK is shorter (Linux TCP_DELACK_MIN, 40 ms, less what clocks are wrong by); whatever takes less may be the machine's own time. */
export const leastDelayedAckUs = 38_000;

/** "in particular, the delay MUST be less than 0.5 seconds" (RFC 9293 §3.8.6.3). */
export const mostDelayedAckUs = 500_000;

/** The time within which a host answers if it answers at once; a round trip that is shorter says nothing about the path. */
export const mostWorkUs = 1000;

/** The longest time by which a packet arrives behind one that was sent after it. */
export const overtakenUs = 100_000;

/** A goodbye such as close_notify of TLS has so many octets at most (RFC 9846 §6.1), and the FIN follows it so soon. */
export const goodbye = 64;
export const goodbyeUs = 50_000;

/** The MSS over IPv4 of an end that sends no MSS option, in octets (RFC 9293 §3.7.1). */
export const leastMss = 536;

/** Octets that the timestamps take from each segment, with two NOPs (RFC 7323 appendix A). */
export const stampOctets = 12;

/** The most octets that options take from a full segment: a header has 60 octets at most, 20 of them fixed (RFC 9293 §3.1). */
export const mostOptions = 40;
