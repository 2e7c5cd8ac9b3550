// The numbers of HTTP/2's frame types, flags and settings, and their names (RFC 9113 §6, §7, §11; RFC 7838, 8336, 8441, 9218).
import {namesOf} from '../names-of.ts';

export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
  ALTSVC: 0x0a,
  ORIGIN: 0x0c,
  PRIORITY_UPDATE: 0x10,
} as const;

const frameTypes = namesOf(FrameType);

export const frameTypeName = (type: number): string => frameTypes.get(type) ?? `0x${type.toString(16)}`;

/** The flags of HTTP/2 frames as bits. `endStream` and `ack` are the same bit, whose meaning depends on the frame type. */
export const FrameFlag = {endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20} as const;

export const Setting = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
  ENABLE_CONNECT_PROTOCOL: 8,
  NO_RFC7540_PRIORITIES: 9,
} as const;

const settings = namesOf(Setting);

/** Returns the name of an HTTP/2 setting without `SETTINGS_`, or its number in hexadecimal if it has none. */
export const settingName = (id: number): string => settings.get(id) ?? `0x${id.toString(16)}`;

/** HTTP/2's sizes of header table, window and frame in octets before SETTINGS changes them (RFC 9113 §6.5.2, §6.9.2). */
export const initialValues = {headerTable: 4096, window: 65_535, frame: 16_384} as const;

/** The largest flow-control window and the largest frame size of HTTP/2 in octets (RFC 9113 §6.5.2, §6.9.1). */
export const MAX_WINDOW = 2 ** 31 - 1;
export const MAX_FRAME = 2 ** 24 - 1;
