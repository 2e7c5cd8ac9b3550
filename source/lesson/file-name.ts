/** A path’s last part, of whichever system. */
export const fileName = (path: string): string => path.replace(/^.*[/\\]/s, '');
