// The receive buffer as Linux counts it: by the memory of packets, not by octets of data (tcp(7) tcp_rmem, tcp_moderate_rcvbuf;
// tcp_input.c, tcp_output.c). RFC 9293 §3.8.6 leaves the offered window to the receiver. Packets may grow the window, what the program
// reads in a round trip the buffer.

import {type Seq, seqAdd, seqDiff, seqLe, seqLt, seqMin} from '../../wire/seq.ts';
import {toldWindow} from './ack-pace.ts';
import {type Connection, finReceivedBy, type HeldPacket, type ReceiveMemory} from './connection.ts';
import type {TcpSettings} from './settings.ts';

/**
 * The share of a packet's memory that is assumed to hold data, in 256ths, until a full segment has been measured: half
 * (TCP_DEFAULT_SCALING_RATIO).
 */
const FIRST_SHARE = 128;
const WHOLE = 256;
/**
 * The memory that Linux on x86-64 takes beside a packet's bytes: the room before and after them, the record, the smallest buffer (struct
 * sk_buff and skb_shared_info).
 */
const HEADROOM = 64;
const TRAILER = 320;
const RECORD = 256;
const SMALL_HEAD = 576;
/** The smallest receive buffer in bytes that SO_RCVBUF can set. */
export const LEAST_MEMORY = 2304;
/** The number of segments that are assumed to be read in one round trip before the first measurement, if the system chose the buffer. */
const FIRST_SEGMENTS = 10;
const SMALLEST_GROWING = 128;
const PAGE_TEXT = 4096 - TRAILER;

const textOf = (memoryBytes: number, share: number): number => Math.floor((memoryBytes * share) / WHOLE);
const memoryFor = (textBytes: number, share: number): number => Math.floor((textBytes * WHOLE) / share);

/**
 * Returns the receive window to offer on a SYN: whole segments of the size that both ends will use, if the data share of the memory holds
 * more than one (tcp_select_initial_window).
 */
export function firstWindow(memoryBytes: number, segmentBytes: number): number {
  const text = textOf(memoryBytes, FIRST_SHARE);
  return text > segmentBytes ? text - (text % segmentBytes) : text;
}

/**
 * Returns the memory that a packet takes in the receive buffer. Linux's buffers have sizes of powers of two (kmalloc), except the smallest;
 * segments that the network card has joined keep a buffer each.
 */
function packetOf(end: Seq, packetBytes: number, pieces = 1): HeldPacket {
  const pieceBytes = Math.ceil(packetBytes / pieces);
  const head = Math.ceil((HEADROOM + pieceBytes) / 64) * 64 + TRAILER;
  const allocated = head <= SMALL_HEAD ? SMALL_HEAD : 1 << (32 - Math.clz32(head - 1));
  const roomBytes = allocated - TRAILER - HEADROOM - pieceBytes;
  return {end, bytes: pieces * (allocated + RECORD), roomBytes};
}

/**
 * Returns the state of the receive buffer's memory when the handshake is complete (tcp_init_buffer_space); undefined if the host does not
 * count memory.
 */
export function firstMemory(
  tcb: Connection,
  settings: TcpSettings,
  nowUs: number,
): ReceiveMemory | undefined {
  const {rcvMemoryBytes: bufferBytes, rcvMemoryLocked: locked, mss} = settings;
  if (bufferBytes === 'off') return undefined;
  const text = textOf(bufferBytes, FIRST_SHARE);
  const most = Math.min(text, tcb.scale.rcv === 0 ? 0xffff : text);
  // The memory of one segment is kept in reserve, so the window is smaller by a segment.
  const clampBytes = most > 2 * mss && most + mss > text ? Math.max(2 * mss, text - mss) : most;
  const safeBytes = Math.min(tcb.rcv.wnd, clampBytes);
  return {
    bufferBytes,
    locked,
    held: [],
    usedBytes: 0,
    share: FIRST_SHARE,
    clampBytes,
    safeBytes,
    rttUs: 0,
    rttFrom: undefined,
    lastEcho: 0,
    copied: tcb.rcv.nxt,
    readSeq: tcb.rcv.nxt,
    readUs: nowUs,
    readBytes: Math.min(safeBytes, tcb.rcv.wnd, FIRST_SEGMENTS * mss),
  };
}

