export const sizes = ['usual', 'large', 'larger', 'largest'] as const;
export type Size = (typeof sizes)[number];

/** 16 px is usual; the largest makes main text 30 px, as the rules for elders' apps ask. */
const scales: Readonly<Record<Size, number>> = {
  usual: 1,
  large: 1.2,
  larger: 1.5,
  largest: 1.875,
};
const elderScale = 1.4;
/** Above this the wallets' own setting would push a page apart that nobody looked at. */
const largestOfSystem = 1.5;

export function sizeIn(text: string | undefined): Size {
  return sizes.find((size) => size === text) ?? 'usual';
}

/** The largest of what the reader chose here, what elders' mode asks, and what the system has. */
export function scaleOf(wish: {
  readonly size: Size;
  readonly isElder: boolean;
  readonly system: number;
}): number {
  const system = Math.min(Math.max(wish.system, 1), largestOfSystem);
  return Math.max(scales[wish.size], wish.isElder ? elderScale : 1, system);
}
