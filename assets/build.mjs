// Builds what the pages load into build/assets: one style sheet, one script, the mark of the product.
// Sources are ours (assets/) and published packages (node_modules/); nothing third-party is committed.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compile } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "build", "assets", "onestory");
const modules = join(root, "node_modules");

async function styles() {
  const { css } = compile(join(root, "assets", "styles", "onestory.scss"), {
    loadPaths: [root, modules],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(join(target, "onestory.css"), css);
}

// The design system's scripts each publish one global; joined with ours they are one deferred file, so that
// file names can be hashed without rewriting imports.
async function scripts() {
  const library = await readFile(join(modules, "govuk-frontend/dist/govuk/all.bundle.js"), "utf8");
  const names = ["onestory.js", "passkeys.js", "places.js", "saving.js", "staying.js"];
  const ours = await Promise.all(names.map((name) => readFile(join(root, "assets", "scripts", name), "utf8")));
  const withoutMap = library.replace(/\/\/# sourceMappingURL=.*\n?/g, "");
  await writeFile(join(target, "onestory.js"), [withoutMap, ...ours].join("\n;"));
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([styles(), scripts(), cp(join(root, "assets", "images"), join(target, "images"), { recursive: true })]);
console.log("Built the pages' styles and scripts in build/assets.");
