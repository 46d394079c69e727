/** Routes of the module charging, keyed 'METHOD /path'. */
export const chargingRoutes = {} as const;
