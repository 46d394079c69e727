/** Routes of the module ledger, keyed 'METHOD /path'. */
export const ledgerRoutes = {} as const;
