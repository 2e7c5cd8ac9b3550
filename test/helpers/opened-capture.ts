// A capture as the player opens it.
import {openCapture} from '../../source/io/capture.ts';
import {type Opened, open} from '../view/player.ts';
import {captureFolder} from '../wire/captures.ts';

export const captured = async (name: string): Promise<Opened> => {
  const capture = await openCapture(captureFolder + name);
  if (!capture.ok) throw new Error(`unreadable: ${name}`);
  return open({trace: capture.value.trace});
};
