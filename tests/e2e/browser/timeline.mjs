// Looks at the timeline of a run: the drawing and the list tell the same events, every failure leads
// to its event, and the arrow keys walk along them with what led to each marked.
export default async function lookAtTimeline(page, expect) {
    const seen = await page.evaluate(() => {
        const ids = (selector) => [...document.querySelectorAll(selector)].map((one) => one.id);
        const isVisible = (one) => one.getBoundingClientRect().width > 0 && one.textContent.trim();
        return {
            drawn: ids("svg .event").map((id) => id.slice(1)),
            listed: ids("ol li").map((id) => id.slice(1)),
            claimed: Number(document.body.dataset.drawn),
            deadLinks: [...document.querySelectorAll("a[href^='#']")]
                .filter((link) => !document.querySelector(link.getAttribute("href"))).length,
            bad: ids("li.bad").map((id) => id.slice(1)),
            failures: [...document.querySelectorAll("p.fail a")].map(
                (link) => link.getAttribute("href").slice(2)),
            faults: [...document.querySelectorAll("svg .fault")].filter(isVisible).length,
        };
    });
    expect(seen.drawn.length > 0, "nothing is drawn");
    expect(seen.drawn.join() === seen.listed.join(), "the drawing and the list differ");
    expect(seen.claimed === seen.drawn.length, "the script of the page did not run");
    expect(seen.deadLinks === 0, `${seen.deadLinks} links lead nowhere`);
    expect(seen.faults > 0, "no fault is marked");
    for (const line of seen.failures) {
        expect(seen.bad.includes(line), `line ${line} is a failure and not marked`);
    }

    const focused = () => page.evaluate(() => document.activeElement?.parentElement?.id ?? "");
    const lit = () => page.evaluate(
        () => [...document.querySelectorAll("li.lit")].map((one) => one.id));
    await page.locator("a.line").first().focus();
    await page.keyboard.press("ArrowDown");
    expect(await focused() === `l${seen.listed[1]}`, "the down arrow does not go to the next event");
    await page.keyboard.press("End");
    expect(await focused() === `l${seen.listed.at(-1)}`, "End does not go to the last event");
    for (const line of seen.bad) {
        await page.locator(`#l${line} a.line`).focus();
        const chain = await lit();
        expect(chain.includes(`l${line}`), `line ${line} is not marked when it has the focus`);
        expect(chain.length > 1, `nothing is marked as what led to line ${line}`);
    }
}
