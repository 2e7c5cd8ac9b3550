// The frames of a WebSocket, on one connection, while its bytes come (RFC 6455 §5): headers and lengths, and what closed it.
import {
  readWebSocketClose,
  readWebSocketHeader,
  type WebSocketClose,
  WebSocketOpcode,
} from '../wire/websocket.ts';
import type {Side} from './connections.ts';
import type {Piece} from './reassembly.ts';

export type SeenWebSocketFrame = {
  /** The packet that completes it. */
  readonly frame: number;
  readonly side: Side;
  readonly opcode: number;
  readonly fin: boolean;
  readonly masked: boolean;
  readonly length: number;
};

type Half = {held: Uint8Array; skip: number; open: SeenWebSocketFrame | undefined; lost: boolean};

const none = new Uint8Array(0);
const newHalf = (): Half => ({held: none, skip: 0, open: undefined, lost: false});

const mostFrames = 20_000;
const mostHeader = 14;
/** Payload of a control frame (RFC 6455 §5.5). */
const mostControl = 125;

export class WebSocketFrames {
  readonly frames: SeenWebSocketFrame[] = [];
  /** The first frame that closes it. */
  close: (WebSocketClose & Pick<SeenWebSocketFrame, 'side' | 'frame'>) | undefined;
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];

  take(side: Side, piece: Piece, frame: number): void {
    const half = this.#halves[side];
    // Behind a gap nobody knows where a frame begins.
    half.lost ||= piece.kind === 'hole';
    if (piece.kind !== 'bytes' || half.lost || this.frames.length >= mostFrames) return;
    let rest = piece.bytes;
    while (rest.length > 0) rest = this.#next(half, side, rest, frame);
  }

  /** Returns what is left for the frame behind. */
  #next(half: Half, side: Side, bytes: Uint8Array, frame: number): Uint8Array {
    if (half.skip > 0) {
      const passed = Math.min(half.skip, bytes.length);
      half.skip -= passed;
      if (half.skip === 0) this.#end(half, frame);
      return bytes.subarray(passed);
    }
    const all = new Uint8Array(half.held.length + bytes.length);
    all.set(half.held);
    all.set(bytes, half.held.length);
    const header = readWebSocketHeader(all.subarray(0, mostHeader));
    const isClose = header?.opcode === WebSocketOpcode.close && header.length <= mostControl;
    if (!header || (isClose && all.length < header.size + header.length)) {
      half.held = all;
      return none;
    }
    half.held = none;
    const {opcode, fin, masked, length, size} = header;
    if (isClose) this.close ??= {...readWebSocketClose(all.subarray(0, size + length), header), side, frame};
    half.open = {frame, side, opcode, fin, masked, length};
    half.skip = length;
    if (length === 0) this.#end(half, frame);
    return all.subarray(size);
  }

  #end(half: Half, frame: number): void {
    if (half.open) this.frames.push({...half.open, frame});
    half.open = undefined;
  }
}
