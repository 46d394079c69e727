// Unpacks the Chromium of @sparticuz/chromium into TMPDIR, which tools/browser.ts sets; the
// package unpacks its libraries (NSS among them) only when it believes to run on Lambda, which
// AWS_EXECUTION_ENV makes it do. Both must be set before the import.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
