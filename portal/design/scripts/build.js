// Builds the portal's stylesheet and script into portal/static/portal/.
// Run by `npm run build`; the results are committed, so the portal itself never needs Node.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import * as esbuild from "esbuild";
import postcss from "postcss";
import * as sass from "sass";

import { logical } from "./logical.js";

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const out = path.join(here, "..", "static", "portal");
const upstream = JSON.parse(
  await readFile(path.join(here, "node_modules/govuk-frontend/package.json"), "utf8"),
);

// The limits are the project's own promise (docs/design-system.md): a build that breaks them fails.
const LIMIT_GZIP = 22 * 1024;
const TARGETS = ["chrome87", "edge88", "firefox78", "safari14"];

const banner = `/*! Code in Practice design system. BSD-3-Clause.
 * Contains GOV.UK Frontend ${upstream.version}, changed: own tokens, fewer components, logical properties.
 * GOV.UK Frontend: Copyright (C) 2017 Crown Copyright (Government Digital Service), MIT licence,
 * see govuk-frontend.LICENSE.txt beside this file. Built by portal/design; do not edit. */
`;

async function styles() {
  const compiled = sass.compile(path.join(here, "scss/portal.scss"), {
    loadPaths: [path.join(here, "node_modules")],
    quietDeps: true,
  });
  // Colours have names (scss/_base.scss). Upstream names most and gives each a second, literal value,
  // which would stay light in the dark; a few it does not name.
  const branded = compiled.css
    .replaceAll(/var\((--govuk-[a-z-]+-colour), #[0-9a-f]{3,6}\)/g, "var($1)")
    .replaceAll("#1d70b8", "var(--petrol)")
    .replaceAll("#f3f3f3", "var(--sand)")
    .replaceAll("#651b1b", "var(--error-deep)");
  const mapped = await postcss([logical()]).process(branded, { from: undefined });
  const { code } = await esbuild.transform(mapped.css, {
    loader: "css",
    minify: true,
    target: TARGETS,
    legalComments: "none",
  });
  return banner + code;
}

async function script(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(here, "js", name)],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2020",
    legalComments: "none",
    write: false,
  });
  return banner + outputFiles[0].text;
}

await mkdir(out, { recursive: true });
const built = {
  "portal.css": await styles(),
  "portal.js": await script("portal.js"),
  "leaving.js": await script("leaving.js"),
};
for (const [name, text] of Object.entries(built)) {
  await writeFile(path.join(out, name), text);
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${name}: ${text.length} bytes, ${size} gzipped`);
  if (size > LIMIT_GZIP) {
    console.error(`${name} is larger than ${LIMIT_GZIP} bytes gzipped`);
    process.exitCode = 1;
  }
}
await writeFile(
  path.join(out, "govuk-frontend.LICENSE.txt"),
  await readFile(path.join(here, "govuk-frontend.LICENSE.txt"), "utf8"),
);
