// The frames of a WebSocket on one connection, while its bytes come (RFC 6455 §5): headers and lengths, and the frame that closed it.
import {joinBytes} from '../wire/tls/presentation.ts';
import {
  readWebSocketClose,
  readWebSocketHeader,
  type WebSocketClose,
  type WebSocketHeader,
  WebSocketOpcode,
  webSocketPayload,
} from '../wire/websocket.ts';
import type {Side} from './connections.ts';
import type {Piece} from './reassembly.ts';

export type SeenWebSocketFrame = {
  /** The number of the packet that completes the WebSocket frame. */
  readonly frame: number;
  readonly side: Side;
  readonly opcode: number;
  readonly fin: boolean;
  readonly masked: boolean;
  readonly length: number;
  /** The offset of the WebSocket frame in the stream of its direction. */
  readonly start: number;
  readonly end: number;
  /** The unmasked payload of a WebSocket frame, cut to the octets that are kept. */
  readonly payload: Uint8Array;
};

/** A WebSocket frame that is not complete yet; `octets` are its first ones as sent, still masked. */
type Open = {
  readonly side: Side;
  readonly start: number;
  readonly header: WebSocketHeader;
  octets: Uint8Array;
};

type Half = {held: Uint8Array; skip: number; open: Open | undefined; lost: boolean};

const none = new Uint8Array(0);
const newHalf = (): Half => ({held: none, skip: 0, open: undefined, lost: false});

const mostFrames = 20_000;
const mostHeader = 14;
/** The longest payload of a WebSocket control frame (RFC 6455 §5.5). */
const mostControl = 125;
/** How many octets of each WebSocket frame are kept, which is enough for all control frames. */
const mostKept = mostHeader + mostControl;

/** The packet that is being read, and the offset of its octets in their direction. */
type Place = {readonly frame: number; readonly at: number};

export class WebSocketFrames {
  readonly frames: SeenWebSocketFrame[] = [];
  /** The first Close frame of the WebSocket; undefined until one was sent. */
  close: (WebSocketClose & Pick<SeenWebSocketFrame, 'side' | 'frame'>) | undefined;
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];

  take(side: Side, piece: Piece, frame: number): void {
    const half = this.#halves[side];
    // After a gap in the stream, nobody knows where a WebSocket frame begins.
    half.lost ||= piece.kind === 'hole';
    if (piece.kind !== 'bytes' || half.lost || this.frames.length >= mostFrames) return;
    let rest = piece.bytes;
    while (rest.length > 0) {
      const at = piece.start + piece.bytes.length - rest.length;
      rest = this.#next(half, side, rest, {frame, at});
    }
  }

  /** Reads up to the end of one WebSocket frame; returns the octets of the packet that are left for the next one. */
  #next(half: Half, side: Side, bytes: Uint8Array, {frame, at}: Place): Uint8Array {
    if (half.skip > 0) {
      const passed = Math.min(half.skip, bytes.length);
      half.skip -= passed;
      const {open} = half;
      if (open && open.octets.length < mostKept)
        open.octets = joinBytes([
          open.octets,
          bytes.subarray(0, Math.min(passed, mostKept - open.octets.length)),
        ]);
      if (half.skip === 0) this.#end(half, frame);
      return bytes.subarray(passed);
    }
    const start = at - half.held.length;
    const all = joinBytes([half.held, bytes]);
    const header = readWebSocketHeader(all.subarray(0, mostHeader));
    const isClose = header?.opcode === WebSocketOpcode.close && header.length <= mostControl;
    if (!header || (isClose && all.length < header.size + header.length)) {
      half.held = all;
      return none;
    }
    half.held = none;
    const {length, size} = header;
    if (isClose) this.close ??= {...readWebSocketClose(all.subarray(0, size + length), header), side, frame};
    half.open = {side, start, header, octets: all.slice(0, size)};
    half.skip = length;
    if (length === 0) this.#end(half, frame);
    return all.subarray(size);
  }

  #end(half: Half, frame: number): void {
    const {open} = half;
    half.open = undefined;
    if (!open) return;
    const {side, start, header, octets} = open;
    const {opcode, fin, masked, length, size} = header;
    const payload = webSocketPayload(octets, header);
    this.frames.push({frame, side, opcode, fin, masked, length, start, end: start + size + length, payload});
  }
}
