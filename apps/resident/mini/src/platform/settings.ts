// Filled in when the mini-program is built; see README.md.
declare const MINI_SERVER_URL: string;
declare const MINI_COMPANY: string;
declare const MINI_APP_ID: string;

export const serverUrl = MINI_SERVER_URL;
export const companyCode = MINI_COMPANY;
export const appId = MINI_APP_ID;
