// The thresholds for judging captures: numbers from RFCs and kernels. Times are in microseconds.

/** Fast retransmit begins with this many duplicate ACKs (RFC 5681 §3.2). */
export const enoughDuplicates = 3;

/**
 * The shortest time, beyond the round trip, after which a timer retransmits in any stack in use: Linux's TCP_RTO_MIN of 200 ms, less a
 * tolerance for clocks and paths. RFC 6298 §2.4 asks for one second.
 */
export const leastTimerUs = 190_000;

/** The longest time in µs after which a sender's timer retransmits a lost segment; a longer pause cannot come from a loss. */
export const mostTimerUs = 1_600_000;

/** The time in µs for which TCP waits for an answer to its first SYN before it retransmits (RFC 6298 §2.1). */
export const initialTimerUs = 1_000_000;

/**
 * The shortest wait in µs of a delayed ACK: Linux's TCP_DELACK_MIN of 40 ms, less a tolerance for clocks. An ACK that comes sooner was not
 * delayed by a timer.
 */
export const leastDelayedAckUs = 38_000;

/** The longest delay of an ACK: "in particular, the delay MUST be less than 0.5 seconds" (RFC 9293 §3.8.6.3). */
export const mostDelayedAckUs = 500_000;

/** The time in µs within which a host that answers at once has answered; a shorter round trip says nothing about the path. */
export const mostWorkUs = 1000;

/** The longest time in µs by which a packet on a network is assumed to arrive after one that was sent later. */
export const overtakenUs = 100_000;

/** The largest size in octets of a goodbye such as TLS's close_notify (RFC 9846 §6.1); the FIN follows it within `goodbyeUs`. */
export const goodbye = 64;
export const goodbyeUs = 50_000;

/** The MSS over IPv4 of an end that sends no MSS option, in octets (RFC 9293 §3.7.1). */
export const leastMss = 536;

/** The octets that the timestamps option takes from each segment, with two NOPs (RFC 7323 appendix A). */
export const stampOctets = 12;

/** The most octets that TCP options take from a full segment: a header has 60 octets at most, 20 of them fixed (RFC 9293 §3.1). */
export const mostOptions = 40;