const freeBytes = ({bufferBytes, usedBytes, share}: ReceiveMemory): number =>
  textOf(Math.max(0, bufferBytes - usedBytes), share);

/** Returns the sequence number up to which the program has read. */
export const copiedSeq = (tcb: Connection): Seq =>
  seqAdd(tcb.rcv.nxt, -tcb.receiveBuffer.length - (finReceivedBy(tcb) ? 1 : 0));

/**
 * Returns the receive window that the free memory allows, in whole segments if the window is unscaled (__tcp_select_window). `tight` means
 * that less than half of the memory is free; ACKs are then no longer sent at once.
 */
export function selectWindow(tcb: Connection, memory: ReceiveMemory): {wnd: number; tight: boolean} {
  const allowed = textOf(memory.bufferBytes, memory.share);
  const full = Math.min(memory.clampBytes, allowed);
  const segment = Math.min(tcb.pace?.segmentBytes ?? tcb.mss, full);
  const unit = 1 << tcb.scale.rcv;
  let free = freeBytes(memory);
  const tight = free < full >> 1;
  if (segment <= 0) return {wnd: 0, tight};
  if (tight) {
    free -= free % unit;
    if (free < allowed >> 4 || free < segment) return {wnd: 0, tight};
  }
  free = Math.min(free, memory.safeBytes);
  if (unit > 1) return {wnd: Math.ceil(free / unit) * unit, tight};
  const told = toldWindow(tcb);
  if (told <= free - segment || told > free) return {wnd: free - (free % segment), tight};
  return {wnd: segment === full && free > told + (full >> 1) ? free : told, tight};
}

/** Returns the window for the next acknowledgment, which never takes back what the last one offered (tcp_select_window). */
export function memoryWindow(tcb: Connection, memory: ReceiveMemory): number {
  const {wnd} = selectWindow(tcb, memory);
  const unit = 1 << tcb.scale.rcv;
  return wnd < tcb.rcv.wnd ? Math.ceil(tcb.rcv.wnd / unit) * unit : wnd;
}

type Wanted = {readonly lengthBytes: number; readonly settings: TcpSettings};

/**
 * Returns the receive buffer's memory with room for a packet; undefined if the packet cannot be kept. A buffer whose size nobody set grows
 * to what it already holds, and packets with few data are copied together (tcp_try_rmem_schedule).
 */
export function roomFor(tcb: Connection, memory: ReceiveMemory, wanted: Wanted): ReceiveMemory | undefined {
  const fits = ({usedBytes, bufferBytes}: ReceiveMemory): boolean =>
    usedBytes + wanted.lengthBytes <= bufferBytes;
  if (fits(memory)) return memory;
  const clamped = clamp(memory, wanted.settings);
  if (fits(clamped)) return clamped;
  const copied = collapsed(tcb, clamped);
  return fits(copied) ? copied : undefined;
}

function clamp(memory: ReceiveMemory, {rcvMemoryMaxBytes, mss}: TcpSettings): ReceiveMemory {
  const {locked, usedBytes} = memory;
  const grows = !locked && memory.bufferBytes < rcvMemoryMaxBytes;
  const bufferBytes = grows ? Math.min(usedBytes, rcvMemoryMaxBytes) : memory.bufferBytes;
  const safeBytes = usedBytes > bufferBytes ? Math.min(memory.clampBytes, 2 * mss) : memory.safeBytes;
  return {...memory, bufferBytes, safeBytes};
}

/** Returns the receive buffer's memory after the data in order have been copied together into buffers of a page (tcp_collapse). */
function collapsed(tcb: Connection, memory: ReceiveMemory): ReceiveMemory {
  const beyond = memory.held.filter(({end}) => seqLt(tcb.rcv.nxt, end));
  const held: HeldPacket[] = [];
  for (let at = 0; at < tcb.receiveBuffer.length; at += PAGE_TEXT) {
    const lengthBytes = Math.min(PAGE_TEXT, tcb.receiveBuffer.length - at);
    held.push(packetOf(seqAdd(copiedSeq(tcb), at + lengthBytes), lengthBytes - HEADROOM));
  }
  const all = [...held, ...beyond];
  return {...memory, held: all, usedBytes: all.reduce((sum, {bytes}) => sum + bytes, 0)};
}

