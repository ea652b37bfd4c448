// Looks at an exported page in Debian's Chromium, as its readers do: in the light, in the dark, on
// paper, with a keyboard and without a network. Ends with 1 and a line for each thing that is
// wrong.
//     node look.mjs PAGE FOLDER-FOR-PICTURES [KIND]
// What only one kind of page has is looked at by the function of KIND.mjs, in the light.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.ONSITE_NPM, "package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const LIMIT_MS = 30_000;
const TABS_MAX = 200;
const [file, pictures, kind] = process.argv.slice(2);
const lookAtKind = kind ? (await import(`./${kind}.mjs`)).default : async () => {};
const url = pathToFileURL(file).href;
const problems = [];

function expect(isSo, problem) {
    if (!isSo) problems.push(problem);
}

// A page that asks for anything but itself is not self-contained.
async function open(browser, colorScheme) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true, offline: true,
                                               viewport: { width: 900, height: 1200 } });
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    page.on("request", (request) => expect(request.url() === url, `asked for ${request.url()}`));
    page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
    page.on("dialog", async (dialog) => {
        problems.push(`a script of the page ran: ${dialog.message()}`);
        await dialog.dismiss();
    });
    await page.goto(url);
    return page;
}

async function findBarriers(page, scheme) {
    await page.addScriptTag({ path: axe });
    const found = await page.evaluate(() => globalThis.axe.run());
    expect(found.passes.length > 10, `axe ran only ${found.passes.length} rules`);
    for (const one of found.violations) {
        const where = one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
        problems.push(`${scheme}: ${one.id}: ${one.help}: ${where}`);
    }
}

// Every fold can be reached and opened without a mouse, and no focus is lost in between.
async function useKeyboard(page) {
    const folds = await page.locator("summary").count();
    const reached = new Set();
    for (let tab = 0; tab < Math.min(TABS_MAX, 4 * folds + 20); ++tab) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
            const all = [...document.querySelectorAll("summary")];
            return all.indexOf(document.activeElement);
        });
        if (at >= 0 && !reached.has(at)) {
            reached.add(at);
            const was = await page.evaluate(() => document.activeElement.parentElement.open);
            await page.keyboard.press("Enter");
            const is = await page.evaluate(() => document.activeElement.parentElement.open);
            expect(was !== is, `Enter does not open fold ${at}`);
        }
    }
    expect(reached.size === folds, `a keyboard reaches ${reached.size} of ${folds} folds`);
}

async function lookWide(page) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `the page is ${wide} pixels wider than its window`);
}

const browser = await chromium.launch({ executablePath: process.env.ONSITE_CHROMIUM,
                                        args: ["--no-sandbox", "--disable-gpu"],
                                        timeout: LIMIT_MS });
try {
    for (const scheme of ["light", "dark"]) {
        const page = await open(browser, scheme);
        await page.screenshot({ path: join(pictures, `${scheme}.png`), fullPage: true });
        await findBarriers(page, scheme);
        await lookWide(page);
        if (scheme === "light") {
            await lookAtKind(page, expect);
            await page.setViewportSize({ width: 390, height: 800 });
            await lookWide(page);
            await useKeyboard(page);
            const paper = await page.pdf({ format: "A4" });
            expect(paper.length > 5000, "the printed page is empty");
            writeFileSync(join(pictures, "paper.pdf"), paper);
        }
        await page.context().close();
    }
} finally {
    await browser.close();
}
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);
