type OneOf<Zh> = {
  readonly [Key in keyof Zh as Key extends `${infer Base}_other` ? `${Base}_one` : never]?: string;
};

/** Declares the texts of a folder: English has every key of Chinese, and may add singulars. */
export function defineTexts<Zh extends Readonly<Record<string, string>>>(
  zh: Zh,
  en: { readonly [Key in keyof Zh]: string } & OneOf<Zh>,
): { readonly zh: Zh; readonly en: Readonly<Record<string, string>> } {
  return { zh, en: { ...en } };
}