/** A packet for the receive buffer; `pieces` is the number of segments that the network card has joined in it. */
type Packet = {
  readonly start: Seq;
  readonly lengthBytes: number;
  readonly packetBytes: number;
  readonly pieces: number;
};

/**
 * Returns the receive buffer's memory with one more packet, whose data go into the last packet's buffer if that has room
 * (tcp_try_coalesce).
 */
export function hold(
  memory: ReceiveMemory,
  {start, lengthBytes, packetBytes, pieces}: Packet,
): ReceiveMemory {
  const end = seqAdd(start, lengthBytes);
  const last = memory.held.at(-1);
  if (last !== undefined && last.end === start && last.roomBytes >= lengthBytes) {
    const joined = {...last, end, roomBytes: last.roomBytes - lengthBytes};
    return {...memory, held: memory.held.with(-1, joined)};
  }
  const packet = packetOf(end, packetBytes, pieces);
  return {...memory, held: [...memory.held, packet], usedBytes: memory.usedBytes + packet.bytes};
}

/** Returns the receive buffer's memory with the share of data measured anew by a full segment (tcp_measure_rcv_mss). */
export function shareMeasured(tcb: Connection, memory: ReceiveMemory, packet: Packet): ReceiveMemory {
  const {bytes} = packetOf(packet.start, packet.packetBytes, packet.pieces);
  const share = Math.max(1, Math.floor((packet.lengthBytes * WHOLE) / bytes));
  if (share === memory.share) return memory;
  const clampBytes = Math.max(LEAST_MEMORY / 2, textOf(memory.bufferBytes, share));
  const safeBytes =
    clampBytes < memory.clampBytes
      ? Math.min(memory.safeBytes, clampBytes)
      : Math.max(Math.min(toldWindow(tcb), clampBytes), memory.safeBytes);
  return {...memory, share, clampBytes, safeBytes, readBytes: Math.min(memory.readBytes, clampBytes)};
}

/** `segmentBytes` is the estimated size of the peer's full segments, `ownSegment` this end's announced MSS less the timestamps option. */
type Growing = {
  readonly segmentBytes: number;
  readonly ownSegment: number;
  readonly settings: TcpSettings;
};

/**
 * Returns the receive buffer's memory with a larger window that is safe to offer, if the packet has much data for the memory that it takes
 * (tcp_grow_window).
 */
export function safeGrown(
  memory: ReceiveMemory,
  packet: Packet,
  {segmentBytes, ownSegment, settings}: Growing,
): ReceiveMemory {
  const room = Math.min(memory.clampBytes, freeBytes(memory)) - memory.safeBytes;
  if (room <= 0 || packet.lengthBytes < SMALLEST_GROWING) return memory;
  const {bytes} = packetOf(packet.start, packet.packetBytes, packet.pieces);
  const rich = textOf(bytes, memory.share) <= packet.lengthBytes;
  const step = rich ? 2 * ownSegment : poorStep(memory, {packet, bytes, segmentBytes, settings});
  if (step === 0) return memory;
  const grows = Math.min(room, Math.max(step, 2 * packet.lengthBytes));
  return {...memory, safeBytes: memory.safeBytes + grows};
}

type Poor = {
  readonly packet: Packet;
  readonly bytes: number;
  readonly segmentBytes: number;
  readonly settings: TcpSettings;
};

/**
 * Returns the bytes by which the safe window grows for a packet with few data for its memory; only a small window grows then
 * (__tcp_grow_window).
 */
function poorStep(memory: ReceiveMemory, {packet, bytes, segmentBytes, settings}: Poor): number {
  let text = textOf(bytes, memory.share) >> 1;
  let window = textOf(settings.rcvMemoryMaxBytes, memory.share) >> 1;
  while (memory.safeBytes <= window) {
    if (text <= packet.lengthBytes) return 2 * segmentBytes;
    text >>= 1;
    window >>= 1;
  }
  return 0;
}

