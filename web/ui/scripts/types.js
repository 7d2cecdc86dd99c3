// Makes src/api/types.ts from ../openapi.json, so that the pages cannot drift from the contract.
//   node scripts/types.js           writes the file
//   node scripts/types.js --check   fails when the committed file is not what it would write
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import * as prettier from "prettier";

const contract = new URL("../../openapi.json", import.meta.url);
const target = new URL("../src/api/types.ts", import.meta.url);
const head = `// Generated from web/openapi.json by "npm run types" (openapi-typescript). Do not edit:
// change the contract and generate again. "npm run lint" fails when this file is not current.
`;

const body = astToString(await openapiTS(contract));
const wanted = await prettier.format(head + body, {
  ...(await prettier.resolveConfig(target)),
  parser: "typescript",
});

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (committed !== wanted) {
    console.error('src/api/types.ts does not match web/openapi.json: run "npm run types".');
    process.exit(1);
  }
} else {
  await writeFile(target, wanted);
}
