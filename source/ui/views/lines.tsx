// Draws rows of the screen: each is one text that is cut and not wrapped, and drawn again only when it changes.
import {Box, Text} from 'ink';
import {memo} from 'react';
import type {Line} from '../../view/span.ts';
import type {Written} from '../../words/written.ts';
import {styleLine, type Theme} from '../theme.ts';

/** Draws one row; Ink has no other text on the screen. */
export const Row = memo(({text}: {readonly text: Written<'terminal'>}) => (
  <Box height={1}>
    <Text wrap="truncate">{text}</Text>
  </Box>
));

export function Lines({lines, theme}: {readonly lines: readonly Line[]; readonly theme: Theme}) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        <Row key={row} text={styleLine(line, theme)} />
      ))}
    </Box>
  );
}
