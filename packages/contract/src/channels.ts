/** Routes of the module channels, keyed 'METHOD /path'. */
export const channelsRoutes = {} as const;
