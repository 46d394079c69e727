import type { Deps } from '../../platform/deps.ts';

/** What lies outside the modules that this one may call; compose.ts hands it in. */
export interface ContentDoors {
  companyByShortCode(
    deps: Deps,
    shortCode: string,
  ): Promise<{ readonly companyId: string } | undefined>;
}

export type ContentDeps = Deps & { readonly doors: ContentDoors };
