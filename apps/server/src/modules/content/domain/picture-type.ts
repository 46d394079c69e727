export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

export const maxPictureBytes = 1024 * 1024;

/** By its first bytes, whatever the sender calls it. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  const starts = (...values: number[]) => values.every((value, index) => bytes[index] === value);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  const isRiff = starts(0x52, 0x49, 0x46, 0x46);
  const isWebp = [0x57, 0x45, 0x42, 0x50].every((value, index) => bytes[8 + index] === value);
  return isRiff && isWebp ? 'image/webp' : undefined;
}
