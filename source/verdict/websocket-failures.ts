// Findings about WebSockets: frames that break the rules (RFC 6455 §5), and closes that report an error (§7.4.1).
import type {Side} from '../observe/connections.ts';
import type {HttpInside} from '../observe/http-conversation.ts';
import type {SeenWebSocketFrame} from '../observe/websocket-frames.ts';
import {WebSocketOpcode as Opcode} from '../wire/websocket.ts';
import type {WebSocketRule} from './facts-application.ts';
import {type Finding, finding} from './finding.ts';

type Broken = {
  readonly rule: WebSocketRule;
  readonly clause: string;
  readonly side: Side;
  readonly frame: number;
};

const clauses: {readonly [rule in WebSocketRule]: string} = {
  unmasked: 'RFC 6455 §5.1',
  masked: 'RFC 6455 §5.1',
  opcode: 'RFC 6455 §5.2',
  control: 'RFC 6455 §5.5',
  continuation: 'RFC 6455 §5.4',
  interrupted: 'RFC 6455 §5.4',
};

const known: ReadonlySet<number> = new Set(Object.values(Opcode));
/** The lowest opcode of a WebSocket control frame, and the longest payload in octets that a control frame may have. */
const firstControl = 8;
const mostControl = 125;

const ruleBroken = (
  {side, opcode, fin, masked, length}: SeenWebSocketFrame,
  client: Side,
  isOpen: boolean,
): WebSocketRule | undefined => {
  if (side === client && !masked) return 'unmasked';
  if (side !== client && masked) return 'masked';
  if (!known.has(opcode)) return 'opcode';
  if (opcode >= firstControl) return fin && length <= mostControl ? undefined : 'control';
  if (opcode === Opcode.continuation) return isOpen ? undefined : 'continuation';
  return isOpen ? 'interrupted' : undefined;
};

const brokenIn = (frames: readonly SeenWebSocketFrame[], client: Side): Broken | undefined => {
  const open: [boolean, boolean] = [false, false];
  for (const each of frames) {
    const {side, opcode, fin, frame} = each;
    const rule = ruleBroken(each, client, open[side]);
    if (rule) return {rule, clause: clauses[rule], side, frame};
    if (opcode < firstControl) open[side] = !fin;
  }
  return undefined;
};

/** The WebSocket close codes that blame the other end: protocol error, wrong type, inconsistent data, too big, no extension. */
const ofPeer: ReadonlySet<number> = new Set([1002, 1003, 1007, 1009, 1010]);
/** The WebSocket close code with which an end reports trouble of its own. */
const internal = 1011;

export const websocketFailure = (
  connection: number,
  client: Side,
  {websocket}: HttpInside,
): readonly Finding<'websocket-fault'>[] => {
  if (!websocket) return [];
  const broken = brokenIn(websocket.frames, client);
  const {code = 0, side = 0, frame = 0, reason = ''} = websocket.close ?? {};
  const isClosed = ofPeer.has(code) || code === internal;
  if (!broken && !isClosed) return [];
  const guilty = broken?.side ?? (code === internal ? side : side === 0 ? 1 : 0);
  const roleOf = (of: Side): 'client' | 'server' => (of === client ? 'client' : 'server');
  return [
    finding('websocket-fault', {
      about: {connection},
      certainty: broken ? 'proved' : 'deduced',
      where: roleOf(guilty) === 'client' ? 'client-program' : 'server-program',
      frames: [broken?.frame ?? 0, isClosed ? frame : 0].filter((each) => each > 0),
      facts: {
        ...{guilty: roleOf(guilty), rule: broken?.rule, clause: broken?.clause},
        ...{by: isClosed ? roleOf(side) : undefined, code: isClosed ? String(code) : undefined},
        reason: isClosed && reason !== '' ? reason : undefined,
      },
    }),
  ];
};
