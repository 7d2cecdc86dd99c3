// One server and one browser for a file of tests.
import { after, before } from "node:test";
import { openBrowser, openPage } from "./browser.js";
import { startServer } from "./server.js";

/** Call at the top of a test file; `open()` then gives a fresh page. */
export function world() {
  let server;
  let browser;
  const open = [];

  before(
    async () => {
      server = await startServer();
      browser = await openBrowser();
    },
    { timeout: 120_000 },
  );
  after(async () => {
    for (const one of open) await one.close();
    await browser?.close();
    await server?.stop();
  });

  return {
    async open(options) {
      const opened = await openPage(browser, server.url, options);
      open.push(opened);
      return opened;
    },
    /** Asks the server itself, so that tests can name what the graph holds. */
    async ask(question) {
      const answer = await fetch(`${server.url}/api/v1${question}`);
      if (!answer.ok) throw new Error(`${question} answered ${answer.status}`);
      return answer.json();
    },
  };
}