/**
 * Returns the receive buffer's memory with the receiver's round-trip time measured without timestamps: the time that a whole window takes
 * to arrive (tcp_rcv_rtt_measure).
 */
export function roundTripByWindow(tcb: Connection, memory: ReceiveMemory, nowUs: number): ReceiveMemory {
  const {rttFrom, rttUs} = memory;
  if (rttFrom !== undefined && seqLt(tcb.rcv.nxt, rttFrom.seq)) return memory;
  const next = {seq: seqAdd(tcb.rcv.nxt, toldWindow(tcb)), us: nowUs};
  if (rttFrom === undefined) return {...memory, rttFrom: next};
  const sampleUs = Math.max(1, nowUs - rttFrom.us);
  return {...memory, rttFrom: next, rttUs: rttUs === 0 ? sampleUs : Math.min(rttUs, sampleUs)};
}

/**
 * Returns the receive buffer's memory with the receiver's round-trip time measured by timestamps: each new echo on a full segment gives a
 * sample (tcp_rcv_rtt_measure_ts).
 */
export function roundTripByEcho(
  tcb: Connection,
  memory: ReceiveMemory,
  {echo, sampleUs, lengthBytes}: {echo: number; sampleUs: number; lengthBytes: number},
): ReceiveMemory {
  if (echo === memory.lastEcho) return memory;
  const seen = {...memory, lastEcho: echo};
  if (lengthBytes < (tcb.pace?.segmentBytes ?? 0)) return seen;
  if (memory.rttUs === 0 || sampleUs < memory.rttUs) return {...seen, rttUs: sampleUs};
  if (tcb.receiveBuffer.length > 0) return seen;
  return {...seen, rttUs: Math.floor((7 * memory.rttUs + sampleUs) / 8)};
}

/**
 * Returns the receive buffer's memory after a read of the program: packets that were read completely are freed. Once in a round trip, the
 * amount read in it is measured, up to the end of the first packet read, and the buffer may grow (tcp_rcv_space_adjust).
 */
export function readOn(tcb: Connection, memory: ReceiveMemory, settings: TcpSettings): ReceiveMemory {
  const copied = copiedSeq(tcb);
  const first = memory.held.find(({end}) => seqLt(memory.copied, end));
  const held = memory.held.filter(({end}) => !seqLe(end, copied));
  const freed = {...memory, held, usedBytes: held.reduce((sum, {bytes}) => sum + bytes, 0), copied};
  const atUs = tcb.pace?.lastDataUs ?? 0;
  if (freed.rttUs === 0 || atUs - freed.readUs < freed.rttUs) return freed;
  const at = first === undefined ? copied : seqMin(copied, first.end);
  const read = seqDiff(at, freed.readSeq) - seqDiff(tcb.rcv.nxt, at);
  const grown = read <= freed.readBytes ? freed : bufferGrown(tcb, freed, {read, settings});
  return {...grown, readSeq: at, readUs: atUs};
}

/**
 * Returns the receive buffer's memory, enlarged to twice what the program reads in a round trip, and more if that grows. A size that the
 * program set stays (tcp_rcvbuf_grow).
 */
export function bufferGrown(
  tcb: Connection,
  memory: ReceiveMemory,
  {read, settings}: {readonly read: number; readonly settings: TcpSettings},
): ReceiveMemory {
  const counted = {...memory, readBytes: read};
  if (!settings.rcvMemoryGrows || memory.locked) return counted;
  const window = 2 * read;
  const speeding = Math.floor((window * (read - memory.readBytes)) / memory.readBytes);
  const last = tcb.reassembly.at(-1);
  const beyond = last === undefined ? 0 : seqDiff(seqAdd(last.seq, last.data.length), tcb.rcv.nxt);
  const wanted = memoryFor(window + 2 * speeding + beyond, memory.share);
  const bufferBytes = Math.min(wanted, settings.rcvMemoryMaxBytes);
  if (bufferBytes <= memory.bufferBytes) return counted;
  return {...counted, bufferBytes, clampBytes: textOf(bufferBytes, memory.share)};
}

export const isTight = (tcb: Connection): boolean =>
  tcb.memory !== undefined && selectWindow(tcb, tcb.memory).tight;
